import SourceText
import TemplateLanguage
import Testing

@Suite struct VisitorTests {
  /// Gathers what a template reads from its dot, and the templates it calls.
  private struct Reads: SyntaxVisitor {
    var fields: [String] = []
    var calls: [String] = []

    mutating func visit(_ operand: Operand) {
      if case .field(let field) = operand { fields.append(field.names.map(\.string).joined(separator: ".")) }
      descend(operand)
    }

    mutating func visit(_ node: Node) {
      if case .template(let call) = node { calls.append(call.name.string) }
      descend(node)
    }
  }

  @Test func meetsEveryOperandInSourceOrder() {
    let parsed = Fixtures.parse(
      """
      {{ if .Values.a }}{{ upper (printf "%s" .Values.b) }}{{ else }}{{ (list .Values.c).d }}{{ end }}\
      {{ range $i, $e := .Values.e }}{{ template "t" .Values.f }}{{ end }}{{ with .Values.g }}{{ .h }}{{ end }}
      """)
    var reads = Reads()
    reads.walk(parsed.main)
    #expect(
      reads.fields == ["Values.a", "Values.b", "Values.c", "Values.e", "Values.f", "Values.g", "h"])
    #expect(reads.calls == ["t"])
  }
}
