/// Go's double-quoted form of a text, `strconv.Quote`, which is `%q` of fmt.
package enum GoQuote {
  /// The first bytes at or after `start` that may not stand between quotes as they are, and what stands for them.
  package static func nextEscape(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (range: Range<Int>, replacement: [UInt8])? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        index += 1
        continue
      }
      let (rune, width) = Runes.decode(bytes, at: index)
      let isInvalid = rune == Runes.invalid && width == 1
      if byte < 0x80 || isInvalid || !Runes.isPrintable(rune) {
        return (index..<(index + width), escape(isInvalid ? UInt32(byte) : rune, isByte: isInvalid))
      }
      index += width
    }
    return nil
  }

  /// The whole text with its quotes.
  package static func quoted(_ text: ByteString) -> ByteString {
    var out: [UInt8] = [UInt8(ascii: "\"")]
    out.reserveCapacity(text.count + 2)
    text.bytes.withUnsafeBufferPointer { bytes in
      var done = 0
      while let (range, replacement) = nextEscape(in: bytes, from: done) {
        out.append(contentsOf: bytes[done..<range.lowerBound])
        out.append(contentsOf: replacement)
        done = range.upperBound
      }
      out.append(contentsOf: bytes[done...])
    }
    out.append(UInt8(ascii: "\""))
    return ByteString(out)
  }

  private static func escape(_ rune: UInt32, isByte: Bool) -> [UInt8] {
    switch rune {
    case 0x22: return Array("\\\"".utf8)
    case 0x5C: return Array("\\\\".utf8)
    case 0x07: return Array("\\a".utf8)
    case 0x08: return Array("\\b".utf8)
    case 0x0C: return Array("\\f".utf8)
    case 0x0A: return Array("\\n".utf8)
    case 0x0D: return Array("\\r".utf8)
    case 0x09: return Array("\\t".utf8)
    case 0x0B: return Array("\\v".utf8)
    default: break
    }
    if isByte || rune < 0x80 { return hexadecimal("\\x", rune, digits: 2) }
    return rune < 0x10000 ? hexadecimal("\\u", rune, digits: 4) : hexadecimal("\\U", rune, digits: 8)
  }

  private static func hexadecimal(_ prefix: String, _ value: UInt32, digits: Int) -> [UInt8] {
    let text = String(value, radix: 16)
    return Array(prefix.utf8) + repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.utf8.count)) + text.utf8
  }
}
