import JSON
import SourceText
import Values

/// What Helm reads of each rendered document before it prints it: `apiVersion`, `kind`, and of the metadata `name`
/// and `annotations`, as sigs.k8s.io/yaml decodes them into a Go struct of strings. Scalars of other types are
/// turned to text; field names match in any case.
package struct ManifestHead: Hashable, Sendable {
  package var apiVersion = ""
  package var kind = ""
  package var name = ""
  package var annotations: [String: String] = [:]

  package init() {}

  /// Reads the first YAML document in `range` of `bytes` whole, so that every fault in it is found, and keeps the
  /// head only. The error's `unmarshalMessage` is what Helm prints behind `YAML parse error on …: `.
  package init(of bytes: [UInt8], in range: ByteRange? = nil) throws(YAMLError) {
    let start = min(max(range?.start ?? 0, 0), bytes.count)
    let end = min(max(range?.end ?? bytes.count, start), bytes.count)
    let result: Result<ManifestHead, YAMLError> = bytes.withUnsafeBufferPointer { buffer in
      do throws(YAMLError) {
        return .success(try ManifestHead.read(UnsafeBufferPointer(rebasing: buffer[start..<end])))
      } catch {
        return .failure(YAMLError(message: error.message, offset: error.offset + start, stage: error.stage))
      }
    }
    self = try result.get()
  }

  private static func read(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLError) -> ManifestHead {
    if UTF16Text.decoded(text) == nil {
      var reader = HeadReader(text)
      if let head = try reader.read() { return head }
    }
    let value = try YAMLReader.readKeepingIntegers(text)
    var decoder = HeadDecoder()
    let head = try decoder.decode(value)
    return head
  }
}

/// Reads a head from events without building anything else; gives up where a document uses what is rare in
/// manifests: anchors, tags, merge keys, odd keys, values of a wrong kind.
private struct HeadReader: ~Copyable {
  private var parser: EventParser
  private var head = ManifestHead()
  /// For each open collection: whether it is a map, and whether the next node is a key.
  private var open: [Level] = []
  /// Which of the fields have been seen.
  private var seen: UInt8 = 0

  private struct Level {
    var isMap: Bool
    var expectsKey: Bool
    /// The field that this collection is the value of.
    var place: Place = .elsewhere
    var field: Field?
  }

  /// The key of the annotation whose value comes next.
  private var annotation = ""

  private enum Place { case root, metadata, annotations, elsewhere }
  /// A field of the head, a bit each: a `Set` of those that were seen would be made for every document.
  private enum Field: UInt8 {
    case apiVersion = 1
    case kind = 2
    case metadata = 4
    case name = 8
    case annotations = 16
    case annotation = 32
  }

  init(_ text: UnsafeBufferPointer<UInt8>) { parser = EventParser(text) }

  /// Nil when the document must be read the long way.
  mutating func read() throws(YAMLError) -> ManifestHead? {
    guard try parser.next().kind == .documentStart else { return head }
    while true {
      let event = try parser.next()
      if !event.anchor.isEmpty || !event.tag.isEmpty { return nil }
      switch event.kind {
      case .documentEnd, .streamEnd: return head
      case .documentStart: break
      case .alias: return nil
      case .scalar: guard take(scalar: event.token) else { return nil }
      case .mappingStart, .sequenceStart: guard begin(isMap: event.kind == .mappingStart) else { return nil }
      case .mappingEnd, .sequenceEnd:
        open.removeLast()
        if let last = open.indices.last { open[last].expectsKey = open[last].isMap }
      }
    }
  }

  private mutating func begin(isMap: Bool) -> Bool {
    var level = Level(isMap: isMap, expectsKey: isMap)
    if let last = open.indices.last {
      if open[last].expectsKey { return false }
      switch open[last].field {
      case nil: break
      case .metadata where isMap: level.place = .metadata
      case .annotations where isMap: level.place = .annotations
      default: return false
      }
      open[last].field = nil
    } else if isMap {
      level.place = .root
    } else {
      return false
    }
    open.append(level)
    return open.count <= JSONReader.maximumDepth
  }

  private func content(_ token: Token) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: parser.scanner.text + Int(token.contentStart), count: Int(token.contentEnd - token.contentStart))
  }

  private mutating func take(scalar token: Token) -> Bool {
    guard let last = open.indices.last else { return isNull(token) }
    guard open[last].expectsKey else {
      defer { open[last].expectsKey = open[last].isMap }
      guard let field = open[last].field else { return isSupported(token) }
      open[last].field = nil
      return take(token, for: field, annotation: annotation)
    }
    open[last].expectsKey = false
    let resolved = resolvedKey(token)
    guard resolved == .string else {
      // Numbers and booleans are turned to text, which no rule forbids; nulls and merge keys are another matter.
      guard open[last].place != .annotations else { return false }
      switch resolved {
      case .bool, .integer, .float: return true
      case .null, .unsigned, .string: return false
      }
    }
    switch open[last].place {
    case .elsewhere: return true
    case .root:
      return note(token, last, "apiVersion", .apiVersion) && note(token, last, "kind", .kind)
        && note(token, last, "metadata", .metadata) && token.isVerbatim
    case .metadata:
      return note(token, last, "name", .name) && note(token, last, "annotations", .annotations) && token.isVerbatim
    case .annotations:
      open[last].field = .annotation
      annotation = text(of: token)
      return true
    }
  }

  private func isNull(_ token: Token) -> Bool { token.style == .plain && Resolution.resolve(content(token)) == .null }

  /// JSON has no infinities; the long way reports them.
  private func isSupported(_ token: Token) -> Bool {
    guard token.style == .plain, token.contentEnd - token.contentStart <= 5, token.contentEnd > token.contentStart
    else { return true }
    let first = parser.scanner.text[Int(token.contentStart)]
    guard first <= UInt8(ascii: "."), first >= UInt8(ascii: "+") else { return true }
    if case .float(let number) = Resolution.resolve(content(token)) { return number.isFinite }
    return true
  }

  /// What a key is; a merge key counts as a null.
  private func resolvedKey(_ token: Token) -> Resolved {
    guard token.style == .plain else { return .string }
    let text = content(token)
    guard let first = text.first else { return .null }
    // Letters that begin no word with a meaning, for nearly all keys.
    if first | 0x20 >= UInt8(ascii: "a"), text.count > 5 { return .string }
    return first == UInt8(ascii: "<") && FieldName.equals(text, "<<") ? .null : Resolution.resolve(text)
  }

  /// Remembers the field that a key names. A field that is named twice, or in other letters, is left to the long way.
  private mutating func note(_ token: Token, _ level: Int, _ name: StaticString, _ field: Field) -> Bool {
    guard FieldName.folds(content(token), name) else { return true }
    guard token.isVerbatim, FieldName.equals(content(token), name), seen & field.rawValue == 0 else { return false }
    seen |= field.rawValue
    open[level].field = field
    return true
  }

  private func text(of token: Token) -> String {
    if token.isVerbatim { return String(decoding: content(token), as: UTF8.self) }
    var decoder = ScalarDecoder(parser.scanner.text, recordsPieces: false)
    decoder.decode(token)
    return String(decoding: decoder.bytes, as: UTF8.self)
  }

  private mutating func take(_ token: Token, for field: Field, annotation: String) -> Bool {
    var string = text(of: token)
    if token.style == .plain {
      let resolved = Resolution.resolve(Array(string.utf8))
      guard resolved != .null else {
        if field == .annotation { head.annotations[annotation] = "" }
        return true
      }
      string = HeadText.text(of: resolved) ?? string
    }
    switch field {
    case .apiVersion: head.apiVersion = string
    case .kind: head.kind = string
    case .name: head.name = string
    case .annotation: head.annotations[annotation] = string
    case .metadata, .annotations: return false
    }
    return true
  }
}

/// Decodes a head from a whole value, with encoding/json's errors.
private struct HeadDecoder {
  private var failure: YAMLError?

  private static let metadataType =
    "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }"

  mutating func decode(_ value: Value) throws(YAMLError) -> ManifestHead {
    var head = ManifestHead()
    try UnsupportedNumbers.check(HeadText.withoutHeadNumbers(value))
    if let map = map(value, path: nil, type: "util.SimpleHead") {
      for entry in map.entries {
        let path = "." + entry.key.string
        if FieldName.folds(entry.key, "apiVersion") { decode(entry.value, path, into: &head.apiVersion) }
        if FieldName.folds(entry.key, "kind") { decode(entry.value, path, into: &head.kind) }
        if FieldName.folds(entry.key, "metadata") { decodeMetadata(entry.value, path, into: &head) }
      }
    }
    if let failure { throw failure }
    return head
  }

  private mutating func decodeMetadata(_ value: Value, _ path: String, into head: inout ManifestHead) {
    guard let map = map(value, path: path, type: HeadDecoder.metadataType) else {
      if value.isNone { (head.name, head.annotations) = ("", [:]) }
      return
    }
    for entry in map.entries {
      let path = path + "." + entry.key.string
      if FieldName.folds(entry.key, "name") { decode(entry.value, path, into: &head.name) }
      guard FieldName.folds(entry.key, "annotations") else { continue }
      guard let annotations = self.map(entry.value, path: path, type: "map[string]string") else {
        if entry.value.isNone { head.annotations = [:] }
        continue
      }
      for annotation in annotations.entries {
        var text = ""
        decode(annotation.value, path + "." + annotation.key.string, into: &text)
        head.annotations[annotation.key.string] = text
      }
    }
  }

  private mutating func map(_ value: Value, path: String?, type: String) -> MapValue? {
    if let map = value.asMap { return map }
    if !value.isNone { fail(value, path, type) }
    return nil
  }

  private mutating func decode(_ value: Value, _ path: String, into text: inout String) {
    switch value.datum {
    case .none: break
    case .bool(let bool): text = bool ? "true" : "false"
    case .integer(let integer, .uint64): text = String(UInt64(bitPattern: integer))
    case .integer(let integer, _): text = String(integer)
    case .float(let number): text = HeadText.text(of: number)
    case .string(let string): text = string.string
    default: fail(value, path, "string")
    }
  }

  private mutating func fail(_ value: Value, _ path: String?, _ type: String) {
    guard failure == nil else { return }
    let message = JSONReader.mismatch(value.datum, goType: type, field: path)
    failure = YAMLError(message: message, offset: 0, stage: .decoding)
  }
}

/// Scalars of other types where a string is wanted.
private enum HeadText {
  /// Nil for a string, which stays as it is.
  static func text(of resolved: Resolved) -> String? {
    switch resolved {
    case .null, .string: nil
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .unsigned(let integer): String(integer)
    case .float(let number): text(of: number)
    }
  }

  static func text(of number: Double) -> String {
    if let special = GoFloat.special(number) { return special.string }
    return KeyText.text(of: number).string
  }

  /// The value without the scalars that become text, for which infinities are no fault.
  static func withoutHeadNumbers(_ value: Value) -> Value {
    guard let map = value.asMap else { return value }
    let entries = map.entries.map { entry -> MapValue.Entry in
      var entry = entry
      if FieldName.folds(entry.key, "apiVersion") || FieldName.folds(entry.key, "kind") {
        entry.value = scalarDropped(entry.value)
      } else if FieldName.folds(entry.key, "metadata") {
        entry.value = withoutMetadataNumbers(entry.value)
      }
      return entry
    }
    return Value(.map(MapValue(unsorted: entries)))
  }

  private static func withoutMetadataNumbers(_ value: Value) -> Value {
    guard let map = value.asMap else { return value }
    let entries = map.entries.map { entry -> MapValue.Entry in
      var entry = entry
      if FieldName.folds(entry.key, "name") {
        entry.value = scalarDropped(entry.value)
      } else if FieldName.folds(entry.key, "annotations"), let annotations = entry.value.asMap {
        let kept = annotations.entries.map { MapValue.Entry(key: $0.key, value: scalarDropped($0.value)) }
        entry.value = Value(.map(MapValue(unsorted: kept)))
      }
      return entry
    }
    return Value(.map(MapValue(unsorted: entries)))
  }

  private static func scalarDropped(_ value: Value) -> Value {
    if case .float = value.datum { return .none }
    return value
  }
}

/// encoding/json's matching of object keys with the names of struct fields.
private enum FieldName {
  static func equals(_ text: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
    guard text.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<text.count where text[index] != name.utf8Start[index] { return false }
    return true
  }

  static func folds(_ text: ByteString, _ name: StaticString) -> Bool {
    text.bytes.withUnsafeBufferPointer { folds($0, name) }
  }

  /// Equal but for the case of letters; K and S have a further form each beyond ASCII.
  static func folds(_ text: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
    var at = 0
    for index in 0..<name.utf8CodeUnitCount {
      let wanted = name.utf8Start[index] | 0x20
      guard at < text.count else { return false }
      if text[at] < 0x80 {
        guard text[at] | 0x20 == wanted else { return false }
        at += 1
      } else if wanted == UInt8(ascii: "s"), text.count >= at + 2, text[at] == 0xc5, text[at + 1] == 0xbf {
        at += 2
      } else if wanted == UInt8(ascii: "k"), text.count >= at + 3, text[at] == 0xe2, text[at + 1] == 0x84,
        text[at + 2] == 0xaa
      {
        at += 3
      } else {
        return false
      }
    }
    return at == text.count
  }
}
