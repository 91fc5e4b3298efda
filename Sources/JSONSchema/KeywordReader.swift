import RegularExpressions
import SourceText

/// Reads the keywords of one schema object. What the metaschema would refuse is passed over.
struct KeywordReader {
  private let content: Instance
  private let place: SchemaPlace
  private let dialect: Dialect
  private let assertsFormat: Bool

  /// Names a schema to be compiled.
  typealias Enqueue = (SchemaPlace) -> Int

  init(_ content: Instance, at place: SchemaPlace, dialect: Dialect, assertsFormat: Bool) {
    self.content = content
    self.place = place
    self.dialect = dialect
    self.assertsFormat = assertsFormat
  }

  func read(into schema: inout SchemaKeywords, _ enqueue: Enqueue) throws(SchemaFault) {
    if dialect.has("applicator") { try readApplicators(into: &schema, enqueue) }
    if dialect.has("validation") { try readAssertions(into: &schema) }
    if assertsFormat || dialect.assertsFormat, let name = value("format")?.string,
      let check = Format.check(named: name)
    {
      schema.format = SchemaKeywords.NamedFormat(name: name, check: check)
    }
    if dialect.draft == .draft2019 ? dialect.has("applicator") : dialect.has("unevaluated"),
      dialect.draft >= .draft2019
    {
      schema.array.unevaluated = one("unevaluatedItems", enqueue)
      schema.object.unevaluated = one("unevaluatedProperties", enqueue)
    }
  }

  // MARK: Keywords that hold schemas

  /// The neighbours of a `$ref` are void up to draft 7, but faults in the schemas of those that draft 4 did not have
  /// are found all the same.
  func visitNeighbours(_ enqueue: Enqueue) {
    var void = SchemaKeywords(place: place, draft: dialect.draft)
    if dialect.has("applicator") { readLaterApplicators(into: &void, enqueue) }
  }

  private func readApplicators(into schema: inout SchemaKeywords, _ enqueue: Enqueue) throws(SchemaFault) {
    schema.allOf = list("allOf", enqueue)
    schema.anyOf = list("anyOf", enqueue)
    schema.oneOf = list("oneOf", enqueue)
    schema.not = one("not", enqueue)
    readItems(into: &schema.array, enqueue)
    schema.object.properties = map("properties", enqueue)
    for (name, index) in map("patternProperties", enqueue) {
      let pattern = try expression(name, keyword: "patternProperties")
      schema.object.patterns.append((pattern, index))
    }
    schema.object.additional = additional("additionalProperties", enqueue)
    for member in value("dependencies")?.members ?? [] {
      if let names = member.value.array {
        schema.object.dependencies.append((member.name, .names(names.compactMap(\.string))))
      } else {
        let pointer = place.pointer.appending("dependencies").appending(member.name)
        schema.object.dependencies.append((member.name, .schema(enqueue(at(pointer)))))
      }
    }
    readLaterApplicators(into: &schema, enqueue)
  }

  private func readLaterApplicators(into schema: inout SchemaKeywords, _ enqueue: Enqueue) {
    guard dialect.draft >= .draft6 else { return }
    schema.array.contains = one("contains", enqueue)
    schema.object.propertyNames = one("propertyNames", enqueue)
    guard dialect.draft >= .draft7 else { return }
    schema.condition = one("if", enqueue)
    if schema.condition != nil {
      let constant = value("if")?.boolean
      if constant != false { schema.consequence = one("then", enqueue) }
      if constant != true { schema.alternative = one("else", enqueue) }
    }
    guard dialect.draft >= .draft2019 else { return }
    schema.object.dependentSchemas = map("dependentSchemas", enqueue)
  }

  private func readItems(into array: inout ArrayKeywords, _ enqueue: Enqueue) {
    if dialect.draft >= .draft2020 {
      array.prefix = list("prefixItems", enqueue)
      array.rest = one("items", enqueue)
    } else if value("items")?.array != nil {
      array.items = .tuple(list("items", enqueue))
      array.additional = additional("additionalItems", enqueue)
    } else {
      array.items = one("items", enqueue).map { .all($0) }
    }
  }

  // MARK: Keywords that assert

  private func readAssertions(into schema: inout SchemaKeywords) throws(SchemaFault) {
    if let types = value("type") { schema.types = JSONTypes(keyword: types) }
    schema.enumeration = value("enum")?.array
    schema.limits = limits()
    schema.minimumLength = integer("minLength")
    schema.maximumLength = integer("maxLength")
    if let text = value("pattern")?.string { schema.pattern = try expression(text, keyword: "pattern") }
    schema.array.minimum = integer("minItems")
    schema.array.maximum = integer("maxItems")
    schema.array.areUnique = value("uniqueItems")?.boolean == true
    schema.object.maximum = integer("maxProperties")
    schema.object.minimum = integer("minProperties")
    schema.object.required = value("required")?.array?.compactMap(\.string) ?? []
    if dialect.draft >= .draft6 { schema.constant = value("const") }
    guard dialect.draft >= .draft2019 else { return }
    if schema.array.contains != nil {
      schema.array.minimumContains = integer("minContains")
      schema.array.maximumContains = integer("maxContains")
    }
    for member in value("dependentRequired")?.members ?? [] {
      guard let names = member.value.array else { continue }
      schema.object.dependentRequired.append((member.name, names.compactMap(\.string)))
    }
  }

  private func limits() -> [SchemaKeywords.Limit] {
    // Draft 4 spells an exclusive limit as a flag beside the limit.
    let isMinimumExclusive = value("exclusiveMinimum")?.boolean == true
    let isMaximumExclusive = value("exclusiveMaximum")?.boolean == true
    return [
      isMinimumExclusive ? nil : limit(.minimum, "minimum"),
      isMaximumExclusive ? nil : limit(.maximum, "maximum"),
      limit(.exclusiveMinimum, isMinimumExclusive ? "minimum" : "exclusiveMinimum"),
      limit(.exclusiveMaximum, isMaximumExclusive ? "maximum" : "exclusiveMaximum"),
      limit(.multipleOf, "multipleOf"),
    ].compactMap { $0 }
  }

  private func limit(_ keyword: SchemaKeywords.Limit.Keyword, _ name: StaticString) -> SchemaKeywords.Limit? {
    guard let number = value(name)?.number, let decimal = Decimal(number) else { return nil }
    return SchemaKeywords.Limit(keyword: keyword, number: number, decimal: decimal)
  }

  private func integer(_ name: StaticString) -> Int? {
    value(name)?.number.flatMap { Decimal($0) }?.wrappedInteger
  }

  private func expression(
    _ text: ByteString, keyword: ByteString
  ) throws(SchemaFault) -> SchemaKeywords.Pattern {
    do throws(RegularExpressionError) {
      return SchemaKeywords.Pattern(text: text, expression: try RegularExpression(text))
    } catch {
      throw .invalidRegularExpression(
        text, keyword: at(place.pointer.appending(keyword)).text, reason: ByteString(error.message))
    }
  }

  /// The value of a keyword. Schemas have few members and are asked for many keywords.
  private func value(_ name: StaticString) -> Instance? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.name.isSpelled(name) }?.value
  }

  // MARK: Subschemas

  private func at(_ pointer: JSONPointer) -> SchemaPlace { SchemaPlace(url: place.url, pointer: pointer) }

  private func one(_ name: StaticString, _ enqueue: Enqueue) -> Int? {
    value(name) == nil ? nil : enqueue(at(place.pointer.appending(ByteString(name))))
  }

  private func list(_ name: StaticString, _ enqueue: Enqueue) -> [Int] {
    guard let items = value(name)?.array else { return [] }
    let pointer = place.pointer.appending(ByteString(name))
    return items.indices.map { enqueue(at(pointer.appending($0))) }
  }

  private func map(_ name: StaticString, _ enqueue: Enqueue) -> [(ByteString, Int)] {
    guard let members = value(name)?.members else { return [] }
    let pointer = place.pointer.appending(ByteString(name))
    return members.map { ($0.name, enqueue(at(pointer.appending($0.name)))) }
  }

  private func additional(_ name: StaticString, _ enqueue: Enqueue) -> SchemaKeywords.Additional? {
    if let value = value(name)?.boolean { return .boolean(value) }
    return one(name, enqueue).map { .schema($0) }
  }
}
