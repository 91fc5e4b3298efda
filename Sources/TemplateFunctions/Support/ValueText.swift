import SourceText
import TemplateLanguage
import Values

/// Values as text: what `%v` of Go's fmt prints, and Sprig's `toString`, each scalar keeping its origin.
extension TextBuilder {
  /// Appends what `%v` prints.
  mutating func append(formatted value: Value, depth: Int = 0) {
    guard depth < Limit.depth else { return append(literal: "...".utf8) }
    switch value.datum {
    case .string(let text): append(text, origin: value.origin)
    case .list(let list): append(elements: list.elements, depth: depth)
    case .map(let map): append(entries: map.entries, depth: depth)
    case .bytes(let bytes):
      append(literal: "[".utf8)
      append(literal: bytes.bytes.map { String($0) }.joined(separator: " ").utf8, origin: value.origin)
      append(literal: "]".utf8)
    default: append(literal: scalarText(value.datum).bytes, origin: value.origin)
    }
  }

  private mutating func append(elements: [Value], depth: Int) {
    append(literal: "[".utf8)
    for (index, element) in elements.enumerated() {
      if index > 0 { append(byte: 0x20) }
      append(formatted: element, depth: depth + 1)
    }
    append(literal: "]".utf8)
  }

  private mutating func append(entries: [MapValue.Entry], depth: Int) {
    append(literal: "map[".utf8)
    for (index, entry) in entries.enumerated() {
      if index > 0 { append(byte: 0x20) }
      append(literal: entry.key.bytes, origin: entry.keyOrigin)
      append(byte: UInt8(ascii: ":"))
      append(formatted: entry.value, depth: depth + 1)
    }
    append(literal: "]".utf8)
  }
}

private func scalarText(_ datum: Datum) -> ByteString {
  switch datum {
  case .none: "<nil>"
  case .bool(let value): value ? "true" : "false"
  case .integer(let value, let type): ByteString(type.isSigned ? String(value) : String(UInt64(bitPattern: value)))
  case .float(let value): GoFloat.general(value)
  case .object(let object): object.stringer ?? object.formatted
  case .string, .bytes, .list, .map: ""
  }
}

extension Evaluator {
  /// Sprig's `toString`: a string as it is, bytes as text, everything else as `%v` prints it.
  func string(_ value: Value) -> Value {
    switch value.datum {
    case .string: return value
    case .bytes(let bytes): return .string(bytes, origin: value.origin)
    case .list, .map:
      var builder = builder()
      builder.append(formatted: value)
      return Value(.string(builder.finish()), origin: value.origin)
    default: return .string(scalarText(value.datum), origin: value.origin)
    }
  }
}
