import SourceText
import TemplateLanguage
import Testing
import Values

/// Templates of very many parts.
@Suite struct SizeTests {
  @Test func aFileHasABoundedNumberOfParts() {
    let parsed = Fixtures.parse(ByteString(String(repeating: "{{1}}", count: TemplateParser.maximumNodes / 2)))
    #expect(parsed.failures.first?.code == .limit)
    #expect(parsed.failures.first?.message == "template has more than 500000 parts")
    #expect(parsed.main.table.places.count < TemplateParser.maximumNodes + 100)
  }

  @Test func aParserThatIsAskedToStopStops() {
    let supervision = Supervision()
    supervision.stop("no time")
    let text = ByteString(String(repeating: "{{ 1 }}", count: 5000))
    let parsed = TemplateParser.parse(
      file: SourceFile(path: "t", text: text), name: "t", functions: Fixtures.functions, supervision: supervision)
    #expect(parsed.failures.first?.message == "no time")
  }

  /// Assigning, declaring and reading many variables, of which the parser knows each by its name without a search.
  @Test func manyVariablesAreFound() {
    var text = "{{ $x := 1 }}"
    for index in 0..<2000 { text += "{{ $v\(index) := \(index) }}{{ $x = $v\(index / 2) }}" }
    #expect(Fixtures.render(ByteString(text + "{{ $x }} {{ $v7 }}")) == "999 7")
  }

  @Test(arguments: [
    ("{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ $x }}{{ end }}{{ $x }}", "21"),
    ("{{ $x := 1 }}{{ if false }}{{ $x := 2 }}{{ else }}{{ $x }}{{ $x = 3 }}{{ end }}{{ $x }}", "13"),
    ("{{ $x := 1 }}{{ with $y := 2 }}{{ $x = $y }}{{ end }}{{ $x }}", "2"),
    ("{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }}", "parse error at (t.yaml:1): undefined variable \"$x\""),
    ("{{ range $i, $e := .list }}{{ $x := $i }}{{ $x }}{{ $e }}{{ end }}", "0a1b2c"),
    (
      "{{ $i := 9 }}{{ range $i, $e = .list }}{{ end }}{{ $i }}", "parse error at (t.yaml:1): undefined variable \"$e\""
    ),
  ])
  func scopes(template: String, output: String) {
    let rendered = Fixtures.render(ByteString(template), Fixtures.data)
    #expect(rendered == output || output.hasPrefix("parse") && rendered.contains("undefined variable"))
  }
}
