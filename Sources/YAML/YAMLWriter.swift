import JSON
import SourceText
import Values

/// Writes YAML as Helm's `toYaml` and `toYamlPretty` do.
package enum YAMLWriter {
  /// `toYaml`: JSON, read again by go-yaml v2 and written by it, without the final newline; scalars keep their
  /// origins. Fails with the text of whichever of these steps fails.
  package static func text(
    of value: Value, tracking: Bool, limit: Int = .max
  ) throws(FunctionError) -> Text {
    var writer = BlockWriter(version: .v2, tracking: tracking, limit: limit)
    return try writer.write(value)
  }

  /// `toYamlPretty`: go-yaml v3 on the values as they are, with an indent of two. Fails only for maps that hold
  /// themselves, for which Go's stack overflows.
  package static func prettyText(
    of value: Value, tracking: Bool, limit: Int = .max
  ) throws(FunctionError) -> Text {
    var writer = BlockWriter(version: .v3, tracking: tracking, limit: limit)
    return try writer.write(value)
  }
}

/// Writes one value in block style, without native recursion.
struct BlockWriter {
  private let version: GoYAMLVersion
  private var emitter: YAMLEmitter
  private var open: [Collection] = []
  /// Maps that are open beyond the depth at which encoding/json starts to look for cycles.
  private var deepMaps: Set<ObjectIdentifier> = []
  /// An error of reading the JSON again, which comes after any of writing it.
  private var readError: FunctionError?

  /// A list or map of which `next` is the element to write next.
  private struct Collection {
    var elements: [Value] = []
    var entries: [MapValue.Entry] = []
    var map: MapValue?
    var next = 0
    var outerIndent: Int
  }

  private static let cycleCheckDepth = 1000
  private static let maximumIndirection = 100
  private static let maximumDepth = 10_000
  /// A longer key, quoted in JSON, is not seen to be one when it is read again.
  private static let maximumKeyLength = 1024

  init(version: GoYAMLVersion, tracking: Bool, limit: Int = .max) {
    self.version = version
    emitter = YAMLEmitter(version: version, tracking: tracking, limit: limit)
  }

  mutating func write(_ value: Value) throws(FunctionError) -> Text {
    try begin(value, inMap: false)
    while !emitter.output.isFull, let last = open.indices.last {
      let next = open[last].next
      open[last].next += 1
      if open[last].map == nil {
        guard next < open[last].elements.count else {
          close()
          continue
        }
        emitter.writeIndent()
        emitter.writeIndicator("-", needsSpace: true, keepsIndentation: true)
        try begin(open[last].elements[next], inMap: false)
      } else {
        guard next < open[last].entries.count else {
          close()
          continue
        }
        let entry = open[last].entries[next]
        emitter.writeIndent()
        writeKey(entry)
        try begin(entry.value, inMap: true)
      }
    }
    if let readError {
      throw FunctionError(bytes: "error converting JSON to YAML: " + readError.message)
    }
    return emitter.finish()
  }

  private mutating func close() {
    guard let collection = open.popLast() else { return }
    if let map = collection.map { deepMaps.remove(ObjectIdentifier(map)) }
    emitter.indent = collection.outerIndent
  }

  private mutating func begin(_ value: Value, inMap: Bool) throws(FunctionError) {
    var datum = value.datum
    var hops = 0
    while case .object(let object) = datum, hops < BlockWriter.maximumIndirection {
      if version == .v3, let text = object.prettyText {
        return emitter.writePlain(text.bytes, origin: value.origin)
      }
      if version == .v3, let fields = object.structFields { return begin(structure: fields) }
      datum = object.underlying
      hops += 1
    }
    switch datum {
    case .none, .object:
      if let type = JSONWriter.unsupportedType(value.datum) {
        throw version == .v2
          ? BlockWriter.marshalError("json: unsupported type: \(type)")
          : FunctionError("cannot marshal type: \(type)")
      }
      emitter.writePlain(Array("null".utf8), origin: value.origin)
    case .bool(let bool): emitter.writePlain(Array((bool ? "true" : "false").utf8), origin: value.origin)
    case .integer(let integer, let type):
      let digits = type.isSigned ? String(integer) : String(UInt64(bitPattern: integer))
      emitter.writePlain(Array(digits.utf8), origin: value.origin)
    case .float(let number):
      emitter.writePlain(try digits(number), origin: value.origin)
    case .string(let text): write(string: text, origin: value.origin, isSimpleKey: false)
    case .bytes(let bytes) where version == .v3:
      let numbers = bytes.bytes.map { Value(.integer(Int64($0), .uint8), origin: value.origin) }
      begin(ListValue(numbers), inMap: inMap)
    case .bytes(let bytes):
      write(string: Text(Base64.encode(bytes.bytes)), origin: value.origin, isSimpleKey: false)
    case .list(let list): begin(list, inMap: inMap)
    case .map(let map): try begin(map)
    }
  }

  /// sigs.k8s.io/yaml says which of its steps failed.
  private static func marshalError(_ message: String) -> FunctionError {
    FunctionError("error marshaling into JSON: " + message)
  }

  private func digits(_ number: Double) throws(FunctionError) -> [UInt8] {
    guard let special = GoFloat.special(number) else {
      return version == .v2 ? ScalarText.number(number) : GoFloat.general(number).bytes
    }
    if version == .v2 { throw BlockWriter.marshalError("json: unsupported value: \(special.string)") }
    return Array((number.isNaN ? ".nan" : number < 0 ? "-.inf" : ".inf").utf8)
  }

  private mutating func begin(_ list: ListValue, inMap: Bool) {
    if list.isNil && version == .v2 { return emitter.writePlain(Array("null".utf8), origin: .none) }
    guard list.count > 0 else {
      emitter.writeIndicator("[", needsSpace: true, isSpace: true, keepsIndentation: false)
      return emitter.writeIndicator("]", needsSpace: false, keepsIndentation: false)
    }
    open.append(Collection(elements: list.elements, outerIndent: emitter.indent))
    checkDepth()
    emitter.indent = emitter.deeperIndent(isFlow: false, isIndentless: inMap && !emitter.inIndentation)
  }

  private mutating func begin(_ map: MapValue) throws(FunctionError) {
    if map.isNil && version == .v2 { return emitter.writePlain(Array("null".utf8), origin: .none) }
    guard !map.isEmpty else {
      emitter.writeIndicator("{", needsSpace: true, isSpace: true, keepsIndentation: false)
      return emitter.writeIndicator("}", needsSpace: false, keepsIndentation: false)
    }
    if open.count >= BlockWriter.cycleCheckDepth, !deepMaps.insert(ObjectIdentifier(map)).inserted {
      throw BlockWriter.marshalError("json: unsupported value: encountered a cycle via \(map.type.name)")
    }
    open.append(Collection(entries: BlockWriter.sorted(map.entries, version), map: map, outerIndent: emitter.indent))
    checkDepth()
    emitter.indent = emitter.deeperIndent(isFlow: false)
  }

  /// go-yaml names the fields of a struct by their Go names in small letters, in the struct's order.
  private mutating func begin(structure fields: [MapValue.Entry]) {
    let entries = fields.map { field in
      let name = field.key.string.lowercased().filter { $0 != "_" }
      return MapValue.Entry(key: ByteString(name), value: field.value, keyOrigin: field.keyOrigin)
    }
    open.append(Collection(entries: entries, map: MapValue(), outerIndent: emitter.indent))
    checkDepth()
    emitter.indent = emitter.deeperIndent(isFlow: false)
  }

  private mutating func checkDepth() {
    if open.count > BlockWriter.maximumDepth && readError == nil && version == .v2 {
      readError = FunctionError("yaml: exceeded max depth of \(BlockWriter.maximumDepth)")
    }
  }

  /// The entries in go-yaml's order; they come in bytewise order, which mostly is the same.
  private static func sorted(_ entries: [MapValue.Entry], _ version: GoYAMLVersion) -> [MapValue.Entry] {
    var isSorted = true
    for index in entries.indices.dropFirst()
    where !NaturalOrder.precedes(entries[index - 1].key, entries[index].key, version: version) {
      isSorted = false
      break
    }
    return isSorted ? entries : entries.sorted { NaturalOrder.precedes($0.key, $1.key, version: version) }
  }

  // MARK: Strings

  private mutating func writeKey(_ entry: MapValue.Entry) {
    let key = Text(entry.key)
    if version == .v2 { checkKeyLength(key) }
    let text = readAgain(key)
    let analysis = text.bytes.withUnsafeBufferPointer { ScalarAnalysis($0, version: version) }
    if !analysis.isMultiline && text.count <= YAMLEmitter.maximumSimpleKey {
      emitter.write(text, origin: entry.keyOrigin, analysis, isSimpleKey: true)
      emitter.writeIndicator(":", needsSpace: false, keepsIndentation: false)
    } else {
      emitter.writeIndicator("?", needsSpace: true, keepsIndentation: true)
      emitter.write(text, origin: entry.keyOrigin, analysis, isSimpleKey: false)
      emitter.writeIndent()
      emitter.writeIndicator(":", needsSpace: true, keepsIndentation: true)
    }
  }

  private mutating func write(string: Text, origin: OriginID, isSimpleKey: Bool) {
    let text = readAgain(string)
    let analysis = text.bytes.withUnsafeBufferPointer { ScalarAnalysis($0, version: version) }
    emitter.write(text, origin: origin, analysis, isSimpleKey: isSimpleKey)
  }

  private mutating func checkKeyLength(_ key: Text) {
    guard key.count > BlockWriter.maximumKeyLength / 6 || key.bytes.contains(0xc2), readError == nil else { return }
    guard let quoted = try? JSONWriter.text(of: .string(key), tracking: false) else { return }
    let length = quoted.bytes.reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) }
    if length > BlockWriter.maximumKeyLength || ReadAgain.hasLineBreak(key) {
      readError = FunctionError("yaml: did not find expected ',' or '}'")
    }
  }

  /// What becomes of a string on its way through JSON: bytes that are no UTF-8 are U+FFFD, some controls that JSON
  /// lets through are errors in YAML, and NEL is a line break that folds.
  private mutating func readAgain(_ text: Text) -> Text {
    if version == .v3 { return text }
    let (isClean, isWellFormed) = text.bytes.withUnsafeBufferPointer { bytes -> (Bool, Bool) in
      var isASCII = true
      for byte in bytes where byte >= 0x7f {
        isASCII = false
        break
      }
      return isASCII ? (true, true) : ReadAgain.check(bytes)
    }
    if isClean && isWellFormed && !text.bytes.contains(0xc2) { return text }
    if let line = ReadAgain.lineOfDocumentIndicator(text), readError == nil {
      readError = FunctionError("yaml: line \(line): found unexpected document indicator")
    }
    if isClean && isWellFormed { return ReadAgain.folded(text) }
    if !isClean && readError == nil { readError = FunctionError("yaml: control characters are not allowed") }
    return isWellFormed ? text : ReadAgain.folded(Text(Runes.repaired(text.bytes)))
  }
}

/// The check of strings that are not plain ASCII.
private enum ReadAgain {
  /// Whether YAML lets every character in, and whether all is UTF-8.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> (isClean: Bool, isWellFormed: Bool) {
    var isClean = true
    var isWellFormed = true
    var at = 0
    while at < bytes.count {
      let length = Runes.length(at: at, in: bytes)
      if length == 0 {
        isWellFormed = false
        at += 1
        continue
      }
      if bytes[at] == 0x7f || isControl(bytes, at, length) { isClean = false }
      at += length
    }
    return (isClean, isWellFormed)
  }

  /// NEL, which JSON leaves as it is and YAML takes for the end of a line.
  static func hasLineBreak(_ text: Text) -> Bool {
    for index in text.bytes.indices.dropFirst()
    where text.bytes[index] == 0x85 && text.bytes[index - 1] == 0xc2 {
      return true
    }
    return false
  }

  /// The line on which `---` or `...` stands between a NEL and white space, which ends a document inside the quotes.
  static func lineOfDocumentIndicator(_ text: Text) -> Int? {
    let bytes = text.bytes
    var line = 1
    for index in bytes.indices.dropFirst() where bytes[index] == 0x85 && bytes[index - 1] == 0xc2 {
      line += 1
      let rest = bytes[(index + 1)...]
      guard rest.starts(with: [0x2d, 0x2d, 0x2d]) || rest.starts(with: [0x2e, 0x2e, 0x2e]) else { continue }
      let behind = rest.dropFirst(3)
      if behind.first == 0x20 || behind.starts(with: [0xc2, 0x85]) { return line }
    }
    return nil
  }

  /// The text with its lines folded where it has NEL.
  static func folded(_ text: Text) -> Text {
    guard hasLineBreak(text), var quoted = try? JSONWriter.text(of: .string(text), tracking: false).bytes else {
      return text
    }
    let token = Token(
      kind: .scalar, style: .doubleQuoted, isVerbatim: false, start: 0, end: Int32(quoted.count), line: 0,
      contentStart: 1, contentEnd: Int32(quoted.count - 1))
    quoted.append(contentsOf: repeatElement(0, count: Scanner.padding))
    return quoted.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return text }
      var decoder = ScalarDecoder(base, recordsPieces: false)
      decoder.decode(token)
      return Text(decoder.bytes)
    }
  }

  private static func isControl(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int) -> Bool {
    if length == 2 { return bytes[at] == 0xc2 && bytes[at + 1] < 0xa0 && bytes[at + 1] != 0x85 }
    return length == 3 && bytes[at] == 0xef && bytes[at + 1] == 0xbf && bytes[at + 2] >= 0xbe
  }
}
