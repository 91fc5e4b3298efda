import SourceText

/// Keys and strings as BurntSushi/toml writes them.
enum TOMLKey {
  static func isBare(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  /// A key as it stands in a document: quoted unless it is made of letters, digits, `_` and `-`.
  static func written(_ key: [UInt8]) -> [UInt8] {
    if !key.isEmpty && key.allSatisfy(isBare) { return key }
    return [UInt8(ascii: "\"")] + key.flatMap { escape($0) ?? [$0] } + [UInt8(ascii: "\"")]
  }

  /// The parts of a key joined by dots.
  static func path(_ parts: [[UInt8]]) -> [UInt8] {
    Array(parts.map(written).joined(separator: [UInt8(ascii: ".")]))
  }

  /// What stands for a byte in double quotes; nil for itself.
  static func escape(_ byte: UInt8) -> [UInt8]? {
    switch byte {
    case UInt8(ascii: "\""): return Array("\\\"".utf8)
    case UInt8(ascii: "\\"): return Array("\\\\".utf8)
    case 0x08: return Array("\\b".utf8)
    case 0x09: return Array("\\t".utf8)
    case 0x0a: return Array("\\n".utf8)
    case 0x0c: return Array("\\f".utf8)
    case 0x0d: return Array("\\r".utf8)
    case 0..<0x20, 0x7f:
      let hex = Array(String(byte, radix: 16).utf8)
      return Array("\\u".utf8) + Array(repeating: UInt8(ascii: "0"), count: 4 - hex.count) + hex
    default: return nil
    }
  }
}
