/// What a field may hold.
package indirect enum FieldType: Sendable {
  case string(StringForm)
  case integer(IntegerForm)
  case number(NumberLimits)
  case boolean
  case quantity
  case integerOrString
  case time
  /// Free content.
  case any
  case object(SchemaType)
  /// `mergeKey` names the field that tells the items apart.
  case list(FieldType, mergeKey: String?)
  case map(FieldType)
}

/// What a text must look like.
package struct StringForm: Sendable {
  /// The words that are allowed; any text when empty.
  package var words: [String] = []
  /// Base64.
  package var isBytes = false
  /// An unanchored regular expression, from a custom resource's definition.
  package var pattern: String?
  package var minLength: Int?
  package var maxLength: Int?
}

/// How large an integer may be.
package struct IntegerForm: Sendable {
  package var bits = 32
  package var limits = NumberLimits()
}

/// Bounds of a number, both inclusive.
package struct NumberLimits: Sendable {
  package var minimum: Double?
  package var maximum: Double?
}

extension FieldType {
  /// Reads a code of the generated text.
  init(code: Substring, in table: SchemaTable) {
    let rest = code.dropFirst()
    switch code.first {
    case "s": self = .string(StringForm(words: rest.dropFirst().split(separator: "|").map(String.init)))
    case "y": self = .string(StringForm(isBytes: true))
    case "i": self = .integer(IntegerForm())
    case "l": self = .integer(IntegerForm(bits: 64))
    case "n": self = .number(NumberLimits())
    case "b": self = .boolean
    case "q": self = .quantity
    case "p": self = .integerOrString
    case "t": self = .time
    case "@": self = table.type(named: String(rest)).map(FieldType.object) ?? .any
    case "[":
      let parts = rest.split(separator: "^", maxSplits: 1)
      self = .list(FieldType(code: parts.first ?? "*", in: table), mergeKey: parts.dropFirst().first.map(String.init))
    case "{": self = .map(FieldType(code: rest, in: table))
    default: self = .any
    }
  }

  /// Reads a schema of a custom resource's definition (structural schemas: apiextensions.k8s.io/v1 JSONSchemaProps).
  init(schema: Node, in table: SchemaTable) {
    // A schema in parts may allow what its main part does not spell out.
    let isOpen = schema["x-kubernetes-preserve-unknown-fields"]?.boolean ?? false
    if schema["x-kubernetes-int-or-string"]?.boolean == true {
      self = .integerOrString
      return
    }
    switch schema["type"]?.scalar {
    case "string": self = Self.string(schema)
    case "integer":
      self = .integer(IntegerForm(bits: schema["format"]?.scalar == "int32" ? 32 : 64, limits: NumberLimits(schema)))
    case "number": self = .number(NumberLimits(schema))
    case "boolean": self = .boolean
    case "array": self = .list(schema["items"].map { FieldType(schema: $0, in: table) } ?? .any, mergeKey: nil)
    case "object":
      if schema["properties"] != nil {
        self = .object(SchemaType(schema: schema, table: table))
      } else if let values = schema["additionalProperties"], values.isMapping, !isOpen {
        self = .map(FieldType(schema: values, in: table))
      } else {
        self = .any
      }
    default: self = .any
    }
  }

  private static func string(_ schema: Node) -> FieldType {
    switch schema["format"]?.scalar {
    case "date-time": return .time
    case "byte": return .string(StringForm(isBytes: true))
    default:
      return .string(
        StringForm(
          words: (schema["enum"]?.items ?? []).compactMap(\.scalar), pattern: schema["pattern"]?.scalar,
          minLength: schema["minLength"]?.integer, maxLength: schema["maxLength"]?.integer))
    }
  }
}

extension NumberLimits {
  /// The inclusive bounds of a schema; exclusive ones are left out.
  fileprivate init(_ schema: Node) {
    if schema["exclusiveMinimum"] == nil { minimum = schema["minimum"]?.scalar.flatMap(Double.init) }
    if schema["exclusiveMaximum"] == nil { maximum = schema["maximum"]?.scalar.flatMap(Double.init) }
  }
}
