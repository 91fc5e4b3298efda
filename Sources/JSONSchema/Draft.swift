import SourceText

/// A draft of the specification. Raw values are its name; they compare as the drafts' age does.
enum Draft: Int, Sendable, Comparable, CaseIterable {
  case draft4 = 4
  case draft6 = 6
  case draft7 = 7
  case draft2019 = 2019
  case draft2020 = 2020

  static let latest = Draft.draft2020

  static func < (left: Draft, right: Draft) -> Bool { left.rawValue < right.rawValue }

  /// The metaschema's place, without the scheme.
  private var path: ByteString {
    switch self {
    case .draft4: "json-schema.org/draft-04/schema"
    case .draft6: "json-schema.org/draft-06/schema"
    case .draft7: "json-schema.org/draft-07/schema"
    case .draft2019: "json-schema.org/draft/2019-09/schema"
    case .draft2020: "json-schema.org/draft/2020-12/schema"
    }
  }

  /// The metaschema's URL.
  var url: ByteString { (self < .draft2019 ? "http://" : "https://") + path }

  /// The draft that a `$schema` names; nil for any other metaschema.
  init?(url: ByteString) {
    let (address, fragment) = SchemaURL.split(url)
    guard fragment.isEmpty else { return nil }
    var path = address
    for scheme: ByteString in ["http://", "https://"] where address.hasPrefix(scheme) {
      path = address[scheme.count..<address.count]
      break
    }
    if path == "json-schema.org/schema" {
      self = .latest
      return
    }
    guard let draft = Draft.allCases.first(where: { $0.path == path }) else { return nil }
    self = draft
  }

  /// The keyword that names a schema.
  var idKeyword: ByteString { self == .draft4 ? "id" : "$id" }

  /// The name of a schema without its fragment; empty where it has none.
  func id(of schema: Instance) -> ByteString {
    // Up to draft 7 a `$ref` makes its neighbours void.
    if self < .draft2019, schema["$ref"] != nil { return "" }
    guard let id = schema[idKeyword]?.string else { return "" }
    return SchemaURL.split(id).url
  }

  // MARK: Vocabularies

  /// The prefix of the URLs of the draft's own vocabularies.
  var vocabularyPrefix: ByteString {
    switch self {
    case .draft4, .draft6, .draft7: ""
    case .draft2019: "https://json-schema.org/draft/2019-09/vocab/"
    case .draft2020: "https://json-schema.org/draft/2020-12/vocab/"
    }
  }

  /// The vocabularies that a metaschema of this draft may ask for.
  var vocabularies: [ByteString] {
    switch self {
    case .draft4, .draft6, .draft7: []
    case .draft2019: ["core", "applicator", "validation", "meta-data", "format", "content"]
    case .draft2020:
      [
        "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "format-assertion",
        "content",
      ]
    }
  }

  /// The vocabularies in force where the metaschema names none.
  var defaultVocabularies: [ByteString] {
    switch self {
    case .draft4, .draft6, .draft7: []
    case .draft2019: ["core", "applicator", "validation"]
    case .draft2020: ["core", "applicator", "unevaluated", "validation"]
    }
  }
}

/// A draft together with the vocabularies that a schema's own metaschema asks for.
struct Dialect: Sendable, Hashable {
  var draft: Draft
  /// Nil for the draft's default.
  var vocabularies: [ByteString]?

  func has(_ vocabulary: StaticString) -> Bool {
    if draft < .draft2019 { return true }
    let vocabulary = ByteString(vocabulary)
    return vocabulary == "core" || (vocabularies ?? draft.defaultVocabularies).contains(vocabulary)
  }

  var assertsFormat: Bool {
    switch draft {
    case .draft4, .draft6, .draft7: true
    case .draft2019: has("format")
    case .draft2020: has("format-assertion")
    }
  }
}

/// The keywords that hold schemas, and since when.
struct SubschemaKeyword {
  enum Shape {
    /// The value is a schema.
    case single
    /// The value is a list of schemas.
    case list
    /// The value is an object of schemas.
    case map
  }

  let name: ByteString
  let shape: Shape
  let since: Draft

  static let all: [SubschemaKeyword] = [
    SubschemaKeyword(name: "definitions", shape: .map, since: .draft4),
    SubschemaKeyword(name: "not", shape: .single, since: .draft4),
    SubschemaKeyword(name: "allOf", shape: .list, since: .draft4),
    SubschemaKeyword(name: "anyOf", shape: .list, since: .draft4),
    SubschemaKeyword(name: "oneOf", shape: .list, since: .draft4),
    SubschemaKeyword(name: "properties", shape: .map, since: .draft4),
    SubschemaKeyword(name: "additionalProperties", shape: .single, since: .draft4),
    SubschemaKeyword(name: "patternProperties", shape: .map, since: .draft4),
    SubschemaKeyword(name: "items", shape: .single, since: .draft4),
    SubschemaKeyword(name: "items", shape: .list, since: .draft4),
    SubschemaKeyword(name: "additionalItems", shape: .single, since: .draft4),
    SubschemaKeyword(name: "dependencies", shape: .map, since: .draft4),
    SubschemaKeyword(name: "propertyNames", shape: .single, since: .draft6),
    SubschemaKeyword(name: "contains", shape: .single, since: .draft6),
    SubschemaKeyword(name: "if", shape: .single, since: .draft7),
    SubschemaKeyword(name: "then", shape: .single, since: .draft7),
    SubschemaKeyword(name: "else", shape: .single, since: .draft7),
    SubschemaKeyword(name: "$defs", shape: .map, since: .draft2019),
    SubschemaKeyword(name: "dependentSchemas", shape: .map, since: .draft2019),
    SubschemaKeyword(name: "unevaluatedProperties", shape: .single, since: .draft2019),
    SubschemaKeyword(name: "unevaluatedItems", shape: .single, since: .draft2019),
    SubschemaKeyword(name: "contentSchema", shape: .single, since: .draft2019),
    SubschemaKeyword(name: "prefixItems", shape: .list, since: .draft2020),
  ]

  /// The schemas directly inside `schema`, each with its pointer.
  static func subschemas(of schema: Instance, at pointer: JSONPointer, draft: Draft) -> [(JSONPointer, Instance)] {
    var result: [(JSONPointer, Instance)] = []
    for keyword in all where keyword.since <= draft {
      guard let value = schema[keyword.name] else { continue }
      let place = pointer.appending(keyword.name)
      switch keyword.shape {
      case .single: result.append((place, value))
      case .list:
        for (index, item) in (value.array ?? []).enumerated() { result.append((place.appending(index), item)) }
      case .map: for member in value.members ?? [] { result.append((place.appending(member.name), member.value)) }
      }
    }
    return result
  }
}
