import SourceText
import Testing

@testable import JSONSchema

@Suite struct FailureTreeTests {
  @Test func leadsToTheValueAndToTheSchema() throws {
    let schema = """
      {"properties": {"l": {"items": {"$ref": "#/$defs/item"}}},
       "$defs": {"item": {"properties": {"port": {"type": "integer"}}, "additionalProperties": false}}}
      """
    let compiled = try JSONSchema(SourceFile(path: "values.schema.json", text: ByteString(schema)))
    let failure = try #require(compiled.validate(value(#"{"l": [{}, {"port": "x", "prot": 1}]}"#)))
    #expect(failure.leaves.map(\.instancePath) == [[.key("l"), .index(1), .key("port")], [.key("l"), .index(1)]])
    #expect(failure.leaves[0].schemaPath == ["$defs", "item", "properties", "port"])
    guard case .additionalProperties(["prot"]) = failure.leaves[1].reason else {
      Issue.record("\(failure.leaves[1].reason)")
      return
    }
  }
}
