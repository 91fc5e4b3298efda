/// Go's `strconv.ParseFloat` to 64 bits.
enum FloatText {
  /// The number; nil where Go reports an error, a magnitude beyond the largest float included.
  static func parse(_ bytes: [UInt8]) -> Double? {
    if let special = special(bytes) { return special }
    guard isWellFormed(bytes), Numbers.isUnderscored(bytes[...]) else { return nil }
    let plain = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let value = Double(plain), value.isFinite else { return nil }
    return value
  }

  private static func special(_ bytes: [UInt8]) -> Double? {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    let isNegative = text.hasPrefix("-")
    let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    switch unsigned {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan" where unsigned.count == text.count: return .nan
    default: return nil
    }
  }

  /// Sign, digits with at most one point, and an exponent: decimal, or hexadecimal with a `p` exponent that must be there.
  private static func isWellFormed(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    skipSign(&rest)
    var isHexadecimal = false
    if rest.count > 2, rest.first == UInt8(ascii: "0"), rest[rest.startIndex + 1] | 0x20 == UInt8(ascii: "x") {
      isHexadecimal = true
      rest = rest.dropFirst(2)
    }
    var sawDigit = false
    var sawPoint = false
    while let byte = rest.first {
      if isDigit(byte) || isHexadecimal && (0x61...0x66).contains(byte | 0x20) {
        sawDigit = true
      } else if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else if byte != UInt8(ascii: "_") {
        break
      }
      rest = rest.dropFirst()
    }
    guard sawDigit else { return false }
    let mark = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
    guard let byte = rest.first, byte | 0x20 == mark else { return rest.isEmpty && !isHexadecimal }
    rest = rest.dropFirst()
    skipSign(&rest)
    guard let first = rest.first, isDigit(first) else { return false }
    return rest.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  private static func skipSign(_ rest: inout ArraySlice<UInt8>) {
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
