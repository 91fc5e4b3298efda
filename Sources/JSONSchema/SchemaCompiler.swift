import RegularExpressions
import SourceText

/// Compiles a schema and all that it refers to into a program.
struct SchemaCompiler {
  private let loader: SchemaLoader
  private var documents: [ByteString: SchemaDocument] = [:]
  private var queue: [SchemaPlace] = []
  private var indices: [SchemaPlace: Int] = [:]
  /// Formats are asserted whatever the draft says: so the metaschemas are compiled.
  private let assertsFormat: Bool

  init(loader: SchemaLoader, assertsFormat: Bool = false) {
    self.loader = loader
    self.assertsFormat = assertsFormat
  }

  mutating func compile(_ url: ByteString) throws(SchemaFault) -> SchemaProgram {
    let root = enqueue(SchemaPlace(url: url, pointer: .root))
    var schemas: [CompiledSchema] = []
    while schemas.count < queue.count {
      let place = queue[schemas.count]
      let document = try ensureSchema(at: place)
      let content = try place.lookUp(in: document.content)
      schemas.append(CompiledSchema(try compile(content, at: place, in: document)))
    }
    return SchemaProgram(schemas: schemas, root: root)
  }

  // MARK: Documents

  private mutating func document(at url: ByteString) throws(SchemaFault) -> SchemaDocument {
    if let document = documents[url] { return document }
    var document = SchemaDocument(url: url, content: try loader.load(url))
    try document.collect(
      document.content, at: .root, base: url, dialect: Dialect(draft: .latest), loader: loader)
    if !url.hasPrefix("http://json-schema.org/"), !url.hasPrefix("https://json-schema.org/") {
      try check(document.content, at: .root, in: document)
    }
    documents[url] = document
    return document
  }

  /// The document around `place`, after making sure that what stands there is a schema.
  private mutating func ensureSchema(at place: SchemaPlace) throws(SchemaFault) -> SchemaDocument {
    var document = try document(at: place.url)
    if document.isKnown(place.pointer) { return document }
    // A reference may lead to where no keyword expects a schema.
    let content = try place.lookUp(in: document.content)
    let around = document.resource(around: place.pointer)
    try document.collect(
      content, at: place.pointer, base: around.id, dialect: around.dialect, loader: loader)
    try check(content, at: place.pointer, in: document)
    documents[place.url] = document
    return document
  }

  private func check(
    _ content: Instance, at pointer: JSONPointer, in document: SchemaDocument
  ) throws(SchemaFault) {
    let dialect = document.resource(around: pointer).dialect
    if PlainSchema.isSurelyValid(content, dialect) { return }
    let program = try MetaschemaPrograms.program(for: dialect)
    let dialects = document.resources.mapValues(\.dialect)
    let validator = SchemaValidator(program, metaschema: MetaschemaSwitch(dialects: dialects))
    if let failure = try validator.failure(of: content) {
      throw .invalid(SchemaPlace(url: document.url, pointer: pointer), failure)
    }
  }

  private mutating func enqueue(_ place: SchemaPlace) -> Int {
    if let index = indices[place] { return index }
    queue.append(place)
    indices[place] = queue.count - 1
    return queue.count - 1
  }

  // MARK: One schema

  private mutating func compile(
    _ content: Instance, at place: SchemaPlace, in document: SchemaDocument
  ) throws(SchemaFault) -> SchemaKeywords {
    let resource = document.resource(around: place.pointer)
    var schema = SchemaKeywords(place: place, draft: resource.dialect.draft)
    schema.resource = enqueue(SchemaPlace(url: place.url, pointer: resource.pointer))
    if schema.draft >= .draft2020, resource.pointer == place.pointer {
      for anchor in resource.dynamicAnchors {
        guard let pointer = resource.anchors[anchor] else { continue }
        schema.dynamicAnchors[anchor] = enqueue(SchemaPlace(url: place.url, pointer: pointer))
      }
    }
    switch content {
    case .boolean(let value): schema.boolean = value
    case .object(let members):
      if members.isEmpty {
        schema.boolean = true
      } else {
        let reader = KeywordReader(content, at: place, dialect: resource.dialect, assertsFormat: assertsFormat)
        try compileReferences(&schema, content, document, resource)
        if schema.draft >= .draft2019 || schema.reference == nil {
          try reader.read(into: &schema) { enqueue($0) }
        } else {
          reader.visitNeighbours { enqueue($0) }
        }
      }
    case .null, .number, .string, .array, .unsupported: break
    }
    return schema
  }

  private mutating func compileReferences(
    _ schema: inout SchemaKeywords, _ content: Instance, _ document: SchemaDocument,
    _ resource: SchemaDocument.Resource
  ) throws(SchemaFault) {
    schema.reference = try reference(content["$ref"], document, resource)?.target
    if schema.draft < .draft2019 { return }
    schema.recursiveReference = try reference(content["$recursiveRef"], document, resource)?.target
    schema.isRecursiveAnchor = content["$recursiveAnchor"]?.boolean == true
    guard schema.draft >= .draft2020 else { return }
    if let found = try reference(content["$dynamicRef"], document, resource) {
      let isAnchor = !found.fragment.isEmpty && found.fragment[0] != UInt8(ascii: "/")
      schema.dynamicReference = SchemaKeywords.DynamicReference(
        target: found.target, anchor: isAnchor ? found.fragment : "")
    }
    schema.dynamicAnchor = content["$dynamicAnchor"]?.string ?? ""
  }

  private mutating func reference(
    _ value: Instance?, _ document: SchemaDocument, _ resource: SchemaDocument.Resource
  ) throws(SchemaFault) -> (target: Int, fragment: ByteString)? {
    guard let text = value?.string else { return nil }
    let reference = try SchemaReference(text, relativeTo: resource.id)
    if let pointer = try document.resolve(reference.url, fragment: reference.fragment) {
      return (enqueue(SchemaPlace(url: document.url, pointer: pointer)), reference.fragment)
    }
    let other = try self.document(at: reference.url)
    let pointer = try other.resolve(reference.fragment, in: other.resource(around: .root))
    return (enqueue(SchemaPlace(url: other.url, pointer: pointer)), reference.fragment)
  }
}

/// The compiled metaschemas, each made when it is first wanted.
enum MetaschemaPrograms {
  private static let draft4 = compile(.draft4)
  private static let draft6 = compile(.draft6)
  private static let draft7 = compile(.draft7)
  private static let draft2019 = compile(.draft2019)
  private static let draft2020 = compile(.draft2020)

  /// The program that tests schemas of a dialect.
  static func program(for dialect: Dialect) throws(SchemaFault) -> SchemaProgram {
    if let vocabularies = dialect.vocabularies { return try compile(vocabularies, of: dialect.draft) }
    let program =
      switch dialect.draft {
      case .draft4: draft4
      case .draft6: draft6
      case .draft7: draft7
      case .draft2019: draft2019
      case .draft2020: draft2020
      }
    return try program.get()
  }

  private static func compile(_ draft: Draft) -> Result<SchemaProgram, SchemaFault> {
    var compiler = SchemaCompiler(loader: SchemaLoader(), assertsFormat: true)
    return Result { () throws(SchemaFault) in try compiler.compile(draft.url) }
  }

  /// A metaschema that is nothing but the conjunction of some vocabularies.
  private static func compile(_ vocabularies: [ByteString], of draft: Draft) throws(SchemaFault) -> SchemaProgram {
    let url: ByteString = "http://json-schema.org/vocabularies"
    let folder = draft.url[0..<(draft.url.count - "schema".utf8.count)] + "meta/"
    let all = vocabularies.map { name in
      Instance.object([Instance.Member(name: "$ref", value: .string(folder + name))])
    }
    let loader = SchemaLoader()
    loader.add(
      .object([
        Instance.Member(name: "$dynamicAnchor", value: .string("meta")),
        Instance.Member(name: "$schema", value: .string(draft.url)),
        Instance.Member(name: "allOf", value: .array(all)),
      ]), at: url)
    var compiler = SchemaCompiler(loader: loader, assertsFormat: true)
    let program = try compiler.compile(url)
    return SchemaProgram(schemas: program.schemas, root: program.root, heading: "urn:mem:metaschema")
  }
}
