import SourceText

extension SchemaFailure {
  /// Which keyword refused a value, and what it wanted.
  package enum Reason: Sendable {
    /// Several keywords of one schema failed.
    case several
    /// A `$ref`, `$dynamicRef` or `$recursiveRef` leads to a schema that failed.
    case reference(keyword: ByteString)
    case referenceCycle(url: ByteString, first: ByteString, second: ByteString)
    case falseSchema
    case invalidValue(goType: String)
    case type(got: ByteString, want: [ByteString])
    /// The values allowed, as shown; nil when a list or object is among them.
    case enumeration([ByteString]?)
    case constant(ByteString?)
    case format(name: ByteString, value: ByteString, reason: ByteString)
    case not
    case allOf
    case anyOf
    /// The first two subschemas that matched; nil when none did.
    case oneOf(matched: [Int]?)
    case minimumProperties(got: Int, want: Int)
    case maximumProperties(got: Int, want: Int)
    case required(missing: [ByteString])
    /// `dependencies` or `dependentRequired`: `property` is there and those are not.
    case dependency(property: ByteString, missing: [ByteString])
    case additionalProperties([ByteString])
    case propertyName(ByteString)
    case minimumItems(got: Int, want: Int)
    case maximumItems(got: Int, want: Int)
    case duplicateItems(Int, Int)
    case additionalItems(count: Int)
    case contains
    case minimumContains(matched: [Int], want: Int)
    case maximumContains(matched: [Int], want: Int)
    case minimumLength(got: Int, want: Int)
    case maximumLength(got: Int, want: Int)
    case pattern(value: ByteString, pattern: ByteString)
    /// `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum` or `multipleOf`; the numbers as shown.
    case number(keyword: ByteString, got: ByteString, want: ByteString)

    var isReference: Bool {
      if case .reference = self { return true }
      return false
    }

    /// The message, as Helm prints it after the place.
    var message: ByteString {
      switch self {
      case .several, .reference: "validation failed"
      case .referenceCycle(let url, let first, let second):
        "both " + first + " and " + second + " resolve to " + GoQuote.quoted(url) + " causing reference cycle"
      case .falseSchema: "false schema"
      case .invalidValue(let goType): "invalid jsonType " + ByteString(goType)
      case .type(let got, let want): "got " + got + ", want " + Reason.join(want, " or ")
      case .enumeration(nil): "'enum' failed"
      case .enumeration(let values?):
        (values.count == 1 ? "value must be " : "value must be one of ") + Reason.join(values, ", ")
      case .constant(let value): value.map { "value must be " + $0 } ?? "'const' failed"
      case .format(let name, let value, let reason): value + " is not valid " + name + ": " + reason
      case .not: "'not' failed"
      case .allOf: "'allOf' failed"
      case .anyOf: "'anyOf' failed"
      case .oneOf(nil): "'oneOf' failed, none matched"
      case .oneOf(let matched?):
        "'oneOf' failed, subschemas " + Reason.join(matched.map { MessageText.count($0) }, ", ") + " matched"
      case .required(let missing):
        (missing.count == 1 ? "missing property " : "missing properties ") + MessageText.quoted(missing)
      case .dependency(let property, let missing):
        "properties " + MessageText.quoted(missing) + " required, if " + MessageText.quoted(property) + " exists"
      case .additionalProperties(let names): "additional properties " + MessageText.quoted(names) + " not allowed"
      case .propertyName(let name): "invalid propertyName " + MessageText.quoted(name)
      case .pattern(let value, let pattern):
        MessageText.quoted(value) + " does not match pattern " + MessageText.quoted(pattern)
      case .number(let keyword, let got, let want): keyword + ": got " + got + ", want " + want
      case .duplicateItems(let first, let second):
        "items at " + MessageText.count(first) + " and " + MessageText.count(second) + " are equal"
      case .additionalItems(let count): "last " + MessageText.count(count) + " additionalItem(s) not allowed"
      case .contains: "no items match contains schema"
      case .minimumContains(let matched, let want): Reason.contains("min", matched, want)
      case .maximumContains(let matched, let want): Reason.contains("max", matched, want)
      case .minimumProperties(let got, let want): Reason.limit("minProperties", got, want)
      case .maximumProperties(let got, let want): Reason.limit("maxProperties", got, want)
      case .minimumItems(let got, let want): Reason.limit("minItems", got, want)
      case .maximumItems(let got, let want): Reason.limit("maxItems", got, want)
      case .minimumLength(let got, let want): Reason.limit("minLength", got, want)
      case .maximumLength(let got, let want): Reason.limit("maxLength", got, want)
      }
    }

    private static func limit(_ keyword: ByteString, _ got: Int, _ want: Int) -> ByteString {
      keyword + ": got " + MessageText.count(got) + ", want " + MessageText.count(want)
    }

    private static func contains(_ word: ByteString, _ matched: [Int], _ want: Int) -> ByteString {
      let demand = word + " " + MessageText.count(want) + " items required to match contains schema, but "
      if matched.isEmpty { return demand + "none matched" }
      return demand + "matched " + MessageText.count(matched.count) + " items at "
        + join(matched.map { ByteString(String($0)) }, " ")
    }

    private static func join(_ parts: [ByteString], _ separator: String) -> ByteString {
      ByteString(parts.map(\.bytes).joined(separator: Array(separator.utf8)))
    }
  }
}
