import SourceText
import Testing

@testable import JSONSchema

@Suite struct PlainSchemaTests {
  @Test(arguments: [
    "true", "{}", #"{"type": ["string", "null"], "pattern": "^a$", "minLength": 0}"#,
    ##"{"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"enum": [1, null]}}, "x-note": 3}"##,
    #"{"$schema": "\#(draft2020)", "required": ["a", "b"], "if": {}, "then": false}"#,
  ]) func knowsWhatIsValid(_ schema: String) throws {
    #expect(PlainSchema.isSurelyValid(try instance(schema), Dialect(draft: .draft2020)))
  }

  @Test(arguments: [
    "1", #"{"type": "strin"}"#, #"{"type": []}"#, #"{"required": ["a", "a"]}"#, #"{"pattern": "("}"#,
    #"{"minLength": -1}"#, #"{"minLength": 1.5}"#, #"{"multipleOf": 0}"#, #"{"allOf": []}"#, #"{"items": [{}]}"#,
    #"{"properties": {"a": 1}}"#, #"{"$ref": "other.json"}"#, #"{"$id": "x"}"#, #"{"$unknown": 1}"#,
    #"{"patternProperties": {"(": {}}}"#, #"{"properties": {"a": {"$schema": "\#(draft2020)"}}}"#,
    #"{"$schema": "\#(draft7)"}"#, #"{"additionalItems": 1}"#, #"{"examples": 1}"#, #"{"readOnly": "yes"}"#,
  ]) func leavesTheRestToTheMetaschema(_ schema: String) throws {
    #expect(!PlainSchema.isSurelyValid(try instance(schema), Dialect(draft: .draft2020)))
  }

  @Test func asksMoreOfOlderDrafts() throws {
    for schema in [#"{"enum": []}"#, #"{"enum": ["a", "a"]}"#, #"{"enum": [1]}"#] {
      #expect(PlainSchema.isSurelyValid(try instance(schema), Dialect(draft: .draft2019)))
      #expect(!PlainSchema.isSurelyValid(try instance(schema), Dialect(draft: .draft7)))
    }
    #expect(!PlainSchema.isSurelyValid(try instance("true"), Dialect(draft: .draft4)))
  }

  /// Whatever it takes for valid, the metaschema takes for valid too.
  @Test(arguments: [Draft.draft7, .draft2019, .draft2020]) func neverSaysMoreThanTheMetaschema(_ draft: Draft) throws {
    let program = try MetaschemaPrograms.program(for: Dialect(draft: draft))
    let dialects = MetaschemaSwitch(dialects: [.root: Dialect(draft: draft)])
    var source = SchemaSource(seed: 7)
    var accepted = 0
    for _ in 0..<2000 {
      let text = source.schema(depth: 3)
      let schema = try instance(text)
      guard PlainSchema.isSurelyValid(schema, Dialect(draft: draft)) else { continue }
      accepted += 1
      let failure = try SchemaValidator(program, metaschema: dialects).failure(of: schema)
      #expect(failure?.whole == nil, "\(text)")
    }
    #expect(accepted > 200)
  }

  private func instance(_ text: String) throws -> Instance {
    try SchemaLoader.parse(SourceFile(path: "schema.json", text: ByteString(text)))
  }
}

/// Writes schemas, most of them right.
private struct SchemaSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private static let keywords = [
    "type", "properties", "description", "items", "required", "additionalProperties", "default", "enum", "pattern",
    "format", "minimum", "minLength", "maxItems", "uniqueItems", "const", "examples", "anyOf", "not", "if", "contains",
    "patternProperties", "definitions", "$defs", "exclusiveMinimum", "multipleOf", "readOnly", "$comment", "$ref",
    "x-own", "deprecated",
  ]
  private static let oddities = [
    "1", "-1", "0", "2.5", "\"string\"", "\"\"", "[]", "[\"a\"]", "[\"a\", \"a\"]", "null", "true", "\"(\"", "[1]",
    "\"#/a\"", "1e2", "{\"a\": 1}",
  ]

  mutating func schema(depth: Int) -> String {
    if depth == 0 || below(12) == 0 { return pick(["true", "false", "{}"]) }
    let members = (0..<(1 + below(3))).map { _ in
      let keyword = pick(Self.keywords)
      return "\"\(keyword)\": \(below(14) == 0 ? pick(Self.oddities) : value(of: keyword, depth: depth - 1))"
    }
    return "{\(members.joined(separator: ", "))}"
  }

  private mutating func value(of keyword: String, depth: Int) -> String {
    switch keyword {
    case "type": pick(["\"string\"", "[\"null\", \"array\"]", "\"integer\""])
    case "properties", "definitions", "$defs", "patternProperties": "{\"a\": \(schema(depth: depth))}"
    case "anyOf": "[\(schema(depth: depth)), \(schema(depth: depth))]"
    case "items", "additionalProperties", "not", "if", "contains": schema(depth: depth)
    case "required": pick(["[]", "[\"a\", \"b\"]"])
    case "enum", "examples": pick(["[1, \"a\"]", "[]"])
    case "pattern": pick(["\"^a+$\"", "\"[0-9]{2}\""])
    case "minimum", "exclusiveMinimum": pick(["1", "-2.5"])
    case "minLength", "maxItems": pick(["0", "12"])
    case "multipleOf": pick(["1", "10"])
    case "uniqueItems", "readOnly", "deprecated": pick(["true", "false"])
    case "$ref": pick(["\"#\"", "\"#/$defs/a\""])
    case "default", "const", "x-own": pick(Self.oddities)
    default: "\"text\""
    }
  }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
