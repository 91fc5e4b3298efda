/// Base 32 in the standard alphabet with padding, its errors counted as Go's `encoding/base32` counts them.
enum Base32 {
  /// The byte that Go names in a text that is not base 32.
  struct CorruptInput: Error { let offset: Int }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 4) / 5 * 8)
    for start in stride(from: 0, to: bytes.count, by: 5) {
      let group = bytes[start..<min(start + 5, bytes.count)]
      var bits = group.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      bits <<= UInt64(8 * (5 - group.count))
      let digits = (group.count * 8 + 4) / 5
      for index in 0..<8 {
        out.append(index < digits ? alphabet[Int(bits >> UInt64(35 - 5 * index) & 31)] : padding)
      }
    }
    return out
  }

  static func decode(_ text: [UInt8]) throws(CorruptInput) -> [UInt8] {
    let bytes = text.filter { $0 != 0x0A && $0 != 0x0D }
    var out: [UInt8] = []
    var position = 0
    var isAtEnd = false
    while position < bytes.count, !isAtEnd {
      var bits: UInt64 = 0
      var digits = 0
      while digits < 8 {
        guard position < bytes.count else { throw CorruptInput(offset: bytes.count - digits) }
        let byte = bytes[position]
        position += 1
        if byte == padding, digits >= 2, bytes.count - position < 8 {
          try checkPadding(bytes, position, after: digits)
          isAtEnd = true
          break
        }
        guard let value = value(of: byte) else { throw CorruptInput(offset: position - 1) }
        bits = bits << 5 | value
        digits += 1
      }
      bits <<= UInt64(5 * (8 - digits))
      for index in 0..<(digits * 5 / 8) { out.append(UInt8(truncatingIfNeeded: bits >> UInt64(32 - 8 * index))) }
    }
    return out
  }

  /// Checks what follows the first `=` after `digits` characters of the last group.
  private static func checkPadding(
    _ bytes: [UInt8], _ position: Int, after digits: Int
  ) throws(CorruptInput) {
    let rest = bytes.count - position
    guard rest + digits >= 7 else { throw CorruptInput(offset: bytes.count) }
    for index in 0..<(7 - digits) where index < rest && bytes[position + index] != padding {
      throw CorruptInput(offset: position + index - 1)
    }
    if digits == 3 || digits == 6 { throw CorruptInput(offset: position - 1) }
  }

  private static func value(of byte: UInt8) -> UInt64? {
    switch byte {
    case 0x41...0x5A: UInt64(byte) - 0x41
    case 0x32...0x37: UInt64(byte) - 0x32 + 26
    default: nil
    }
  }
}
