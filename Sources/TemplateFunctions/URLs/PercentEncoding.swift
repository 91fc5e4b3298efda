import SourceText

/// Percent-encoding by the rules of Go's `net/url`, which differ from part to part of a URL.
enum PercentEncoding {
  enum Part { case path, userinfo, host, zone, fragment }

  struct DecodingError: Error { var message: ByteString }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
  }

  static func mustEscape(_ byte: UInt8, in part: Part) -> Bool {
    if isAlphanumeric(byte) || "-_.~".utf8.contains(byte) { return false }
    switch part {
    case .host, .zone: return !"!$&'()*+,;=:[]<>\"".utf8.contains(byte)
    case .path: return !"$&+,/:;=@".utf8.contains(byte)
    case .userinfo: return !"$&+,;=".utf8.contains(byte)
    case .fragment: return !"$&+,/:;=?@!()*".utf8.contains(byte)
    }
  }

  static func encode(_ text: ByteString, for part: Part) -> ByteString {
    let digits = Array("0123456789ABCDEF".utf8)
    var out = ByteString()
    for byte in text.bytes {
      if mustEscape(byte, in: part) {
        out.append([UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      } else {
        out.append(byte)
      }
    }
    return out
  }

  static func decode(_ text: ArraySlice<UInt8>, from part: Part) throws(DecodingError) -> ByteString {
    var out = ByteString()
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "%") {
        let escape = text[index..<min(index + 3, text.endIndex)]
        guard let value = value(of: escape), isAllowed(value, escape, in: part) else {
          throw DecodingError(message: "invalid URL escape " + GoQuote.quoted(ByteString(escape)))
        }
        out.append(value)
        index += 3
        continue
      }
      if part == .host || part == .zone, byte < 0x80, mustEscape(byte, in: part) {
        throw DecodingError(message: "invalid character " + GoQuote.quoted(ByteString([byte])) + " in host name")
      }
      out.append(byte)
      index += 1
    }
    return out
  }

  private static func value(of escape: ArraySlice<UInt8>) -> UInt8? {
    guard escape.count == 3, let high = digit(escape[escape.startIndex + 1]),
      let low = digit(escape[escape.startIndex + 2])
    else { return nil }
    return high << 4 | low
  }

  /// Host names may escape bytes beyond ASCII only, zones also what a host may not hold as it is.
  private static func isAllowed(_ value: UInt8, _ escape: ArraySlice<UInt8>, in part: Part) -> Bool {
    switch part {
    case .host: value >= 0x80 || escape.elementsEqual("%25".utf8)
    case .zone: escape.elementsEqual("%25".utf8) || value == 0x20 || !mustEscape(value, in: .host)
    case .path, .userinfo, .fragment: true
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
