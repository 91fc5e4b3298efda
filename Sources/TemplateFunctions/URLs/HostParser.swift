import SourceText

/// Reads the host of a URL with its port.
enum HostParser {
  static func parse(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) -> ByteString {
    if text.first == UInt8(ascii: "[") { return try bracketed(text) }
    if let colon = text.lastIndex(of: UInt8(ascii: ":")) { try checkPort(text[colon...]) }
    return try PercentEncoding.decode(text, from: .host)
  }

  /// An address of IP version 6 between brackets, maybe with a zone.
  private static func bracketed(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) -> ByteString {
    guard let end = text.lastIndex(of: UInt8(ascii: "]")) else { throw .init(message: "missing ']' in host") }
    try checkPort(text[(end + 1)...])
    guard let zone = zoneStart(text[..<end]) else { return try PercentEncoding.decode(text, from: .host) }
    return try PercentEncoding.decode(text[..<zone], from: .host)
      + PercentEncoding.decode(text[zone..<end], from: .zone) + PercentEncoding.decode(text[end...], from: .host)
  }

  private static func zoneStart(_ text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { text[$0...].starts(with: "%25".utf8) }
  }

  private static func checkPort(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) {
    guard URLParts.isPort(text) else {
      throw .init(message: "invalid port " + GoQuote.quoted(ByteString(text)) + " after host")
    }
  }
}
