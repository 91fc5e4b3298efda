import Testing

@testable import Delivery

@Suite struct ConstantTests {
  @Test(arguments: [
    ("N=web; a $N ${N}-x \"$N\"", ["a web web-x web"]),
    ("a ${N:-web} $N", ["a web $N"]),
    (": ${N:=web}; a $N", ["a web"]),
    ("A=x B=y; C=\"$A-$B\"; a $C", ["a x-y"]),
    ("F='-n prod'; a $F \"$F\"", ["a -n prod -n prod"]),
    ("N=$(date); a $N", ["date", "a $(date)"]),
    ("if x; then N=a; else N=b; fi; c $N", ["x", "c $N"]),
    ("if x; then N=a; else N=a; fi; c $N", ["x", "c a"]),
    ("N=a; while x; do b $N; N=c; done; d $N", ["x", "b $N", "d $N"]),
    ("N=a; (N=b; c $N); d $N", ["c b", "d a"]),
    ("N=a; x && N=b; c $N", ["x", "c $N"]),
    ("f() { a \"$@\" $2; }; f x y", ["a x y y"]),
    ("L=(a b); L+=(c); d \"${L[@]}\"", ["d a b c"]),
    ("set -- a b; shift; c $1", ["c b"]),
    ("read N; a $N", ["a $N"]),
    ("a deploy/{web,api}-x", ["a deploy/web-x deploy/api-x"]),
    ("export N=web; bash -c 'a $N'; eval \"b $N\"", ["a web", "b web"]),
    ("K=kubectl; $K get pods", ["kubectl get pods"]),
    ("exit 1; a", []),
  ]) func areCarriedAlong(_ row: (script: String, commands: [String])) {
    #expect(shown(row.script) == row.commands)
  }

  @Test func valuesThatDoubleWithoutEndAreNotFollowed() {
    let doubling = "a=x\n" + String(repeating: "a=$a$a$a$a\n", count: 200) + "b $a"
    let commands = shown(doubling)
    #expect(commands.count == 1)
    #expect(commands.allSatisfy { $0.utf8.count < 20_000 })
  }

  @Test func defaultsAreMarked() {
    let words = commands("a ${N:-web} $M")[0].words
    #expect(words.map(\.isAssumed) == [false, true, false])
  }

  @Test func armsExcludeEachOther() {
    let all = commands("if a; then b; else c; fi; d; case $1 in x) e; exit;; y) f;; esac; g")
    func command(_ name: String) -> Circumstances? { all.first { $0.shown == name }?.circumstances }
    func exclude(_ left: String, _ right: String) -> Bool {
      guard let left = command(left), let right = command(right) else { return false }
      return left.exclude(right)
    }
    #expect(exclude("b", "c"))
    #expect(!exclude("b", "d"))
    #expect(exclude("e", "f"))
    #expect(exclude("e", "g"), "the arm left the script")
    #expect(!exclude("f", "g"))
  }

  @Test func failuresThatStopNothingAreMarked() {
    #expect(commands("a || true")[0].circumstances.isMasked)
    #expect(!commands("a || exit 1")[0].circumstances.isMasked)
    #expect(commands("if kubectl get deploy web; then b; fi")[1].circumstances.branches[0].testsExistence)
  }
}
