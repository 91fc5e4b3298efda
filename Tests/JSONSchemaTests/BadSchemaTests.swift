import SourceText
import Testing

@testable import JSONSchema

@Suite struct BadSchemaTests {
  @Test(arguments: [
    ("", "EOF"), ("{\"type\":", "unexpected EOF"), ("{} x", "invalid character after top-level value"),
  ]) func isNotJSON(_ row: (schema: String, text: String)) throws {
    #expect(try failureText(row.schema, "{}") == row.text)
  }

  @Test func isRefusedByItsMetaschema() throws {
    #expect(
      try failureText(#"{"$schema": "\#(draft7)", "properties": {"a": {"type": "strin"}}}"#, "{}") == """
        "file:///values.schema.json#" is not valid against metaschema: jsonschema validation failed with \
        'http://json-schema.org/draft-07/schema#'
        - at '/properties/a/type': 'anyOf' failed
          - at '/properties/a/type': value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', \
        'string'
          - at '/properties/a/type': got string, want array
        """)
  }

  @Test func changesItsDialectInside() throws {
    let schema = #"{"$defs": {"a": {"$id": "old", "$schema": "\#(draft7)", "items": [{"type": "string"}]}}}"#
    #expect(try failureText(schema, "{}").isEmpty)
    #expect(try failureText(schema.replacing(#""$id": "old", "#, with: ""), "{}").contains("got array, want boolean"))
  }

  @Test func tellsWhatTheMetaschemaRefused() throws {
    let file = SourceFile(path: "values.schema.json", text: #"{"required": ["a", "a"]}"#)
    let error = #expect(throws: SchemaError.self) { try JSONSchema(file) }
    let leaf = try #require(error?.failure?.leaves.first)
    #expect(leaf.instancePath == [.key("required")])
    #expect(leaf.message == "items at 0 and 1 are equal")
  }

  /// Each would run for ever, or run out of stack, in a validator that trusts its schema.
  @Test(arguments: [
    (depth: 40, width: 2, keyword: "allOf"), (depth: 40, width: 3, keyword: "anyOf"),
    (depth: 5_000, width: 1, keyword: "allOf"),
  ]) func endsWhenItIsHostile(_ row: (depth: Int, width: Int, keyword: String)) throws {
    var definitions = (0..<row.depth).map { index in
      let references = Array(repeating: ##"{"$ref": "#/$defs/d\##(index + 1)"}"##, count: row.width)
      return #""d\#(index)": {"\#(row.keyword)": [\#(references.joined(separator: ","))]}"#
    }
    definitions.append(#""d\#(row.depth)": {"type": "string"}"#)
    let schema = ##"{"$ref": "#/$defs/d0", "$defs": {\##(definitions.joined(separator: ","))}}"##
    let compiled = try JSONSchema(SourceFile(path: "values.schema.json", text: ByteString(schema)))
    let failure = compiled.validate(value("{}"), budget: SchemaValidator.Budget(steps: 20_000))
    #expect(failure?.text.hasPrefix("unable to validate schema") == true)
  }

  @Test(arguments: [100, 4_000]) func mayBeNestedDeeply(_ depth: Int) throws {
    let schema = String(repeating: #"{"properties":{"a":"#, count: depth) + "{}" + String(repeating: "}}", count: depth)
    let text = try failureText(schema, "{}")
    #expect(text.isEmpty || text.hasPrefix("unable to validate schema"))
  }
}
