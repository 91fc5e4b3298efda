import Testing

/// A keyword, a value that breaks it, and the line that Helm prints. Asked of Helm 4.3.1.
struct MessageCase: CustomTestStringConvertible {
  var schema: String
  var value: String
  var line: String
  var draft = draft2020
  var testDescription: String { "\(schema) on \(value)" }
}

@Suite struct MessageTests {
  static let cases: [MessageCase] = [
    MessageCase(schema: #"{"type": "integer"}"#, value: "1.5", line: "got number, want integer"),
    MessageCase(
      schema: #"{"type": ["string", "null", "integer"]}"#, value: "[]",
      line: "got array, want null or integer or string"),
    MessageCase(schema: #"{"const": 3.0}"#, value: "1", line: "value must be 3.0"),
    MessageCase(schema: #"{"const": null}"#, value: "1", line: "value must be <nil>"),
    MessageCase(schema: #"{"const": {"x": 1}}"#, value: "1", line: "'const' failed"),
    MessageCase(
      schema: #"{"enum": [1e3, true, null, "x"]}"#, value: "5", line: "value must be one of 1e3, true, <nil>, 'x'"),
    MessageCase(schema: #"{"enum": [[1], 2]}"#, value: "1", line: "'enum' failed"),
    MessageCase(schema: #"{"not": {}}"#, value: "1", line: "'not' failed"),
    MessageCase(schema: "false", value: "1", line: "false schema"),
    MessageCase(schema: #"{"minimum": 1500}"#, value: "1234", line: "minimum: got 1,234, want 1,500"),
    MessageCase(
      schema: #"{"minimum": 12345678901234567890}"#, value: "-12345.5",
      line: "minimum: got -12,345.5, want 1.2345678901234567×10¹⁹"),
    MessageCase(schema: #"{"maximum": 1e-5}"#, value: "0.5", line: "maximum: got 0.5, want 1×10⁻⁰⁵"),
    MessageCase(schema: #"{"exclusiveMaximum": 5}"#, value: "5.0", line: "exclusiveMaximum: got 5, want 5"),
    MessageCase(schema: #"{"multipleOf": 0.1}"#, value: "0.35", line: "multipleOf: got 0.35, want 0.1"),
    MessageCase(
      schema: #"{"minimum": 3, "exclusiveMinimum": true}"#, value: "3", line: "exclusiveMinimum: got 3, want 3",
      draft: draft4),
    MessageCase(schema: #"{"minLength": 3}"#, value: #""éé""#, line: "minLength: got 2, want 3"),
    MessageCase(
      schema: #"{"pattern": "^it's$"}"#, value: #""a\"b\n""#,
      line: #"'a"b\n' does not match pattern '^it\'s$'"#),
    MessageCase(schema: #"{"uniqueItems": true}"#, value: "[1, 2, 1.0]", line: "items at 0 and 2 are equal"),
    MessageCase(
      schema: #"{"items": [{}], "additionalItems": false}"#, value: "[1, 2, 3]",
      line: "last 2 additionalItem(s) not allowed", draft: draft7),
    MessageCase(schema: #"{"contains": {"type": "string"}}"#, value: "[]", line: "no items match contains schema"),
    MessageCase(
      schema: #"{"contains": {"type": "string"}, "maxContains": 1}"#, value: #"["a", 2, "b", "c"]"#,
      line: "max 1 items required to match contains schema, but matched 3 items at 0 2 3"),
    MessageCase(schema: #"{"required": ["x", "y"]}"#, value: "{}", line: "missing properties 'x', 'y'"),
    MessageCase(
      schema: #"{"additionalProperties": false}"#, value: #"{"b": 1, "a": 2}"#,
      line: "additional properties 'a', 'b' not allowed"),
    MessageCase(
      schema: #"{"dependentRequired": {"x": ["y", "z"]}}"#, value: #"{"x": 1}"#,
      line: "properties 'y', 'z' required, if 'x' exists"),
    MessageCase(schema: #"{"minProperties": 2}"#, value: "{}", line: "minProperties: got 0, want 2"),
  ]

  @Test(arguments: cases) func keyword(_ row: MessageCase) throws {
    let text = try failureText(of: row.value, under: row.schema, draft: row.draft)
    #expect(text == "- at '/a': \(row.line)\n")
  }

  @Test func causesAreIndentedAndSingleReferencesLeftOut() throws {
    let text = try failureText(
      """
      {"anyOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/y"}],
       "$defs": {"x": {"required": ["q"], "minProperties": 4}, "y": {"required": ["r"]}}}
      """, #"{"a": 1}"#)
    #expect(
      text == """
        - at '': 'anyOf' failed
          - at '': validation failed
            - at '': minProperties: got 1, want 4
            - at '': missing property 'q'
          - at '': missing property 'r'

        """)
  }

  @Test func namesOfPropertiesAreTestedWithoutTheirPlace() throws {
    #expect(
      try failureText(of: #"{"Ab": 1}"#, under: #"{"propertyNames": {"pattern": "^[a-z]+$"}}"#)
        == "- at '/a': invalid propertyName 'Ab'\n  - at '': 'Ab' does not match pattern '^[a-z]+$'\n")
  }

  @Test func pointersAreEscaped() throws {
    let schema = #"{"properties": {"a/b": {"properties": {"c~d": {"type": "string"}}}}}"#
    #expect(try failureText(schema, #"{"a/b": {"c~d": 1}}"#) == "- at '/a~1b/c~0d': got number, want string\n")
  }
}
