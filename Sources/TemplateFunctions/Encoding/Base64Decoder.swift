import SourceText

/// Reads base 64 in the standard alphabet with padding; errors are placed where Go's `encoding/base64` places them.
enum Base64Decoder {
  private static let padding = UInt8(ascii: "=")

  struct CorruptInput: Error { var offset: Int }

  static func decode(_ bytes: [UInt8]) throws(CorruptInput) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count / 4 * 3)
    var position = 0
    while try decodeGroup(bytes, &position, &out) {}
    return out
  }

  /// Decodes up to four characters; false at the end of the text. Line ends are skipped anywhere.
  private static func decodeGroup(
    _ bytes: [UInt8], _ position: inout Int, _ out: inout [UInt8]
  ) throws(CorruptInput) -> Bool {
    var bits: UInt32 = 0
    var digits = 0
    var isPadded = false
    while digits < 4, !isPadded {
      guard position < bytes.count else {
        if digits == 0 { return false }
        throw CorruptInput(offset: position - digits)
      }
      let byte = bytes[position]
      position += 1
      if let value = value(of: byte) {
        bits = bits << 6 | value
        digits += 1
      } else if byte == padding {
        try skipPadding(bytes, &position, after: digits)
        isPadded = true
      } else if !isLineEnd(byte) {
        throw CorruptInput(offset: position - 1)
      }
    }
    bits <<= UInt32(6 * (4 - digits))
    for index in 0..<(digits - 1) { out.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * index))) }
    return !isPadded
  }

  /// Checks what follows the first `=` after `digits` characters of a group.
  private static func skipPadding(
    _ bytes: [UInt8], _ position: inout Int, after digits: Int
  ) throws(CorruptInput) {
    guard digits >= 2 else { throw CorruptInput(offset: position - 1) }
    if digits == 2 {
      while position < bytes.count, isLineEnd(bytes[position]) { position += 1 }
      guard position < bytes.count else { throw CorruptInput(offset: bytes.count) }
      guard bytes[position] == padding else { throw CorruptInput(offset: position - 1) }
      position += 1
    }
    while position < bytes.count, isLineEnd(bytes[position]) { position += 1 }
    if position < bytes.count { throw CorruptInput(offset: position) }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
