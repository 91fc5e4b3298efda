import JSON
import SourceText
import Values

/// Builds the value of a document straight from its events.
///
/// go-yaml parses a whole document before it decodes any of it, and converts to JSON after that. So an error that is
/// not one of syntax waits until the document has ended.
struct ValueBuilder: ~Copyable {
  private var parser: EventParser
  /// Where the parsed text begins in the source.
  private let base: Int
  private let places: ScalarPlaces
  private let isTracking: Bool
  /// Integers stay integers instead of becoming float64.
  private let keepsIntegers: Bool
  private var open: [Collection] = []
  private var anchors: [[UInt8]: Anchor] = [:]
  private var aliases = AliasCount()
  private var errors = DeferredErrors()
  /// NaN or an infinity was read, which JSON cannot hold.
  private var sawUnsupported = false

  /// A list or map whose end has not been seen.
  private struct Collection {
    var isMap: Bool
    var start: Int
    var anchor: [UInt8]?
    /// How many nodes had been decoded when this began.
    var decodedBefore = 0
    /// The deepest nesting inside.
    var depth = 1
    var elements: [Value] = []
    var entries: [MapValue.Entry] = []
    /// The key that waits for its value.
    var key = Key.missing
    /// Go's syntax of the content, written only where an error text will show it.
    var syntax: GoSyntax?
    /// How many collections around this one record their syntax.
    var syntaxDepth = 0
  }

  private enum Key {
    /// The next node is a key.
    case missing
    case text(ByteString, OriginID)
    case merge
    /// A list or map; reported when it was complete.
    case invalid
    /// A null or an integer above `Int64.max`: reported together with its value.
    case unsupported(Resolved)
  }

  private struct Anchor {
    /// Nil while the node is open.
    var value: Value?
    var depth = 0
    /// Nodes that go-yaml decodes for each use.
    var nodes = 1
    /// The event of a scalar, which as a key is read by its own type.
    var scalar: Event?
  }

  /// A finished node on its way into the collection around it.
  private struct Node {
    var value: Value
    var start: Int
    var depth = 0
    var isAlias = false
    /// Go's syntax of the value where the collection around it wants that.
    var syntax: GoSyntax?
  }

  init(_ text: UnsafeBufferPointer<UInt8>, at base: Int, places: ScalarPlaces, keepsIntegers: Bool = false) {
    parser = EventParser(text)
    self.base = base
    self.places = places
    self.keepsIntegers = keepsIntegers
    if case .untracked = places { isTracking = false } else { isTracking = true }
  }

  mutating func build() throws(YAMLError) -> Value {
    guard try parser.next().kind == .documentStart else { return .none }
    var result = Value.none
    loop: while true {
      let event = try parser.next()
      switch event.kind {
      case .documentEnd, .streamEnd: break loop
      case .scalar: result = add(scalar(event)) ?? result
      case .alias: result = add(try alias(event)) ?? result
      case .sequenceStart, .mappingStart: begin(event)
      case .sequenceEnd, .mappingEnd: result = add(end(event)) ?? result
      case .documentStart: break
      }
    }
    if let error = errors.first { throw error }
    // With integers kept the caller turns numbers into text first, and checks then.
    if sawUnsupported && !keepsIntegers { try UnsupportedNumbers.check(result) }
    return result
  }

  // MARK: Collections

  /// The innermost collection shows its content in an error text.
  private var wantsSyntax: Bool {
    guard let last = open.last else { return false }
    if last.syntax != nil { return true }
    guard last.isMap else { return false }
    switch last.key {
    case .missing, .unsupported: return true
    case .text, .merge, .invalid: return false
    }
  }

  private mutating func begin(_ event: Event) {
    aliases.decoded += 1
    var collection = Collection(isMap: event.kind == .mappingStart, start: Int(event.start))
    collection.decodedBefore = aliases.decoded
    collection.anchor = name(event.anchor.range)
    if let anchor = collection.anchor { anchors[anchor] = Anchor() }
    let depth = open.last?.syntaxDepth ?? 0
    if wantsSyntax && depth < GoSyntax.maximumDepth {
      collection.syntax = GoSyntax(isMap: collection.isMap)
      collection.syntaxDepth = depth + 1
    }
    open.append(collection)
  }

  private mutating func end(_ event: Event) -> Node {
    guard let collection = open.popLast() else { return Node(value: .none, start: Int(event.start)) }
    let range = (collection.start + base)..<(Int(event.end) + base)
    let origin = isTracking ? places.origin(of: range) : .none
    let value =
      collection.isMap
      ? Value(.map(MapValue(unsorted: collection.entries)), origin: origin)
      : .list(collection.elements, origin: origin)
    if collection.depth > JSONReader.maximumDepth {
      errors.decoding(YAMLError(message: "exceeded max depth", offset: collection.start, stage: .decoding))
    }
    if let anchor = collection.anchor {
      let nodes = aliases.decoded &- collection.decodedBefore &+ 1
      anchors[anchor] = Anchor(value: value, depth: collection.depth, nodes: nodes)
    }
    return Node(value: value, start: collection.start, depth: collection.depth, syntax: collection.syntax)
  }

  /// Puts a node into the innermost collection; gives its value back when it is the whole document.
  private mutating func add(_ node: Node) -> Value? {
    let last = open.count - 1
    guard last >= 0 else { return node.value }
    open[last].depth = max(open[last].depth, node.depth + 1)
    guard open[last].isMap else {
      if open[last].elements.isEmpty { open[last].elements.reserveCapacity(4) }
      open[last].elements.append(node.value)
      if let syntax = node.syntax { open[last].syntax?.append(element: syntax) }
      return nil
    }
    if open[last].syntax != nil, let syntax = node.syntax { open[last].syntax?.append(element: syntax) }
    switch open[last].key {
    case .missing:
      // Only lists, maps and aliases to them come here as keys.
      let text = node.syntax?.text ?? GoSyntax(of: node.value).text
      errors.yaml("invalid map key: " + text, node.start)
      open[last].key = .invalid
      return nil
    case .text(let key, let origin):
      if open[last].entries.isEmpty { open[last].entries.reserveCapacity(4) }
      open[last].entries.append(MapValue.Entry(key: key, value: node.value, keyOrigin: origin))
    case .merge: merge(node)
    case .unsupported(let key):
      let text = node.syntax?.text ?? GoSyntax(of: node.value).text
      errors.conversion(GoSyntax.unsupportedKey(key, value: text), node.start)
    case .invalid: break
    }
    open[last].key = .missing
    return nil
  }

  /// Puts the entries of one map or several over those that are there; of several the first wins.
  private mutating func merge(_ node: Node) {
    let last = open.count - 1
    var maps: [MapValue] = []
    switch node.value.datum {
    case .map(let map): maps = [map]
    case .list(let list) where !node.isAlias:
      maps = list.elements.reversed().compactMap(\.asMap)
      if maps.count != list.count { fallthrough }
    default: return errors.yaml("map merge requires map or sequence of maps as the value", node.start)
    }
    for map in maps { open[last].entries.append(contentsOf: map.entries) }
  }

  // MARK: Scalars

  private func name(_ range: ByteRange) -> [UInt8]? {
    range.isEmpty ? nil : Array(UnsafeBufferPointer(start: parser.scanner.text + range.start, count: range.count))
  }

  private var expectsKey: Bool {
    guard let last = open.last, last.isMap, case .missing = last.key else { return false }
    return true
  }

  private mutating func scalar(_ event: Event) -> Node? {
    aliases.decoded += 1
    if expectsKey {
      setKey(event)
      if let anchor = name(event.anchor.range) {
        anchors[anchor] = Anchor(value: value(event, resolve(event)), scalar: event)
      }
      return nil
    }
    let resolved = resolve(event)
    var node = Node(value: value(event, resolved), start: Int(event.start))
    if let anchor = name(event.anchor.range) { anchors[anchor] = Anchor(value: node.value, scalar: event) }
    if wantsSyntax { node.syntax = GoSyntax(resolved, text: resolved == .string ? decoded(event) : []) }
    return node
  }

  private mutating func add(_ node: Node?) -> Value? {
    guard let node else { return nil }
    return add(node)
  }

  private mutating func setKey(_ event: Event) {
    let last = open.count - 1
    if isMerge(event) {
      open[last].key = .merge
      if open[last].syntax != nil { open[last].syntax?.append(element: GoSyntax(.string, text: Array("<<".utf8))) }
      return
    }
    let resolved = resolve(event)
    let token = event.token
    let range = (Int(token.contentStart) + base)..<(Int(token.contentEnd) + base)
    let origin = isTracking ? places.origin(of: range) : .none
    if open[last].syntax != nil {
      let syntax = GoSyntax(resolved, text: resolved == .string ? decoded(event) : [])
      open[last].syntax?.append(element: syntax)
    }
    switch resolved {
    case .string: open[last].key = .text(ByteString(decoded(event)), origin)
    case .null, .unsigned: open[last].key = .unsupported(resolved)
    case .bool(let bool): open[last].key = .text(bool ? "true" : "false", origin)
    case .integer(let integer): open[last].key = .text(ByteString(String(integer)), origin)
    case .float(let number): open[last].key = .text(KeyText.text(of: number), origin)
    }
  }

  /// `<<` as a plain scalar or with its own tag.
  private func isMerge(_ event: Event) -> Bool {
    let token = event.token
    guard token.contentEnd - token.contentStart == 2, token.isVerbatim,
      parser.scanner.text[Int(token.contentStart)] == UInt8(ascii: "<"),
      parser.scanner.text[Int(token.contentStart) + 1] == UInt8(ascii: "<")
    else { return false }
    if event.tag.isEmpty { return token.style == .plain }
    let tag = parser.tag(of: event)
    return tag == Array("!".utf8) || tag == YAMLTag.merge
  }

  private func content(_ token: Token) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: parser.scanner.text + Int(token.contentStart), count: Int(token.contentEnd - token.contentStart))
  }

  private func decoded(_ event: Event) -> [UInt8] {
    let token = event.token
    if token.isVerbatim && event.tag.isEmpty { return Array(content(token)) }
    var decoder = ScalarDecoder(parser.scanner.text, recordsPieces: false)
    decoder.decode(token)
    if !event.tag.isEmpty, parser.tag(of: event) == YAMLTag.binary { return (try? Base64.decode(decoder.bytes)) ?? [] }
    return decoder.bytes
  }

  private mutating func resolve(_ event: Event) -> Resolved {
    let token = event.token
    if event.tag.isEmpty {
      guard token.style == .plain else { return .string }
      return token.isVerbatim ? Resolution.resolve(content(token)) : Resolution.resolve(decoded(event))
    }
    let tag = parser.tag(of: event)
    var decoder = ScalarDecoder(parser.scanner.text, recordsPieces: false)
    decoder.decode(token)
    let resolved = YAMLTag.resolve(decoder.bytes, tag: tag)
    if let wrong = YAMLTag.fault(resolved, decoder.bytes, tag: tag) { errors.yaml(wrong, Int(event.start)) }
    return resolved
  }

  private mutating func value(_ event: Event, _ resolved: Resolved) -> Value {
    let token = event.token
    let range = (Int(token.contentStart) + base)..<(max(Int(token.contentEnd), Int(token.contentStart)) + base)
    if resolved == .string {
      return isTracking ? trackedString(event, range) : .string(Text(jsonText(decoded(event), event)))
    }
    return Value(datum(resolved), origin: isTracking ? places.origin(of: range) : .none)
  }

  /// The value of a scalar that is not a string.
  private mutating func datum(_ resolved: Resolved) -> Datum {
    switch resolved {
    case .null, .string: .none
    case .bool(let bool): .bool(bool)
    case .integer(let integer): keepsIntegers ? .integer(integer, .int64) : .float(Double(integer))
    case .unsigned(let integer):
      keepsIntegers ? .integer(Int64(bitPattern: integer), .uint64) : .float(Double(integer))
    case .float(let number): .float(noted(number))
    }
  }

  private mutating func noted(_ number: Double) -> Double {
    if !number.isFinite { sawUnsupported = true }
    return number
  }

  private func trackedString(_ event: Event, _ range: Range<Int>) -> Value {
    if event.token.isVerbatim && event.tag.isEmpty { return places.verbatim(Array(content(event.token)), range) }
    guard event.tag.isEmpty || parser.tag(of: event) != YAMLTag.binary else {
      return .string(Text(jsonText(decoded(event), event)), origin: places.origin(of: range))
    }
    var decoder = ScalarDecoder(parser.scanner.text, recordsPieces: true)
    decoder.decode(event.token)
    let pieces = decoder.pieces.map { piece in
      DecodedPiece(
        end: piece.end, source: piece.source + base, sourceCount: piece.sourceCount, isVerbatim: piece.isVerbatim)
    }
    return places.decoded(decoder.bytes, pieces: pieces, of: range)
  }

  /// `!!binary` can hold any bytes; JSON turns what is not UTF-8 into U+FFFD.
  private func jsonText(_ bytes: [UInt8], _ event: Event) -> [UInt8] {
    event.tag.isEmpty ? bytes : Runes.repaired(bytes)
  }

  // MARK: Aliases

  private mutating func alias(_ event: Event) throws(YAMLError) -> Node? {
    let name = name(ByteRange(Int(event.token.contentStart), Int(event.token.contentEnd))) ?? []
    let shown = String(decoding: name, as: UTF8.self)
    guard let anchor = anchors[name] else {
      throw YAMLError(message: "yaml: unknown anchor '\(shown)' referenced", offset: Int(event.start))
    }
    aliases.decoded += 1
    var node = Node(value: .none, start: Int(event.start), isAlias: true)
    guard let value = anchor.value else {
      errors.yaml("anchor '\(shown)' value contains itself", node.start)
      return expectsKey ? invalidKey() : node
    }
    if aliases.isExcessive(adding: anchor.nodes) {
      errors.yaml("document contains excessive aliasing", node.start)
      return expectsKey ? invalidKey() : node
    }
    if expectsKey, let scalar = anchor.scalar {
      setKey(scalar)
      return nil
    }
    node.depth = anchor.depth
    if open.count + anchor.depth > JSONReader.maximumDepth {
      errors.decoding(YAMLError(message: "exceeded max depth", offset: node.start, stage: .decoding))
      return expectsKey ? invalidKey() : node
    }
    node.value = ValueCopy.copy(value)
    if wantsSyntax { node.syntax = GoSyntax(of: node.value) }
    return node
  }

  private mutating func invalidKey() -> Node? {
    open[open.count - 1].key = .invalid
    return nil
  }
}
