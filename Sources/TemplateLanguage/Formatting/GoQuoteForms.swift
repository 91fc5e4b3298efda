import SourceText

// The forms of Go's quoting that only fmt and text/template use.
extension GoQuote {
  /// A double-quoted Go string (`%q`, `strconv.Quote`).
  package static func quote(_ text: ByteString) -> ByteString { quoted(text) }
  static func quote(_ text: ArraySlice<UInt8>) -> ByteString { quoted(ByteString(text)) }

  /// Appends the escaped form of a part of `bytes`, without quotes around it.
  package static func append(_ bytes: [UInt8], _ range: Range<Int>, to out: inout [UInt8], ascii: Bool = false) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let rune = UTF8Rune.decode(bytes, at: offset)
      if rune.isInvalid {
        out.append(contentsOf: "\\x".utf8)
        appendHex(UInt32(bytes[offset]), digits: 2, to: &out)
      } else {
        escape(rune.scalar, quote: UInt8(ascii: "\""), to: &out, ascii: ascii)
      }
      offset += rune.width
    }
  }

  /// A single-quoted Go character (`%q` of an integer).
  package static func quoteCharacter(_ scalar: UInt32, ascii: Bool = false) -> ByteString {
    let valid = Unicode.Scalar(scalar)?.value ?? UTF8Rune.replacement
    var out: [UInt8] = [UInt8(ascii: "'")]
    escape(valid, quote: UInt8(ascii: "'"), to: &out, ascii: ascii)
    out.append(UInt8(ascii: "'"))
    return ByteString(out)
  }

  /// `U+0078 'x'` (`%#U`).
  package static func unicode(_ scalar: UInt32) -> ByteString {
    var out = Array("U+".utf8)
    let digits = String(scalar, radix: 16, uppercase: true)
    out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count)))
    out.append(contentsOf: digits.utf8)
    if Runes.isPrintable(scalar) {
      out.append(contentsOf: " '".utf8)
      Runes.append(scalar, to: &out)
      out.append(UInt8(ascii: "'"))
    }
    return ByteString(out)
  }

  private static func escape(_ scalar: UInt32, quote: UInt8, to out: inout [UInt8], ascii: Bool) {
    if scalar == UInt32(quote) || scalar == UInt32(UInt8(ascii: "\\")) {
      out.append(UInt8(ascii: "\\"))
      out.append(UInt8(scalar))
      return
    }
    if scalar < 0x80 || !ascii, Runes.isPrintable(scalar) { return Runes.append(scalar, to: &out) }
    switch scalar {
    case 0x07: out.append(contentsOf: "\\a".utf8)
    case 0x08: out.append(contentsOf: "\\b".utf8)
    case 0x0C: out.append(contentsOf: "\\f".utf8)
    case 0x0A: out.append(contentsOf: "\\n".utf8)
    case 0x0D: out.append(contentsOf: "\\r".utf8)
    case 0x09: out.append(contentsOf: "\\t".utf8)
    case 0x0B: out.append(contentsOf: "\\v".utf8)
    case 0..<0x20, 0x7F:
      out.append(contentsOf: "\\x".utf8)
      appendHex(scalar, digits: 2, to: &out)
    case 0..<0x1_0000:
      out.append(contentsOf: "\\u".utf8)
      appendHex(scalar, digits: 4, to: &out)
    default:
      out.append(contentsOf: "\\U".utf8)
      appendHex(scalar, digits: 8, to: &out)
    }
  }

  private static func appendHex(_ value: UInt32, digits: Int, to out: inout [UInt8]) {
    for shift in stride(from: (digits - 1) * 4, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt32(shift) & 0xF)
      out.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
