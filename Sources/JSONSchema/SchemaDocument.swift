import SourceText

/// A schema document with what can be referred to inside it.
struct SchemaDocument {
  let url: ByteString
  let content: Instance
  /// Schemas with an id of their own, and the whole.
  private(set) var resources: [JSONPointer: Resource] = [:]
  private var places: [ByteString: JSONPointer] = [:]
  private var visited: Set<JSONPointer> = []

  /// A schema that references can name: the whole document or a part with an id.
  struct Resource {
    var pointer: JSONPointer
    var id: ByteString
    var dialect: Dialect
    var anchors: [ByteString: JSONPointer] = [:]
    var dynamicAnchors: [ByteString] = []
  }

  init(url: ByteString, content: Instance) {
    self.url = url
    self.content = content
  }

  /// True when a schema was found at `pointer` already.
  func isKnown(_ pointer: JSONPointer) -> Bool { visited.contains(pointer) }

  /// The innermost resource around `pointer`.
  func resource(around pointer: JSONPointer) -> Resource {
    var place = pointer
    while true {
      if let resource = resources[place] { return resource }
      guard let parent = place.parent else { break }
      place = parent
    }
    // Only a document that is no schema at all has no resource at its root.
    return resources[.root] ?? Resource(pointer: .root, id: url, dialect: Dialect(draft: .latest))
  }

  /// The pointer that a URL names in this document; nil when it names another document.
  func resolve(_ reference: ByteString, fragment: ByteString) throws(SchemaFault) -> JSONPointer? {
    if reference == url { return try resolve(fragment, in: resource(around: .root)) }
    guard let place = places[reference], let resource = resources[place] else { return nil }
    return try resolve(fragment, in: resource)
  }

  /// The pointer that a decoded fragment names in `resource`.
  func resolve(_ fragment: ByteString, in resource: Resource) throws(SchemaFault) -> JSONPointer {
    if fragment.isEmpty || fragment.bytes.first == UInt8(ascii: "/") {
      return JSONPointer(text: resource.pointer.text + fragment)
    }
    if let pointer = resource.anchors[fragment] { return pointer }
    throw .anchorNotFound(
      reference: resource.id + "#" + JSONPointer.percentEncoded(fragment), document: url)
  }

  // MARK: Collecting

  /// A schema still to be looked at.
  private struct Pending {
    var schema: Instance
    var pointer: JSONPointer
    var base: ByteString
    var dialect: Dialect
  }

  /// Finds the resources and anchors in the schema at `pointer`.
  mutating func collect(
    _ schema: Instance, at pointer: JSONPointer, base: ByteString, dialect: Dialect, loader: SchemaLoader
  ) throws(SchemaFault) {
    // A list of work instead of recursion: schemas may be nested as deep as JSON allows.
    var pending = [Pending(schema: schema, pointer: pointer, base: base, dialect: dialect)]
    while let next = pending.popLast() {
      guard visited.insert(next.pointer).inserted else { continue }
      pending += try visit(next, loader).reversed()
    }
  }

  private mutating func visit(_ item: Pending, _ loader: SchemaLoader) throws(SchemaFault) -> [Pending] {
    guard case .object = item.schema else {
      if case .boolean = item.schema, item.pointer.isRoot { add(item.base, at: item.pointer, item.dialect) }
      return []
    }
    let place = SchemaPlace(url: url, pointer: item.pointer)
    var draft = try loader.draft(of: item.schema, at: place, default: item.dialect.draft)
    var hasMetaschema = item.schema["$schema"]?.string != nil
    var id = draft.id(of: item.schema)
    if id.isEmpty && !item.pointer.isRoot {
      // `$schema` counts only where a resource begins.
      draft = item.dialect.draft
      hasMetaschema = false
      id = draft.id(of: item.schema)
    }
    var base = item.base
    if !id.isEmpty { base = try join(base, id, at: place) }
    if !id.isEmpty || item.pointer.isRoot {
      if let other = places[base] {
        if other != item.pointer {
          throw .duplicateID(base, document: url, first: item.pointer, second: other)
        }
      } else {
        let own = hasMetaschema ? try loader.dialect(of: item.schema, draft: draft) : item.dialect
        add(base, at: item.pointer, own)
      }
    }
    let owner = places[base] ?? .root
    try collectAnchors(of: item.schema, at: item.pointer, owner: owner)
    let inner = resources[owner]?.dialect ?? item.dialect
    return SubschemaKeyword.subschemas(of: item.schema, at: item.pointer, draft: draft).map { pointer, schema in
      Pending(schema: schema, pointer: pointer, base: base, dialect: inner)
    }
  }

  private mutating func add(_ id: ByteString, at pointer: JSONPointer, _ dialect: Dialect) {
    resources[pointer] = Resource(pointer: pointer, id: id, dialect: dialect)
    places[id] = pointer
  }

  private func join(_ base: ByteString, _ id: ByteString, at place: SchemaPlace) throws(SchemaFault) -> ByteString {
    do {
      return try SchemaReference(id, relativeTo: base).url
    } catch {
      throw .unreadableID(place)
    }
  }

  /// Notes the anchors that the schema itself defines.
  mutating func collectAnchors(
    of schema: Instance, at pointer: JSONPointer, owner: JSONPointer
  ) throws(SchemaFault) {
    guard let draft = resources[owner]?.dialect.draft else { return }
    if draft < .draft2019 {
      guard schema["$ref"] == nil, let id = schema[draft.idKeyword]?.string else { return }
      guard let fragment = PercentEncoding.decoded(SchemaURL.split(id).fragment, as: .path) else {
        throw .unreadableAnchor(SchemaPlace(url: url, pointer: pointer))
      }
      if !fragment.isEmpty, fragment[0] != UInt8(ascii: "/") { try addAnchor(fragment, pointer, owner) }
      return
    }
    if let anchor = schema["$anchor"]?.string { try addAnchor(anchor, pointer, owner) }
    if draft >= .draft2020, let anchor = schema["$dynamicAnchor"]?.string {
      try addAnchor(anchor, pointer, owner)
      resources[owner]?.dynamicAnchors.append(anchor)
    }
  }

  private mutating func addAnchor(
    _ name: ByteString, _ pointer: JSONPointer, _ owner: JSONPointer
  ) throws(SchemaFault) {
    if let first = resources[owner]?.anchors[name], first != pointer {
      throw .duplicateAnchor(name, document: url, first: first, second: pointer)
    }
    resources[owner]?.anchors[name] = pointer
  }
}

/// A reference made absolute: the URL of a document or resource, and the decoded fragment.
struct SchemaReference {
  var url: ByteString
  var fragment: ByteString

  init(_ text: ByteString, relativeTo base: ByteString) throws(SchemaFault) {
    let (reference, fragment) = SchemaURL.split(text)
    guard let decoded = PercentEncoding.decoded(fragment, as: .path) else {
      let broken = PercentEncoding.brokenEscape(in: fragment) ?? ""
      throw .unreadableURL(text, reason: "invalid URL escape " + GoQuote.quoted(broken))
    }
    self.fragment = decoded
    let parent = try SchemaReference.parse(base)
    url = parent.resolving(try SchemaReference.parse(reference)).text
  }

  private static func parse(_ text: ByteString) throws(SchemaFault) -> SchemaURL {
    do throws(SchemaURL.ParseError) {
      return try SchemaURL(text)
    } catch {
      throw .unreadableURL(text, reason: error.message)
    }
  }
}
