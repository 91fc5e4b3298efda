import SourceText
import Values

/// Writes TOML as BurntSushi/toml does: plain entries of a table first, its tables behind them, each in the order of
/// their keys.
package enum TOMLWriter {
  /// The text of `value`, cut off where it is longer than `limit`, strings keeping their origins. Fails with the library's text
  /// (`toml: cannot encode array with nil element`).
  package static func text(of value: Value, tracking: Bool, limit: Int = .max) throws(FunctionError) -> Text {
    var encoder = TOMLEncoder(tracking: tracking, limit: limit)
    try encoder.encode(value)
    return encoder.output.finish()
  }
}

private struct TOMLEncoder {
  var output: TextBuilder

  /// Deeper values, which only maps that hold themselves reach in practice, are an error.
  private static let maximumDepth = 500

  /// Elements that may still be looked at. Whether a list is a table is asked on each level, of all below it.
  private var looks: Int

  init(tracking: Bool, limit: Int) {
    output = TextBuilder(tracking: tracking, limit: limit)
    looks = min(limit, TextBuilder.mostBytes)
  }

  mutating func encode(_ value: Value) throws(FunctionError) { try encode([], value) }

  private static func plain(_ value: Value) -> Value {
    var value = value
    var hops = 0
    while case .object(let object) = value.datum, hops < 100, object.goType != "time.Time" {
      value.datum = object.underlying
      hops += 1
    }
    return value
  }

  private static func checkDepth(_ depth: Int) throws(FunctionError) {
    if depth > maximumDepth { throw FunctionError("toml: value is nested too deeply") }
  }

  // MARK: Tables

  private mutating func encode(_ key: [[UInt8]], _ value: Value) throws(FunctionError) {
    try TOMLEncoder.checkDepth(key.count)
    if output.isFull { return }
    if case .object(let object) = value.datum, object.kind == .complex128 || object.kind == .func {
      throw FunctionError("unsupported type: \(object.goType)")
    }
    let value = TOMLEncoder.plain(value)
    switch value.datum {
    case .none: return
    case .map(let map):
      if !map.isNil { try writeTable(key, map) }
    case .list(let list):
      guard try isTableArray(list, depth: key.count) else { return try writeEntry(key, value, isInline: false) }
      try writeTables(key, list)
    default: try writeEntry(key, value, isInline: false)
    }
  }

  private mutating func writeTables(_ key: [[UInt8]], _ list: ListValue) throws(FunctionError) {
    guard !key.isEmpty else { throw FunctionError("toml: top-level values must be Go maps or structs") }
    for element in list.elements {
      guard let map = TOMLEncoder.plain(element).asMap, !map.isNil else { continue }
      newLine()
      writeHeader(key, open: "[[", close: "]]")
      try writeEntries(key, map)
    }
  }

  private mutating func writeTable(_ key: [[UInt8]], _ map: MapValue) throws(FunctionError) {
    if key.count == 1 { newLine() }
    if !key.isEmpty { writeHeader(key, open: "[", close: "]") }
    try writeEntries(key, map)
  }

  private mutating func writeHeader(_ key: [[UInt8]], open: StaticString, close: StaticString) {
    indent(key)
    output.append(literal: UnsafeBufferPointer(start: open.utf8Start, count: open.utf8CodeUnitCount))
    output.append(literal: TOMLKey.path(key))
    output.append(literal: UnsafeBufferPointer(start: close.utf8Start, count: close.utf8CodeUnitCount))
    newLine()
  }

  private mutating func writeEntries(_ key: [[UInt8]], _ map: MapValue) throws(FunctionError) {
    let (direct, tables) = try split(map, depth: key.count)
    for entry in direct + tables { try encode(key + [entry.key.bytes], entry.value) }
  }

  private mutating func split(
    _ map: MapValue, depth: Int
  ) throws(FunctionError) -> (direct: [MapValue.Entry], tables: [MapValue.Entry]) {
    var direct: [MapValue.Entry] = []
    var tables: [MapValue.Entry] = []
    for entry in map.entries {
      if try isTable(entry.value, depth: depth) { tables.append(entry) } else { direct.append(entry) }
    }
    return (direct, tables)
  }

  /// A map, or a list of nothing but maps.
  private mutating func isTable(_ value: Value, depth: Int) throws(FunctionError) -> Bool {
    switch TOMLEncoder.plain(value).datum {
    case .map(let map): return !map.isNil
    case .list(let list): return try isTableArray(list, depth: depth)
    default: return false
    }
  }

  /// Looks at every element, since none may be nil.
  private mutating func isTableArray(_ list: ListValue, depth: Int) throws(FunctionError) -> Bool {
    try TOMLEncoder.checkDepth(depth)
    looks -= list.count
    if looks < 0 { throw FunctionError("toml: value has too many parts", kind: .limit) }
    var isTableArray = list.count > 0
    for element in list.elements {
      switch TOMLEncoder.plain(element).datum {
      case .none: throw FunctionError("toml: cannot encode array with nil element")
      case .map(let map):
        if map.isNil { throw FunctionError("toml: cannot encode array with nil element") }
      case .list(let inner):
        if inner.isNil { throw FunctionError("toml: cannot encode array with nil element") }
        _ = try self.isTableArray(inner, depth: depth + 1)
        isTableArray = false
      default: isTableArray = false
      }
    }
    return isTableArray
  }

  // MARK: Layout

  /// An empty line, but not at the start of the text.
  private mutating func newLine() {
    if output.count > 0 { output.append(byte: UInt8(ascii: "\n")) }
  }

  private mutating func indent(_ key: [[UInt8]]) {
    output.append(literal: repeatElement(UInt8(ascii: " "), count: 2 * max(key.count - 1, 0)))
  }

  private mutating func writeEntry(_ key: [[UInt8]], _ value: Value, isInline: Bool) throws(FunctionError) {
    if let last = key.last {
      indent(key)
      output.append(literal: TOMLKey.written(last))
      output.append(literal: " = ".utf8)
    }
    try writeElement(value, depth: key.count)
    if !key.isEmpty && !isInline { newLine() }
  }

  // MARK: Values

  private mutating func writeElement(_ value: Value, depth: Int) throws(FunctionError) {
    try TOMLEncoder.checkDepth(depth)
    if output.isFull { return }
    let value = TOMLEncoder.plain(value)
    switch value.datum {
    case .none: break
    case .bool(let bool): output.append(literal: (bool ? "true" : "false").utf8, origin: value.origin)
    case .integer(let integer, let type):
      let digits = type.isSigned ? String(integer) : String(UInt64(bitPattern: integer))
      output.append(literal: digits.utf8, origin: value.origin)
    case .float(let number): output.append(literal: TOMLEncoder.number(number), origin: value.origin)
    case .string(let text): writeQuoted(text, value.origin)
    case .bytes(let bytes):
      let digits = bytes.bytes.map { String($0) }.joined(separator: ", ")
      output.append(literal: "[\(digits)]".utf8, origin: value.origin)
    case .list(let list): try writeList(list, depth: depth)
    case .map(let map): try writeInline(map, depth: depth)
    case .object(let object): output.append(literal: TOMLTime.written(object), origin: value.origin)
    }
  }

  private static func number(_ value: Double) -> [UInt8] {
    if value.isNaN { return Array((value.sign == .minus ? "-nan" : "nan").utf8) }
    if value.isInfinite { return Array((value < 0 ? "-inf" : "inf").utf8) }
    let digits = GoFloat.general(value).bytes
    return digits.contains(UInt8(ascii: ".")) || digits.contains(UInt8(ascii: "e")) ? digits : digits + Array(".0".utf8)
  }

  private mutating func writeQuoted(_ text: Text, _ origin: OriginID) {
    output.append(byte: UInt8(ascii: "\""))
    var copied = 0
    for index in text.bytes.indices {
      guard let escape = TOMLKey.escape(text.bytes[index]) else { continue }
      output.append(text, copied..<index, origin: origin)
      output.append(mapped: escape, from: text, index..<(index + 1), origin: origin)
      copied = index + 1
    }
    output.append(text, copied..<text.count, origin: origin)
    output.append(byte: UInt8(ascii: "\""))
  }

  private mutating func writeList(_ list: ListValue, depth: Int) throws(FunctionError) {
    output.append(byte: UInt8(ascii: "["))
    for (index, element) in list.elements.enumerated() {
      if index > 0 { output.append(literal: ", ".utf8) }
      try writeElement(element, depth: depth + 1)
    }
    output.append(byte: UInt8(ascii: "]"))
  }

  /// A null entry leaves the comma before it behind, as the library does.
  private mutating func writeInline(_ map: MapValue, depth: Int) throws(FunctionError) {
    let (direct, tables) = try split(map, depth: depth)
    output.append(byte: UInt8(ascii: "{"))
    try writeInline(direct, hasMore: !tables.isEmpty, depth: depth)
    try writeInline(tables, hasMore: false, depth: depth)
    output.append(byte: UInt8(ascii: "}"))
  }

  private mutating func writeInline(_ entries: [MapValue.Entry], hasMore: Bool, depth: Int) throws(FunctionError) {
    for (index, entry) in entries.enumerated() {
      let value = TOMLEncoder.plain(entry.value)
      if value.isNone { continue }
      output.append(literal: TOMLKey.written(entry.key.bytes))
      output.append(literal: " = ".utf8)
      try writeElement(value, depth: depth + 1)
      if hasMore || index < entries.count - 1 { output.append(literal: ", ".utf8) }
    }
  }
}
