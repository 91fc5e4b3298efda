import SourceText
import Values

/// Writes JSON as Go's encoding/json writes it.
package enum JSONWriter {
  package struct Style: Hashable, Sendable {
    /// Escape `<`, `>` and `&`, as `json.Marshal` does.
    package var escapesHTML = true
    /// The indent of `json.MarshalIndent`; nil writes one line.
    package var indent: String?
    package init(escapesHTML: Bool = true, indent: String? = nil) {
      self.escapesHTML = escapesHTML
      self.indent = indent
    }
  }

  /// The text of `value`, cut off where it is longer than `limit`, scalars keeping their origins. Fails with Go's text (`json: unsupported value: NaN`).
  package static func text(
    of value: Value, style: Style = Style(), tracking: Bool, limit: Int = .max
  ) throws(FunctionError) -> Text {
    var encoder = JSONEncoder(style: style, tracking: tracking, limit: limit)
    try encoder.encode(value)
    return encoder.output.finish()
  }

  /// The Go type of a value that no encoder can write; nil for all others.
  package static func unsupportedType(_ datum: Datum) -> String? {
    guard case .object(let object) = datum, object.kind == .complex128 || object.kind == .func else { return nil }
    return object.goType
  }

  /// A number as encoding/json writes it: shortest digits, with an exponent below 1e-6 and from 1e21 on.
  package static func number(_ value: Double) -> [UInt8] {
    if value == value.rounded(), abs(value) < 1e15, !(value == 0 && value.sign == .minus) {
      return Array(String(Int64(value)).utf8)
    }
    let (digits, point) = GoFloat.shortest(value)
    let isNegative = value.sign == .minus
    guard !digits.isEmpty else { return Array("-0".utf8) }
    let magnitude = abs(value)
    guard magnitude < 1e-6 || magnitude >= 1e21 else { return GoFloat.plain(digits, point, sign: isNegative).bytes }
    var text = GoFloat.scientific(digits, point - 1, sign: isNegative).bytes
    // Unlike strconv, encoding/json writes a one-digit negative exponent without the zero.
    let count = text.count
    if count >= 4, text[count - 4] == UInt8(ascii: "e"), text[count - 3] == UInt8(ascii: "-"),
      text[count - 2] == UInt8(ascii: "0")
    {
      text.remove(at: count - 2)
    }
    return text
  }
}

/// Writes one value, without native recursion.
struct JSONEncoder {
  private let style: JSONWriter.Style
  private let indent: [UInt8]
  var output: TextBuilder
  private var open: [Container] = []
  /// Maps that are open beyond the depth at which Go starts to look for cycles.
  private var deepMaps: Set<ObjectIdentifier> = []

  /// A list or map of which `next` is the element to write next.
  private enum Container {
    case list([Value], next: Int)
    case map(MapValue, [MapValue.Entry], next: Int)
  }

  private static let cycleCheckDepth = 1000
  /// How many times one value may stand for another before it is given up.
  private static let maximumIndirection = 100

  init(style: JSONWriter.Style, tracking: Bool, limit: Int = .max) {
    self.style = style
    indent = Array((style.indent ?? "").utf8)
    output = TextBuilder(tracking: tracking, limit: limit)
  }

  mutating func encode(_ value: Value) throws(FunctionError) {
    try begin(value)
    while !output.isFull, let container = open.popLast() {
      switch container {
      case .list(let elements, let next):
        guard next < elements.count else {
          close(UInt8(ascii: "]"))
          continue
        }
        separate(isFirst: next == 0)
        open.append(.list(elements, next: next + 1))
        try begin(elements[next])
      case .map(let map, let entries, let next):
        guard next < entries.count else {
          deepMaps.remove(ObjectIdentifier(map))
          close(UInt8(ascii: "}"))
          continue
        }
        separate(isFirst: next == 0)
        open.append(.map(map, entries, next: next + 1))
        let entry = entries[next]
        write(string: Text(entry.key), origin: entry.keyOrigin)
        output.append(byte: UInt8(ascii: ":"))
        if style.indent != nil { output.append(byte: UInt8(ascii: " ")) }
        try begin(entry.value)
      }
    }
  }

  /// Writes a scalar, or opens a container.
  private mutating func begin(_ value: Value) throws(FunctionError) {
    var datum = value.datum
    var hops = 0
    while case .object(let object) = datum, hops < JSONEncoder.maximumIndirection {
      if object.kind == .complex128 { throw FunctionError("json: unsupported type: complex128") }
      if let fields = object.structFields { return begin(struct: fields) }
      datum = object.underlying
      hops += 1
    }
    switch datum {
    case .none, .object:
      if let type = JSONWriter.unsupportedType(value.datum) { throw FunctionError("json: unsupported type: \(type)") }
      output.append(literal: "null".utf8, origin: value.origin)
    case .bool(let bool): output.append(literal: (bool ? "true" : "false").utf8, origin: value.origin)
    case .integer(let integer, let type):
      let digits = type.isSigned ? String(integer) : String(UInt64(bitPattern: integer))
      output.append(literal: digits.utf8, origin: value.origin)
    case .float(let number):
      if let special = GoFloat.special(number) { throw FunctionError("json: unsupported value: \(special.string)") }
      output.append(literal: JSONWriter.number(number), origin: value.origin)
    case .string(let text): write(string: text, origin: value.origin)
    case .bytes(let bytes): write(base64: bytes, origin: value.origin)
    case .list(let list):
      if list.isNil { return output.append(literal: "null".utf8, origin: value.origin) }
      try begin(list)
    case .map(let map):
      if map.isNil { return output.append(literal: "null".utf8, origin: value.origin) }
      try begin(map)
    }
  }

  private mutating func begin(_ list: ListValue) throws(FunctionError) {
    guard list.count > 0 else { return output.append(literal: "[]".utf8) }
    output.append(byte: UInt8(ascii: "["))
    open.append(.list(list.elements, next: 0))
  }

  /// A struct's fields keep their order.
  private mutating func begin(struct fields: [MapValue.Entry]) {
    output.append(byte: UInt8(ascii: "{"))
    open.append(.map(MapValue(), fields, next: 0))
  }

  private mutating func begin(_ map: MapValue) throws(FunctionError) {
    guard !map.isEmpty else { return output.append(literal: "{}".utf8) }
    if open.count >= JSONEncoder.cycleCheckDepth, !deepMaps.insert(ObjectIdentifier(map)).inserted {
      throw FunctionError("json: unsupported value: encountered a cycle via \(map.type.name)")
    }
    output.append(byte: UInt8(ascii: "{"))
    open.append(.map(map, map.entries, next: 0))
  }

  private mutating func separate(isFirst: Bool) {
    if !isFirst { output.append(byte: UInt8(ascii: ",")) }
    if style.indent != nil { newLine(depth: open.count + 1) }
  }

  private mutating func close(_ bracket: UInt8) {
    if style.indent != nil { newLine(depth: open.count) }
    output.append(byte: bracket)
  }

  private mutating func newLine(depth: Int) {
    output.append(byte: UInt8(ascii: "\n"))
    for _ in 0..<depth { output.append(literal: indent) }
  }

  // MARK: Strings

  private mutating func write(string text: Text, origin: OriginID) {
    output.append(byte: UInt8(ascii: "\""))
    var copied = 0
    var index = 0
    let count = text.count
    while index < count {
      let (escape, length) = text.bytes.withUnsafeBufferPointer { bytes -> (StaticString?, Int) in
        while index < count {
          let byte = bytes[index]
          if byte >= 0x80 || byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
          if style.escapesHTML && (byte == 0x26 || byte == 0x3c || byte == 0x3e) { break }
          index += 1
        }
        return index < count ? JSONEncoder.escape(at: index, in: bytes) : (nil, 0)
      }
      guard let escape else {
        index += length
        continue
      }
      output.append(text, copied..<index, origin: origin)
      let mapped = Array(UnsafeBufferPointer(start: escape.utf8Start, count: escape.utf8CodeUnitCount))
      output.append(mapped: mapped, from: text, index..<(index + length), origin: origin)
      index += length
      copied = index
    }
    output.append(text, copied..<count, origin: origin)
    output.append(byte: UInt8(ascii: "\""))
  }

  /// What stands for the code point at `index`, nil for itself, and how many bytes that is.
  private static func escape(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (StaticString?, Int) {
    let byte = bytes[index]
    if byte < 0x80 { return (escapes[Int(byte)], 1) }
    let length = Runes.length(at: index, in: bytes)
    if length == 0 { return ("\u{FFFD}", 1) }
    if length == 3, byte == 0xe2, bytes[index + 1] == 0x80, bytes[index + 2] & 0xfe == 0xa8 {
      return (bytes[index + 2] == 0xa8 ? "\\u2028" : "\\u2029", 3)
    }
    return (nil, length)
  }

  private static let escapes: [StaticString?] = {
    var table: [StaticString?] = [
      "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t", "\\n",
      "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015",
      "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
    ]
    table += Array(repeating: nil, count: 128 - table.count)
    table[0x22] = "\\\""
    table[0x5c] = "\\\\"
    table[0x26] = "\\u0026"
    table[0x3c] = "\\u003c"
    table[0x3e] = "\\u003e"
    return table
  }()

  private mutating func write(base64 bytes: ByteString, origin: OriginID) {
    output.append(byte: UInt8(ascii: "\""))
    output.append(literal: Base64.encode(bytes.bytes), origin: origin)
    output.append(byte: UInt8(ascii: "\""))
  }
}
