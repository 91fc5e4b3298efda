/// Base 64 in the standard alphabet with padding, as Go's `encoding/base64` writes and reads it.
package enum Base64 {
  private static let padding = UInt8(ascii: "=")
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let count = min(3, bytes.count - index)
      let group =
        UInt32(bytes[index]) << 16 | (count > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (count > 2 ? UInt32(bytes[index + 2]) : 0)
      for place in 0..<4 {
        let digit = alphabet[Int(group >> UInt32(18 - 6 * place) & 63)]
        text.append(place <= count ? digit : padding)
      }
      index += 3
    }
    return text
  }

  /// A text that is not base 64.
  package struct CorruptInput: Error, Hashable, Sendable {
    /// The byte that Go names.
    package let offset: Int

    package init(offset: Int) { self.offset = offset }

    /// Go's text.
    package var message: String { "illegal base64 data at input byte \(offset)" }
  }

  /// The bytes of `text`, in which line ends are skipped.
  package static func decode(_ text: [UInt8]) throws(CorruptInput) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 4 * 3)
    var position = 0
    while try decodeGroup(text, &position, &out) {}
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
