import SourceText
import Testing
import YAML

private func message(_ text: String) -> String {
  do {
    _ = try ManifestHead(of: Array(text.utf8))
    return "no error"
  } catch {
    return error.unmarshalMessage
  }
}

@Suite struct ManifestHeadTests {
  @Test func theHeadIsRead() throws {
    let text = """
      # Deployment
      apiVersion: apps/v1
      kind: "Deployment"
      metadata:
        name: web
        annotations: {a: yes, b: 1.50, "c": x, d: }
        labels: {name: other}
      spec: {kind: Pod, metadata: {name: inner}, ports: [{8080: x}]}
      """
    let head = try ManifestHead(of: Array(text.utf8))
    #expect(head.apiVersion == "apps/v1")
    #expect(head.kind == "Deployment")
    #expect(head.name == "web")
    #expect(head.annotations == ["a": "true", "b": "1.5", "c": "x", "d": ""])
  }

  @Test func rareFormsAreReadTheLongWay() throws {
    let text = "KIND: &k Pod\nmetadata: {<<: {name: *k}, Annotations: {1: !!str 2}}\n"
    let head = try ManifestHead(of: Array(text.utf8))
    #expect(head.kind == "Pod")
    #expect(head.name == "Pod")
    #expect(head.annotations == ["1": "2"])
  }

  @Test func onlyTheRangeCounts() throws {
    let text = Array("[broken\n---\nkind: Pod\n---\n[".utf8)
    #expect(try ManifestHead(of: text, in: ByteRange(12, 22)).kind == "Pod")
  }

  @Test(arguments: [
    ("- a", "json: cannot unmarshal array into Go value of type util.SimpleHead"),
    ("true", "json: cannot unmarshal bool into Go value of type util.SimpleHead"),
    ("kind: [x]", "json: cannot unmarshal array into Go struct field .kind of type string"),
    ("metadata: {name: {}}", "json: cannot unmarshal object into Go struct field .metadata.name of type string"),
    (
      "metadata: {annotations: {8: []}}",
      "json: cannot unmarshal array into .metadata.annotations.8 of type string"
    ),
    (
      "metadata: {annotations: x}",
      "json: cannot unmarshal string into Go struct field .metadata.annotations of type map[string]string"
    ),
  ])
  func wrongKindsAreGoErrors(_ text: String, _ expected: String) {
    #expect(message(text) == "error unmarshaling JSON: while decoding JSON: " + expected)
  }

  @Test(arguments: [
    ("spec: {a: [}", "yaml: did not find expected node content"),
    ("spec: .inf", "json: unsupported value: +Inf"),
    ("spec: {~: 1}", "unsupported map key of type: %!s(<nil>), key: <nil>, value: 1"),
  ])
  func faultsBelowTheHeadAreFound(_ text: String, _ expected: String) {
    #expect(message(text) == "error converting YAML to JSON: " + expected)
  }

  @Test func emptyDocumentsHaveAnEmptyHead() throws {
    for text in ["", "# only\n", "{}", "null", "---\n"] {
      #expect(try ManifestHead(of: Array(text.utf8)) == ManifestHead())
    }
  }
}
