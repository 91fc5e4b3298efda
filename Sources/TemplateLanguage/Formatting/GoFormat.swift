import SourceText
import Values

/// Prints values as Go's fmt does. Every piece of a result keeps its own origin.
package enum GoFormat {
  /// How deep maps and lists may nest; beyond it (a map that holds itself) three dots are printed.
  package static let maximumDepth = 1000

  /// The text of one value, without origins.
  package static func string(_ value: Value) -> ByteString {
    switch value.datum {
    case .none: return "<nil>"
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number, let type):
      return ByteString(type.isSigned ? String(number) : String(UInt64(bitPattern: number)))
    case .float(let number): return GoFloat.general(number)
    case .string(let text): return text.byteString
    default:
      var builder = TextBuilder(tracking: false)
      print(value, to: &builder)
      return ByteString(builder.finish().bytes)
    }
  }

  /// `%v`
  package static func print(_ value: Value, to out: inout TextBuilder, depth: Int = 0) {
    switch value.datum {
    case .string(let text): out.append(text, origin: value.origin)
    case .none, .bool, .integer, .float: out.append(literal: string(value).bytes, origin: value.origin)
    case .bytes(let bytes): out.append(literal: numbers(bytes), origin: value.origin)
    case .list(let list): print(list, to: &out, depth: depth)
    case .map(let map): print(map, to: &out, depth: depth)
    case .object(let object):
      out.append(literal: (object.stringer ?? object.formatted).bytes, origin: value.origin)
    }
  }

  private static func numbers(_ bytes: ByteString) -> [UInt8] {
    var out: [UInt8] = [UInt8(ascii: "[")]
    for (index, byte) in bytes.bytes.enumerated() {
      if index > 0 { out.append(UInt8(ascii: " ")) }
      out.append(contentsOf: String(byte).utf8)
    }
    out.append(UInt8(ascii: "]"))
    return out
  }

  private static func print(_ list: ListValue, to out: inout TextBuilder, depth: Int) {
    guard depth < maximumDepth, !out.isFull else { return out.append(literal: "...".utf8) }
    out.append(byte: UInt8(ascii: "["))
    for (index, element) in list.elements.enumerated() {
      if index > 0 { out.append(byte: UInt8(ascii: " ")) }
      print(element, to: &out, depth: depth + 1)
    }
    out.append(byte: UInt8(ascii: "]"))
  }

  private static func print(_ map: MapValue, to out: inout TextBuilder, depth: Int) {
    guard depth < maximumDepth, !out.isFull else { return out.append(literal: "...".utf8) }
    out.append(literal: "map[".utf8)
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { out.append(byte: UInt8(ascii: " ")) }
      out.append(literal: entry.key.bytes, origin: entry.keyOrigin)
      out.append(byte: UInt8(ascii: ":"))
      print(entry.value, to: &out, depth: depth + 1)
    }
    out.append(byte: UInt8(ascii: "]"))
  }
}
