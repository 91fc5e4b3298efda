import SourceText

/// Reads Go string and character constants as strconv does.
package enum GoUnquote {
  /// The content of a quoted (`"…"`) or raw (`` `…` ``) string constant; nil for Go's "invalid syntax".
  package static func string(_ constant: ArraySlice<UInt8>) -> ByteString? {
    guard constant.count >= 2, let quote = constant.first, quote == constant.last else { return nil }
    let body = constant.dropFirst().dropLast()
    if quote == UInt8(ascii: "`") {
      if body.contains(quote) { return nil }
      return ByteString(body.filter { $0 != UInt8(ascii: "\r") })
    }
    guard quote == UInt8(ascii: "\"") else { return nil }
    guard body.contains(where: { $0 == UInt8(ascii: "\\") || $0 >= 0x80 }) else { return ByteString(body) }
    var out: [UInt8] = []
    out.reserveCapacity(body.count)
    let bytes = Array(body)
    var offset = 0
    while offset < bytes.count {
      // Bytes that are not UTF-8 become U+FFFD here.
      guard let escape = character(bytes, &offset, quote: quote) else { return nil }
      if escape.isByte { out.append(UInt8(escape.value)) } else { Runes.append(escape.value, to: &out) }
    }
    return ByteString(out)
  }

  /// The value of one character, plain or escaped, at `offset`, which is moved behind it. `isByte` marks `\x` and
  /// octal escapes, which stand for bytes rather than code points.
  package static func character(
    _ bytes: [UInt8], _ offset: inout Int, quote: UInt8
  ) -> (value: UInt32, isByte: Bool)? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first == quote { return nil }
    guard first == UInt8(ascii: "\\") else {
      let rune = UTF8Rune.decode(bytes, at: offset)
      offset += rune.width
      return (rune.scalar, false)
    }
    guard offset + 1 < bytes.count else { return nil }
    let letter = bytes[offset + 1]
    offset += 2
    switch letter {
    case UInt8(ascii: "a"): return (0x07, false)
    case UInt8(ascii: "b"): return (0x08, false)
    case UInt8(ascii: "f"): return (0x0C, false)
    case UInt8(ascii: "n"): return (0x0A, false)
    case UInt8(ascii: "r"): return (0x0D, false)
    case UInt8(ascii: "t"): return (0x09, false)
    case UInt8(ascii: "v"): return (0x0B, false)
    case UInt8(ascii: "\\"): return (UInt32(letter), false)
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return letter == quote ? (UInt32(letter), false) : nil
    case UInt8(ascii: "x"): return hexadecimal(bytes, &offset, digits: 2).map { ($0, true) }
    case UInt8(ascii: "u"): return codePoint(bytes, &offset, digits: 4)
    case UInt8(ascii: "U"): return codePoint(bytes, &offset, digits: 8)
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal(bytes, &offset, first: letter)
    default: return nil
    }
  }

  private static func codePoint(
    _ bytes: [UInt8], _ offset: inout Int, digits: Int
  ) -> (value: UInt32, isByte: Bool)? {
    guard let value = hexadecimal(bytes, &offset, digits: digits), Unicode.Scalar(value) != nil else { return nil }
    return (value, false)
  }

  private static func hexadecimal(_ bytes: [UInt8], _ offset: inout Int, digits: Int) -> UInt32? {
    guard offset + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset..<(offset + digits)] {
      guard let digit = hexDigit(byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    offset += digits
    return value
  }

  private static func octal(
    _ bytes: [UInt8], _ offset: inout Int, first: UInt8
  ) -> (value: UInt32, isByte: Bool)? {
    guard offset + 2 <= bytes.count else { return nil }
    var value = UInt32(first - UInt8(ascii: "0"))
    for byte in bytes[offset..<(offset + 2)] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "7") else { return nil }
      value = value << 3 | UInt32(byte - UInt8(ascii: "0"))
    }
    offset += 2
    return value > 255 ? nil : (value, true)
  }

  /// The value of a hexadecimal digit.
  package static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
