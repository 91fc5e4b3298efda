import SourceText

/// Reads the host of a URL with its port.
enum HostParser {
  static func parse(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) -> ByteString {
    if let bracket = text.lastIndex(of: UInt8(ascii: "[")) {
      guard bracket == text.startIndex else { throw invalidLiteral }
      return try bracketed(text)
    }
    if let colon = text.firstIndex(of: UInt8(ascii: ":")) { try checkPort(text[colon...]) }
    return try PercentEncoding.decode(text, from: .host)
  }

  /// An address of IP version 6 between brackets, maybe with a zone.
  private static func bracketed(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) -> ByteString {
    guard let end = text.lastIndex(of: UInt8(ascii: "]")) else { throw .init(message: "missing ']' in host") }
    try checkPort(text[(end + 1)...])
    let address = text[(text.startIndex + 1)..<end]
    guard address.contains(UInt8(ascii: ":")) else {
      if address.contains(where: { ".%".utf8.contains($0) }) { throw invalidLiteral }
      let quoted = GoQuote.quoted(ByteString(address))
      throw .init(message: "invalid host: ParseAddr(" + quoted + "): unable to parse IP")
    }
    guard let zone = zoneStart(text[..<end]) else { return try PercentEncoding.decode(text, from: .host) }
    return try PercentEncoding.decode(text[..<zone], from: .host)
      + PercentEncoding.decode(text[zone..<end], from: .zone) + PercentEncoding.decode(text[end...], from: .host)
  }

  private static let invalidLiteral = PercentEncoding.DecodingError(message: "invalid IP-literal")

  private static func zoneStart(_ text: ArraySlice<UInt8>) -> Int? {
    text.indices.first { text[$0...].starts(with: "%25".utf8) }
  }

  private static func checkPort(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) {
    guard URLParts.isPort(text) else {
      throw .init(message: "invalid port " + GoQuote.quoted(ByteString(text)) + " after host")
    }
  }
}
