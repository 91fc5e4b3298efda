import SourceText
import Testing

@testable import JSONSchema

@Suite struct ReferenceTests {
  @Test(arguments: [
    (##"{"$ref": "#/$defs/x", "$defs": {"x": {"type": "array"}}}"##, "- at '': got object, want array\n"),
    (##"{"$ref": "#x", "$defs": {"y": {"$anchor": "x", "type": "array"}}}"##, "- at '': got object, want array\n"),
    (
      ##"{"$id": "http://h/a/", "$ref": "b", "$defs": {"y": {"$id": "b", "type": "array"}}}"##,
      "- at '': got object, want array\n"
    ),
    (##"{"$ref": "https://json-schema.org/draft/2020-12/schema#/$defs"}"##, ##"json-pointer in "https"##),
    (##"{"$ref": "#/nope"}"##, ##"json-pointer in "file:///values.schema.json#/nope" not found"##),
    (##"{"$ref": "#/a~2"}"##, ##"invalid json-pointer "file:///values.schema.json#/a~2""##),
    (
      ##"{"$ref": "#nope"}"##,
      ##"anchor in "file:///values.schema.json#nope" not found in schema "file:///values.schema.json""##
    ),
    (
      ##"{"$ref": "other.json"}"##,
      ##"failing loading "file:///other.json": open /other.json: no such file or directory"##
    ),
    (##"{"$ref": "ftp://x/y"}"##, ##"failing loading "ftp://x/y": no URLLoader registered for "ftp://x/y""##),
    (
      ##"{"$id": "http://x/y", "$defs": {"a": {"$id": "http://x/y"}}}"##,
      ##"duplicate id "http://x/y" in "file:///values.schema.json" at "/$defs/a" and """##
    ),
    (
      ##"{"$ref": "#"}"##,
      "- at '': both /$ref and  resolve to \"file:///values.schema.json#\" causing reference cycle\n"
    ),
  ]) func resolves(_ row: (schema: String, text: String)) throws {
    #expect(try failureText(row.schema, "{}").hasPrefix(row.text))
  }

  @Test func upToDraft7AReferenceSilencesItsNeighbours() throws {
    let schema = ##"{"$ref": "#/definitions/s", "minLength": 9}"##
    func text(_ draft: String) throws -> String {
      try failureText(
        ##"{"$schema": "\##(draft)", "properties": {"a": \##(schema)}, "definitions": {"s": {"type": "string"}}}"##,
        ##"{"a": "x"}"##)
    }
    #expect(try text(draft7).isEmpty)
    #expect(try text(draft2020) == "- at '/a': minLength: got 1, want 9\n")
  }

  @Test func unknownNamesAllowEverything() throws {
    let schema = ##"{"properties": {"a": {"$ref": "urn:example:thing"}}}"##
    let compiled = try JSONSchema(SourceFile(path: "values.schema.json", text: ByteString(schema)))
    #expect(compiled.unresolvedNames == ["urn:example:thing"])
    #expect(compiled.validate(value(##"{"a": 1}"##)) == nil)
  }

  @Test func dynamicAnchorsAreFoundFromOutside() throws {
    let schema = """
      {"$id": "http://h/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false,
       "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "properties": {
         "children": {"type": "array", "items": {"$dynamicRef": "#node"}}}}}}
      """
    #expect(try failureText(schema, ##"{"children": [{"children": []}]}"##).isEmpty)
    #expect(
      try failureText(schema, ##"{"children": [{"daat": 1}]}"##)
        == "- at '/children/0/daat': false schema\n- at '/children': false schema\n")
  }
}
