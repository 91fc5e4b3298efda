import SourceText
import TemplateLanguage
import Testing
import Values

@Suite struct OriginTests {
  /// Renders with origins and says of each run what printed it and which value supplied it.
  private func runs(_ template: ByteString, _ value: Value, _ evaluator: Evaluator) throws -> [String] {
    let text = try evaluator.execute("t", data: value)
    var start = 0
    return text.runs.map { run in
      let bytes = ByteString(text.bytes[start..<Int(run.end)])
      start = Int(run.end)
      let site = evaluator.origins[run.site]?.text.string ?? "?"
      switch evaluator.origins[run.origin] {
      case .unknown: return "\(bytes) < \(site)"
      case .leaf(let leaf): return "\(bytes) < \(site) < \(leaf.text)"
      case .constant(let constant): return "\(bytes) < \(site) < \(constant.text)"
      case .derived(let function, _): return "\(bytes) < \(site) < \(function)()"
      default: return "\(bytes) < \(site) < other"
      }
    }
  }

  private func check(_ template: ByteString, _ expected: [String]) throws {
    let evaluator = Fixtures.evaluator(["t": template], tracking: true)
    let file = SourceFile(path: "values.yaml", text: "name: web\n")
    let leaf = evaluator.origins.leaf(file, ByteRange(6, 9))
    let data = Value.map(MapValue(["name": .string("web", origin: leaf)]))
    #expect(try runs(template, data, evaluator) == expected)
  }

  @Test func literalTextAndActionsAreSites() throws {
    try check(
      "a: {{ .name }}\n", ["a:  < a: ", "web < {{ .name }} < web", "\n < \n"])
  }

  @Test func constantsAndJoinsKeepTheirPieces() throws {
    try check(
      "{{ printf \"%s-%s\" .name \"x\" }}",
      [
        "web < {{ printf \"%s-%s\" .name \"x\" }} < web", "- < {{ printf \"%s-%s\" .name \"x\" }} < \"%s-%s\"",
        "x < {{ printf \"%s-%s\" .name \"x\" }} < \"x\"",
      ])
  }

  @Test func summariesNameTheirFunction() throws {
    try check("{{ count .name }}", ["1 < {{ count .name }} < count()"])
  }

  @Test func includedTextKeepsTheSitesInside() throws {
    try check(
      "{{ define \"d\" }}n={{ .name }}{{ end }}{{ include \"d\" . }}",
      ["n= < n=", "web < {{ .name }} < web"])
  }

  @Test func framesNameTheCalls() throws {
    let evaluator = Fixtures.evaluator(
      ["t": "{{ define \"d\" }}x{{ end }}{{ template \"d\" . }}"], tracking: true)
    let text = try evaluator.execute("t", data: .none)
    let frame = evaluator.origins[text.runs[0].frame]
    #expect(frame.template == "d")
    #expect(evaluator.origins[frame.caller]?.text == "{{ template \"d\" . }}")
  }

  @Test func tplTextIsRemembered() throws {
    let evaluator = Fixtures.evaluator(["t": "{{ tpl .name . }}"], tracking: true)
    let file = SourceFile(path: "values.yaml", text: "name: web\n")
    let leaf = evaluator.origins.leaf(file, ByteRange(6, 9))
    let text = try evaluator.execute("t", data: .map(MapValue(["name": .string("web", origin: leaf)])))
    let generated = try #require(evaluator.origins[text.runs[0].site]).file
    #expect(generated.kind == .generated)
    #expect(evaluator.origins.map.source(of: generated)?.origin == leaf)
  }

  @Test func withoutTrackingNothingIsRecorded() throws {
    let evaluator = Fixtures.evaluator(["t": "a{{ .name }}{{ printf \"%s\" .name }}"])
    let text = try evaluator.execute("t", data: Fixtures.data)
    #expect(text.runs.isEmpty)
  }
}
