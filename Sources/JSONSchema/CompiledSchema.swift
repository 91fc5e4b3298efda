import RegularExpressions
import SourceText

/// The schemas that one compilation reached. They refer to each other by index.
final class SchemaProgram: Sendable {
  let schemas: [CompiledSchema]
  /// The schema that was asked for.
  let root: Int
  /// What a failure of the whole names.
  let heading: ByteString

  init(schemas: [CompiledSchema], root: Int, heading: ByteString? = nil) {
    self.schemas = schemas
    self.root = root
    self.heading = heading ?? schemas[root].keywords.place.text
  }
}

/// One schema, in one piece of memory so that the validator passes it about by reference.
final class CompiledSchema: Sendable {
  let keywords: SchemaKeywords
  init(_ keywords: SchemaKeywords) { self.keywords = keywords }

}

/// What a schema demands. Schemas are named by their index in the program.
struct SchemaKeywords: Sendable {
  var place: SchemaPlace
  var draft: Draft
  /// The schema with an id around this one.
  var resource = 0
  /// A schema that is `true`, `false` or `{}`.
  var boolean: Bool?

  var reference: Int?
  var recursiveReference: Int?
  var isRecursiveAnchor = false
  var dynamicReference: DynamicReference?
  var dynamicAnchor: ByteString = ""
  var dynamicAnchors: [ByteString: Int] = [:]

  var types: JSONTypes = []
  var enumeration: [Instance]?
  var constant: Instance?
  var format: NamedFormat?
  var not: Int?
  var allOf: [Int] = []
  var anyOf: [Int] = []
  var oneOf: [Int] = []
  var condition: Int?
  var consequence: Int?
  var alternative: Int?

  var object = ObjectKeywords()
  var array = ArrayKeywords()
  var minimumLength: Int?
  var maximumLength: Int?
  var pattern: Pattern?
  /// The limits in the order in which they are tested.
  var limits: [Limit] = []

  struct DynamicReference: Sendable {
    var target: Int
    var anchor: ByteString
  }

  struct NamedFormat: Sendable {
    var name: ByteString
    var check: Format.Check
  }

  struct Pattern: Sendable {
    var text: ByteString
    var expression: RegularExpression
  }

  /// A keyword that wants a schema, or simply yes or no.
  enum Additional: Sendable {
    case boolean(Bool)
    case schema(Int)
  }

  enum Items: Sendable {
    /// One schema for every item.
    case all(Int)
    /// One schema for each of the first items.
    case tuple([Int])
  }

  struct Limit: Sendable {
    enum Keyword: String, Sendable {
      case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    }
    var keyword: Keyword
    var number: Instance.Number
    var decimal: Decimal
  }
}

/// The keywords about objects.
struct ObjectKeywords: Sendable {
  var minimum: Int?
  var maximum: Int?
  var required: [ByteString] = []
  var dependencies: [(name: ByteString, dependency: Dependency)] = []
  /// In bytewise order.
  var properties: [(name: ByteString, schema: Int)] = []
  var patterns: [(pattern: SchemaKeywords.Pattern, schema: Int)] = []
  var additional: SchemaKeywords.Additional?
  var propertyNames: Int?
  var dependentSchemas: [(name: ByteString, schema: Int)] = []
  var dependentRequired: [(name: ByteString, names: [ByteString])] = []
  var unevaluated: Int?

  enum Dependency: Sendable {
    case names([ByteString])
    case schema(Int)
  }

  /// The schema of a property.
  func property(_ name: ByteString) -> Int? {
    var low = 0
    var high = properties.count
    while low < high {
      let middle = (low + high) / 2
      let order = properties[middle].name.compared(to: name)
      if order == 0 { return properties[middle].schema }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}

/// The keywords about arrays.
struct ArrayKeywords: Sendable {
  var minimum: Int?
  var maximum: Int?
  var areUnique = false
  /// `items` up to draft 2019-09.
  var items: SchemaKeywords.Items?
  var additional: SchemaKeywords.Additional?
  var prefix: [Int] = []
  /// `items` from draft 2020-12 on.
  var rest: Int?
  var contains: Int?
  var minimumContains: Int?
  var maximumContains: Int?
  var unevaluated: Int?
}

/// A set of JSON types.
struct JSONTypes: OptionSet, Sendable {
  let rawValue: UInt8

  static let null = JSONTypes(rawValue: 1)
  static let boolean = JSONTypes(rawValue: 2)
  static let number = JSONTypes(rawValue: 4)
  static let integer = JSONTypes(rawValue: 8)
  static let string = JSONTypes(rawValue: 16)
  static let array = JSONTypes(rawValue: 32)
  static let object = JSONTypes(rawValue: 64)

  /// In the order in which messages list them.
  private static let names: [(type: JSONTypes, name: ByteString)] = [
    (.null, "null"), (.boolean, "boolean"), (.number, "number"), (.integer, "integer"), (.string, "string"),
    (.array, "array"), (.object, "object"),
  ]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The types that a `type` keyword lists; words that mean nothing are passed over.
  init(keyword: Instance) {
    self = []
    for name in keyword.array?.compactMap(\.string) ?? keyword.string.map({ [$0] }) ?? [] {
      if let row = JSONTypes.names.first(where: { $0.name == name }) { insert(row.type) }
    }
  }

  var list: [ByteString] { JSONTypes.names.filter { contains($0.type) }.map(\.name) }
}

extension Instance {
  /// The type of the value; numbers are `.number`, integers too.
  var type: JSONTypes? {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    case .unsupported: nil
    }
  }
}
