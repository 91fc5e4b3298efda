import SourceText

/// Recognises schemas that are valid without asking their metaschema.
///
/// To compile a metaschema and run it takes as long as rendering a whole chart, and finds nothing in nearly every
/// schema of a chart: those use a few dozen keywords with values of the right kind. What is said here is only ever
/// *surely valid*; whatever is rare, or wrong, is left to the metaschema, which also has the words for it.
enum PlainSchema {
  /// True when `schema` is valid against the metaschema of `dialect`.
  static func isSurelyValid(_ schema: Instance, _ dialect: Dialect) -> Bool {
    // Draft 4 has no boolean schemas, and draft 6 asks more of `enum` and `examples`.
    guard dialect.vocabularies == nil, dialect.draft >= .draft7 else { return false }
    return isSchema(schema, Context(draft: dialect.draft, depth: 0))
  }

  private struct Context {
    let draft: Draft
    var depth: Int
    /// Schemas nest as deep as values do; what is deeper is nobody's work.
    static let maximumDepth = 100
    var deeper: Context { Context(draft: draft, depth: depth + 1) }
  }

  /// What a keyword wants.
  private enum Shape {
    case anything, schema, schemas, schemaMap, patternMap, items
    case text, pattern, flag, list, choices, number, count, positive, names, type
    case localReference, draft
  }

  /// The keywords of draft 7 and later that mean the same in all of them. Names that begin with `$` and are missing
  /// here, and `others`, are for the metaschema.
  private static let shapes: [(name: StaticString, shape: Shape)] = [
    ("type", .type), ("properties", .schemaMap), ("description", .text), ("title", .text), ("items", .items),
    ("required", .names), ("additionalProperties", .schema), ("default", .anything), ("enum", .choices),
    ("pattern", .pattern), ("format", .text), ("minimum", .number), ("maximum", .number), ("minLength", .count),
    ("maxLength", .count), ("minItems", .count), ("maxItems", .count), ("minProperties", .count),
    ("maxProperties", .count), ("uniqueItems", .flag), ("const", .anything), ("examples", .list),
    ("anyOf", .schemas), ("oneOf", .schemas), ("allOf", .schemas), ("not", .schema), ("if", .schema),
    ("then", .schema), ("else", .schema), ("contains", .schema), ("propertyNames", .schema),
    ("patternProperties", .patternMap), ("definitions", .schemaMap), ("$defs", .schemaMap),
    ("exclusiveMinimum", .number), ("exclusiveMaximum", .number), ("multipleOf", .positive),
    ("readOnly", .flag), ("writeOnly", .flag), ("deprecated", .flag), ("$comment", .text),
    ("$ref", .localReference), ("$schema", .draft),
  ]

  /// Further keywords of some draft.
  private static let others: [StaticString] = [
    "id", "additionalItems", "dependencies", "dependentSchemas", "dependentRequired", "prefixItems",
    "unevaluatedItems", "unevaluatedProperties", "minContains", "maxContains", "contentEncoding",
    "contentMediaType", "contentSchema",
  ]

  private static func isSchema(_ schema: Instance, _ context: Context) -> Bool {
    switch schema {
    case .boolean: return true
    case .object(let members):
      guard context.depth < Context.maximumDepth else { return false }
      return members.allSatisfy { isValid($0, context) }
    case .null, .number, .string, .array, .unsupported: return false
    }
  }

  private static func isValid(_ member: Instance.Member, _ context: Context) -> Bool {
    if let row = shapes.first(where: { member.name.isSame(as: $0.name) }) {
      return has(row.shape, member.value, context)
    }
    return member.name.bytes.first != UInt8(ascii: "$") && !others.contains { member.name.isSame(as: $0) }
  }

  private static func has(_ shape: Shape, _ value: Instance, _ context: Context) -> Bool {
    switch shape {
    case .anything: return true
    case .schema: return isSchema(value, context.deeper)
    case .schemas: return value.array.map { !$0.isEmpty && areSchemas($0, context) } ?? false
    case .schemaMap: return value.members.map { areSchemas($0.map(\.value), context) } ?? false
    case .patternMap:
      return value.members?.allSatisfy { isPattern($0.name) && isSchema($0.value, context.deeper) } ?? false
    case .items:
      if context.draft < .draft2020, let array = value.array { return !array.isEmpty && areSchemas(array, context) }
      return isSchema(value, context.deeper)
    case .text: return value.string != nil
    case .pattern: return value.string.map(isPattern) ?? false
    case .flag: return value.boolean != nil
    case .list: return value.array != nil
    case .choices:
      // Draft 7 wants at least one, and no two the same.
      if context.draft >= .draft2019 { return value.array != nil }
      return value.array.map { !$0.isEmpty && areDistinct($0.map(\.string)) } ?? false
    case .number: return value.number != nil
    case .count: return digits(of: value) != nil
    case .positive: return digits(of: value)?.bytes.contains { $0 != UInt8(ascii: "0") } ?? false
    case .names: return value.array.map { areDistinct($0.map(\.string)) } ?? false
    case .type: return isType(value)
    case .localReference: return value.string.map(isLocalReference) ?? false
    case .draft: return context.depth == 0 && value.string.flatMap(Draft.init(url:)) == context.draft
    }
  }

  private static func areSchemas(_ schemas: [Instance], _ context: Context) -> Bool {
    schemas.allSatisfy { isSchema($0, context.deeper) }
  }

  private static func isPattern(_ text: ByteString) -> Bool {
    Format.check(named: "regex").map { $0(text) == nil } ?? false
  }

  /// The text of a number that is written with digits alone.
  private static func digits(of value: Instance) -> ByteString? {
    guard case .number(.literal(let text)) = value, !text.isEmpty, text.bytes.allSatisfy(isDigit) else { return nil }
    return text
  }

  private static func isType(_ value: Instance) -> Bool {
    guard let array = value.array else { return value.string.map(isTypeName) ?? false }
    return !array.isEmpty && areDistinct(array.map(\.string)) && array.allSatisfy { $0.string.map(isTypeName) ?? false }
  }

  private static func isTypeName(_ text: ByteString) -> Bool {
    let names: [StaticString] = ["array", "boolean", "integer", "null", "number", "object", "string"]
    return names.contains { text.isSame(as: $0) }
  }

  /// Whether all are texts, and no two the same.
  private static func areDistinct(_ texts: [ByteString?]) -> Bool {
    let sorted = texts.compactMap { $0 }.sorted()
    return sorted.count == texts.count && zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }
  }

  /// `#` or `#/…` of letters that no URL escapes.
  private static func isLocalReference(_ text: ByteString) -> Bool {
    guard text.bytes.first == UInt8(ascii: "#") else { return false }
    return text.bytes.dropFirst().allSatisfy { byte in
      isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || [UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "$")].contains(
          byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}

extension ByteString {
  fileprivate func isSame(as literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount
      && bytes.withUnsafeBytes {
        equalBytes($0, UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
      }
  }
}
