import SourceText
import Testing

@testable import Delivery

@Suite struct CalledScriptTests {
  /// The commands of `main.sh` beside the other files.
  private func shown(_ main: String, _ others: [String: String], at path: String = "main.sh") -> [String] {
    let files = ([(path, main)] + others.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      .map { SourceFile(path: $0.0, text: ByteString($0.1)) }
    let read = Delivery.read(files[0], library: ScriptLibrary(files))
    return read.script.jobs.filter { !$0.isUncalledFunction }.flatMap(\.commands).map(\.shown)
  }

  @Test(arguments: [
    ("./a.sh x y", ["a.sh": "b $1-$2"], ["b x-y"]),
    ("bash -e a.sh x", ["a.sh": "b \"$@\""], ["b x"]),
    ("sudo -E ./a.sh", ["a.sh": "b"], ["b"]),
    ("source a.sh; b $X", ["a.sh": "X=1"], ["b 1"]),
    ("X=1; ./a.sh", ["a.sh": "b $X"], ["b $X"]),
    ("export X=1; ./a.sh", ["a.sh": "b $X"], ["b 1"]),
    ("set -a; X=1; ./a.sh", ["a.sh": "b $X"], ["b 1"]),
    ("./a.sh; c", ["a.sh": "b; exit 1"], ["b", "c"]),
    (". ./a.sh; c", ["a.sh": "b; exit 1"], ["b"]),
    (". ./a.sh; f x", ["a.sh": "f() { b $1; }"], ["b x"]),
    ("\"$(dirname \"$0\")/a.sh\"", ["a.sh": "b"], ["dirname $0", "b"]),
    ("cd sub; ./a.sh", ["sub/a.sh": "b"], ["b"]),
    ("./a.sh", ["a.sh": "./main.sh; b"], ["./main.sh", "b"]),
    ("./a.sh", ["b.sh": "c"], ["./a.sh"]),
  ]) func areLaidOut(_ row: (script: String, others: [String: String], commands: [String])) {
    #expect(shown(row.script, row.others) == row.commands)
  }

  @Test func pathsAreSeenFromTheFoldersAround() {
    #expect(shown("lib/a.sh", ["lib/a.sh": "b"], at: "ci/deep/main.sh") == ["b"])
    #expect(shown("./a.sh", ["ci/a.sh": "b", "a.sh": "c"], at: "ci/main.sh") == ["b"])
  }

  @Test(arguments: [
    ("up", ["start"]), ("down", ["stop"]), ("", ["help"]), ("\"$X\"", ["start", "stop", "help"]),
  ]) func conditionsOnArgumentsAreAnswered(_ row: (argument: String, commands: [String])) {
    let script = """
      if [ "$1" = up ]; then start; elif [[ $1 == down ]]; then stop; else help; fi
      """
    #expect(shown("./a.sh \(row.argument)", ["a.sh": script]).filter { !$0.hasPrefix("[") } == row.commands)
  }

  @Test(arguments: [("up", ["start", "end"]), ("x", ["stop", "end"]), ("$X", ["start", "stop", "end"])])
  func choicesOnArgumentsAreMade(_ row: (argument: String, commands: [String])) {
    let script = "case $1 in up) start;; down*) stop;; esac; end"
    #expect(shown("./a.sh \(row.argument)", ["a.sh": script]) == row.commands)
  }

  @Test func callsWithoutEndAreCut() {
    let others = Dictionary(uniqueKeysWithValues: (0..<30).map { ("s\($0).sh", "./s\($0 + 1).sh; ./s\($0 + 1).sh; a") })
    #expect(shown("./s0.sh", others).count < 20_000)
  }
}

@Suite struct PlaceTests {
  /// The bytes that wrote each piece of the last word.
  private func written(_ script: String, _ range: Range<Int>) -> ByteString? {
    commands(script).last?.words.last?.text.place(of: range)?.text
  }

  @Test func eachByteKnowsItsAssignment() {
    let script = "TAG=latest-$ENV\nIMAGE=\"reg/web\":'x'-$TAG\npush $IMAGE"
    #expect(commands(script).last?.shown == "push reg/web:x-latest-$ENV")
    #expect(written(script, 0..<7) == "reg/web")
    #expect(written(script, 8..<9) == "x")
    #expect(written(script, 10..<17) == "latest-")
    #expect(written(script, 17..<21) == "$ENV")
    #expect(written(script, 10..<21) == "latest-$ENV")
  }

  @Test func partsKeepTheirPlaces() {
    let text = commands("a k=v,l=$X")[0].words[1].text
    let parts = text.split(at: ",")
    #expect(parts.map(\.shown) == ["k=v", "l=$X"])
    #expect(parts[1].dropping(2).place(of: 0..<2)?.text == "$X")
  }
}

@Suite struct DomainTests {
  @Test(arguments: [
    ("$CI_COMMIT_REF_NAME", ValueDomain.branch), ("${{ github.ref_name }}", .branch), ("${{ github.sha }}", .commit),
    ("$(git rev-parse --abbrev-ref HEAD)", .branch), ("$(git rev-parse --short HEAD)", .commit),
    ("$BUILD_NUMBER", .counter), ("$(date +%s)", .counter), ("$CI_COMMIT_TAG", .tag),
    ("$(mvn help:evaluate -Dexpression=project.version -q -DforceStdout)", .versionFile),
    ("$ENVIRONMENT", .environment),
    ("$WHATEVER", .free), ("$BRANCHES", .free),
  ]) func areToldByNames(_ row: (hole: String, domain: ValueDomain)) {
    #expect(ValueDomain(hole: ByteString(row.hole)) == row.domain)
  }

  @Test func theRefOfATagPipelineIsATag() {
    #expect(ValueDomain(hole: "$GITHUB_REF_NAME", onlyTags: true) == .tag)
    #expect(ValueDomain(hole: "$BRANCH_NAME", onlyTags: true) == .branch)
  }
}
