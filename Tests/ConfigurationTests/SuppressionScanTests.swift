import Configuration
import SourceText
import Testing

/// What a comment reaches: the text between `«` and `»`.
@Suite struct SuppressionScanTests {
  private func check(_ marked: String, _ ground: (SourceFile) -> SuppressionScan.Ground) {
    let start = marked.utf8.count - marked.drop { $0 != "«" }.utf8.count
    let text = marked.replacing("«", with: "").replacing("»", with: "")
    let end = marked.utf8.count - marked.drop { $0 != "»" }.utf8.count - "«".utf8.count
    let file = SourceFile(path: "a", text: ByteString(text))
    let scan = SuppressionScan(file, ground: ground(file))
    #expect(scan.suppressions.map(\.reach) == [.span(SourceRange(file, ByteRange(start, end)))], "\(marked)")
    #expect(scan.faults.isEmpty)
  }

  private func yamlGround(_ file: SourceFile) -> SuppressionScan.Ground {
    .yaml(comments: Set(file.text.bytes.indices.filter { file.text.bytes[$0] == UInt8(ascii: "#") }))
  }

  @Test(arguments: [
    "«a: 1 # slipway:ignore unknown-field -- for the tests»\nb: 2\n",
    "# slipway:ignore unknown-field -- for the tests\n«a:\n  b: 1\n\n  # more\n  c: 2»\nd: 3\n",
    "x:\n  # slipway:ignore unknown-field -- for the tests\n  # and more words\n  «a: 1»\n  b: 2\n",
    "x:\n  # slipway:ignore unknown-field -- for the tests\n  «items:\n  - 1\n  - 2»\n  b: 2\n",
    "x:\n  # slipway:ignore unknown-field -- for the tests\n  «- name: a\n    b: 1»\n  - name: b\n",
    "# slipway:ignore unknown-field -- for the tests\n---\n«apiVersion: v1\nkind: Pod\nspec: {}\n»---\nkind: Pod\n",
    "# slipway:ignore unknown-field -- for the tests\r\n«a: 1\r»\nb: 2\r\n",
  ])
  func ofACommentInYAML(_ text: String) { check(text, yamlGround) }

  @Test(arguments: [
    "{{/* slipway:ignore unknown-field for the tests */}}\n«image: {{ .Values.image }}»\nb: 2\n",
    "x:\n  {{- /* slipway:ignore unknown-field for the tests */ -}}\n  «{{ include\n  \"a\" . }}»\n  b: 2\n",
    "a: {{/* slipway:ignore unknown-field for the tests */}}«{{ .Values.x }}»\nb: 2\n",
    "«a: 1 {{/* slipway:ignore unknown-field for the tests */}}»\nb: 2\n",
    "{{/* slipway:ignore unknown-field for the tests */}}\n{{- if .Values.x }}\n«apiVersion: v1\nkind: Pod\nx: y\n»",
    "x:\n  # slipway:ignore unknown-field -- for the tests\n  «a:\n    {{- if .x }}\n    b: 1\n{{- end }}\n    c: 1»\n  d: 1\n",
    "x: # no\n  # slipway:ignore unknown-field -- for the tests\n  «resources:\n    {{- toYaml .Values.r | nindent 4 }}»\n  d: 1\n",
  ])
  func ofACommentInATemplate(_ text: String) { check(text) { _ in .template } }

  @Test func ofACommentInAScript() {
    let text = "# slipway:ignore delete-before-apply -- for the tests\n\n«kubectl delete x»\nkubectl apply -f y\n"
    check(text) { _ in .script(commands: [ByteRange(55, 71), ByteRange(72, 90)], comments: []) }
    check("«kubectl delete x # slipway:ignore delete-before-apply -- for the tests»\n") { _ in
      .script(commands: [ByteRange(0, 16)], comments: [])
    }
  }

  @Test(arguments: [
    "a: \"# slipway:ignore unknown-field -- for the tests\"\n", "see slipway:ignore for more\n", "a#slipway:ignore x\n",
  ])
  func seesNoCommentInText(_ text: String) {
    let scan = SuppressionScan(SourceFile(path: "a", text: ByteString(text)), ground: .yaml(comments: []))
    #expect(scan.suppressions.isEmpty)
    #expect(scan.faults.isEmpty)
  }

  @Test(arguments: [
    "{{/* slipway:ignore", "# slipway:ignore", "{{/* slipway:ignore unknown-field for the tests",
    "{{/*\n\nslipway:ignore*/",
  ])
  func survivesTextThatEnds(_ text: String) {
    _ = SuppressionScan(SourceFile(path: "a", text: ByteString(text)), ground: .template)
  }
}
