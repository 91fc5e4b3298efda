import SourceText
import Testing

@testable import Delivery

@Suite struct ShellReadingTests {
  @Test(arguments: [
    ("a b 'c d' \"e f\" g\\ h", ["a b c d e f g h"]),
    ("a; b && c || d & e | f |& g", ["a", "b", "c", "d", "e", "f", "g"]),
    ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
    ("while a; do b; done; until c; do d; done", ["a", "b", "c", "d"]),
    ("for x in 1 2; do a $x; done", ["a 1", "a 2"]),
    ("for ((i = 0; i < 3; i++)); do a; done", ["a"]),
    ("select x in a b; do c; done", ["c", "c"]),
    ("case $x in a|b) c;; (d) e;& *) f; esac", ["c", "e", "f"]),
    ("( a; b ); { c; }; ! d; time -p e", ["a", "b", "c", "d", "e"]),
    ("f() { a $1; }; function g { b; }; f x; g", ["a x", "b"]),
    ("[[ $a == b* && ( -f x || $y =~ ^(a b|c)$ ) ]] && d", ["d"]),
    ("(( a = 1 + (2 * 3) )); b $((1 + 2)) $[3]", ["b $((1 + 2)) $[3]"]),
    ("a=(1 '2 3'); b \"${a[@]}\"", ["b 1 2 3"]),
    ("a <<EOF; b\nc $x\nEOF\nd", ["a", "b", "d"]),
    ("a <<-'E F'\n\tx `y`\n\tE F\nb", ["a", "b"]),
    ("a <<<$x 2>&1 >/dev/null &>>log {fd}<in b", ["a b"]),
    ("a $(b $(c) `d`) \"$(e)\" <(f)", ["b $(c) `d`", "c", "d", "e", "f", "a $(b $(c) `d`) $(e) <(f)"]),
    ("a # comment; b\n#c\nd#e", ["a", "d#e"]),
    ("a \\\n  b\\\nc", ["a bc"]),
    ("a\r\nb\r\n", ["a", "b"]),
    ("coproc N { a; }; coproc b", ["a", "b"]),
    ("ls @(a|b) !(x) ${x/\\}/y} ${#x} ${x:-'}'}", ["ls @(a|b) !(x) ${x/\\}/y} ${#x} }"]),
    ("x=1 y=$(a) b", ["a", "b"]),
    ("echo $'a\\'b' $\"c\"", ["echo a'b c"]),
    ("a ${{ github.sha }}-{{ .Values.x | quote }} b", ["a ${{ github.sha }}-{{ .Values.x | quote }} b"]),
  ]) func readsCommandsInOrder(_ row: (script: String, commands: [String])) {
    let (script, faults) = read(row.script, path: "x.sh")
    #expect(faults == [])
    #expect(Set(script.jobs.flatMap(\.commands).map(\.shown)) == Set(row.commands))
  }

  @Test(arguments: [
    ("a 'b", "this quote is never closed"), ("a \"b", "this quote is never closed"),
    ("a $(b", "this expansion is never closed"), ("a ${b", "this expansion is never closed"),
    ("a <<EOF\nb", "no line `EOF` ends this here-document"), ("if a; then b", "`if` has no `fi`"),
    ("for x in a; do b", "`for` has no `done`"), ("a; fi; b", "`fi` can begin no command here"),
    ("{ a", "`{` has no `}`"), ("( a", "`(` has no `)`"), ("a )", "`)` can begin no command here"),
  ]) func tellsWhatItCannotRead(_ row: (script: String, fault: String)) {
    let (script, faults) = read(row.script, path: "x.sh")
    #expect(faults == [row.fault])
    #expect(script.jobs.flatMap(\.commands).contains { ["a", "b"].contains($0.program) })
  }

  @Test func placesEveryWord() {
    let text = "# é\n  sudo kubectl delete deploy \"$N\" || true\n"
    let command = commands(text)[0]
    #expect(command.place.text == "sudo kubectl delete deploy \"$N\"")
    #expect(command.words.map { command.place.file[$0.range] } == ["kubectl", "delete", "deploy", "\"$N\""])
  }

  @Test func endsWhateverItIsGiven() {
    for opener in ["(", "$(", "{ ", "`", "\"$(", "if ", "[[ ", "${x:-", "case x in a) ", "((", "$((", "<<E\n", "{{"] {
      let text = String(repeating: opener, count: 3_000)
      #expect(read(text, path: "x.sh").script.jobs.isEmpty == false)
    }
  }

  /// Bytes that mean something to the shell, drawn by a seeded generator.
  @Test(arguments: 0..<40) func survivesNoise(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    let pieces = [
      "if ", "then ", "fi\n", "for x in ", "do ", "done;", "case $x in ", "esac", "a) ", ";;", "{ ", "}", "(", ")",
      "$(",
      "${", "}", "`", "'", "\"", "<<EOF\n", "EOF\n", "<", ">", "|", "&&", "||", "&", ";", "\n", " ", "\\", "$x", "[[ ",
      "]]", "((", "))", "x=(", "kubectl delete ", "deploy/web ", "-n ", "${{ ", "}}", "#", "!", "\u{0}", "é",
      "function f ",
    ]
    var bytes: [UInt8] = []
    for _ in 0..<400 {
      if next(8) == 0 { bytes.append(UInt8(next(256))) } else { bytes += Array(pieces[next(pieces.count)].utf8) }
    }
    let file = SourceFile(path: "x.sh", text: ByteString(bytes))
    for command in Delivery.read(file).script.jobs.flatMap(\.commands) {
      #expect(command.place.range.start <= command.place.range.end && command.place.range.end <= bytes.count)
    }
  }
}
