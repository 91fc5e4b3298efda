import SourceText
import TemplateLanguage
import Testing
import Values

@Suite struct RenderingTests {
  @Test(arguments: [
    ("a {{ .name }} b", "a web b"),
    ("a  {{- .name -}}  b", "awebb"),
    ("{{/* gone */}}x{{- /* gone */ -}} y", "xy"),
    ("{{ .count }} {{ 3 }} {{ 1e6 }} {{ 0x1F }} {{ 'a' }} {{ 1_000 }}", "3 3 1e+06 31 97 1000"),
    ("{{ `raw \\n` }} {{ \"t\\tn\" }}", "raw \\n t\tn"),
    ("{{ .missing }}|{{ .nothing }}", "<no value>|<no value>"),
    ("{{ .list }} {{ .image }}", "[a b c] map[repository:nginx tag:1.2]"),
    ("{{ .name | upper }} {{ upper .name | printf \"%s-%d\" | upper }}", "WEB WEB-%!D(MISSING)"),
    ("{{ (.image).tag }} {{ (.missing).tag }}", "1.2 <no value>"),
    ("{{ 1i }} {{ 1+2i }}", "(0+1i) (1+2i)"),
  ])
  func printsValues(template: String, expected: String) {
    #expect(Fixtures.render(ByteString(template), Fixtures.data) == expected)
  }

  @Test(arguments: [
    ("{{ if .on }}y{{ else }}n{{ end }}", "y"),
    ("{{ if .missing }}a{{ else if .name }}b{{ else }}c{{ end }}", "b"),
    ("{{ with .image }}{{ .tag }}{{ else with .name }}{{ . }}{{ end }}", "1.2"),
    ("{{ range $i, $e := .list }}{{ $i }}{{ $e }};{{ end }}", "0a;1b;2c;"),
    ("{{ range $k, $v := .image }}{{ $k }}={{ $v }};{{ end }}", "repository=nginx;tag=1.2;"),
    ("{{ range .list }}{{ if . }}{{ if eqb . }}{{ end }}{{ end }}{{ end }}", "function \"eqb\" not defined"),
    ("{{ range 3 }}{{ . }}{{ end }}{{ range 0 }}x{{ else }}none{{ end }}", "012none"),
    ("{{ range .list }}{{ . }}{{ break }}{{ end }}", "a"),
    ("{{ range .list }}{{ continue }}{{ . }}{{ end }}", ""),
    ("{{ $x := 1 }}{{ range .list }}{{ $x = . }}{{ end }}{{ $x }}", "c"),
    ("{{ $x := 1 }}{{ if .on }}{{ $x := 2 }}{{ end }}{{ $x }}", "1"),
    ("{{ define \"d\" }}<{{ . }}>{{ end }}{{ template \"d\" .name }}{{ include \"d\" 5 }}", "<web><5>"),
    ("{{ block \"b\" .name }}[{{ . }}]{{ end }}", "[web]"),
    ("{{ or .missing .name }} {{ and .name .missing }} {{ .name | and true }}", "web <no value> web"),
  ])
  func runsControlStructures(template: String, expected: String) {
    #expect(Fixtures.render(ByteString(template), Fixtures.data).hasSuffix(expected))
  }

  @Test func theLastTemplateThatIsNotBlankWins() throws {
    // Files are added in reverse order of their names, as Helm does.
    let evaluator = Fixtures.evaluator([
      "a": "{{ define \"x\" }}from a{{ end }}", "b": "{{ define \"x\" }}from b{{ end }}",
      "_c": "{{ define \"x\" }}  {{ end }}", "main": "{{ template \"x\" }}",
    ])
    #expect(try evaluator.execute("main", data: .none).string == "from a")
  }

  @Test func tplSeesDefinitionsOfItsTextOnlyWhileItRuns() {
    let template: ByteString = """
      {{ define "d" }}outer{{ end }}{{ tpl "{{ define \\"d\\" }}inner{{ end }}{{ include \\"d\\" . }}" . }}\
      ,{{ include "d" . }}
      """
    #expect(Fixtures.render(template) == "inner,outer")
  }

  @Test func aDefinitionOfItsOwnNameStandsForABlankText() {
    #expect(Fixtures.render("[{{ tpl \"{{ define \\\"gotpl\\\" }}x{{ end }}\" . }}]") == "[x]")
  }

  @Test func tplDropsNoValue() {
    #expect(Fixtures.render("[{{ tpl \"{{ .x }}\" . }}]", Fixtures.data) == "[]")
  }

  @Test func variablesOfABodyAreGoneInItsElse() {
    #expect(
      Fixtures.render("{{ if false }}{{ $x := 1 }}{{ else }}{{ $x }}{{ end }}").contains("undefined variable: $x"))
    #expect(Fixtures.render("{{ or true ($x := 5) }}{{ $x }}").contains("undefined variable: $x"))
    #expect(Fixtures.render("{{ and true ($x := 5) }}{{ $x }}") == "55")
  }
}
