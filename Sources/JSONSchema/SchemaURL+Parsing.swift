import SourceText

extension SchemaURL {
  /// Reads a URL without fragment; `whole` is what an error quotes.
  init(_ text: ByteString, quoting whole: ByteString? = nil) throws(ParseError) {
    do throws(Fault) {
      try self.init(parsing: text)
    } catch {
      throw ParseError(message: "parse " + GoQuote.quoted(whole ?? text) + ": " + error.message)
    }
  }

  /// Reads a URL with its fragment, as `url.Parse` does, and forgets the fragment.
  init(withFragment text: ByteString) throws(ParseError) {
    let (url, fragment) = SchemaURL.split(text)
    try self.init(url, quoting: text)
    if let broken = PercentEncoding.brokenEscape(in: fragment) {
      throw ParseError(
        message: "parse " + GoQuote.quoted(text) + ": invalid URL escape " + GoQuote.quoted(broken))
    }
  }

  private struct Fault: Error {
    var message: ByteString
  }

  private init(parsing text: ByteString) throws(Fault) {
    guard !text.bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw Fault(message: "net/url: invalid control character in URL")
    }
    if text == "*" {
      path = "*"
      return
    }
    var rest = try takeScheme(text)
    if rest.last == UInt8(ascii: "?"), rest.count(where: { $0 == UInt8(ascii: "?") }) == 1 {
      hasEmptyQuery = true
      rest = rest.dropLast()
    } else if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = ByteString(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    let slash = UInt8(ascii: "/")
    if rest.first != slash {
      if !scheme.isEmpty {
        opaque = ByteString(rest)
        return
      }
      if rest.prefix(while: { $0 != slash }).contains(UInt8(ascii: ":")) {
        throw Fault(message: "first path segment in URL cannot contain colon")
      }
    }
    let isTripleSlash = rest.starts(with: Array("///".utf8))
    if rest.starts(with: Array("//".utf8)), !scheme.isEmpty || !isTripleSlash {
      let authority = rest.dropFirst(2).prefix { $0 != slash }
      rest = rest[authority.endIndex...]
      hasAuthority = true
      try readAuthority(authority)
    }
    try readPath(ByteString(rest))
  }

  /// Reads the scheme and its colon, and returns what follows.
  private mutating func takeScheme(_ text: ByteString) throws(Fault) -> ArraySlice<UInt8> {
    for (index, byte) in text.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if index == 0 { return text.bytes[...] }
      case UInt8(ascii: ":"):
        if index == 0 { throw Fault(message: "missing protocol scheme") }
        scheme = ByteString(text.bytes[..<index].map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 })
        return text.bytes[(index + 1)...]
      default: return text.bytes[...]
      }
    }
    return text.bytes[...]
  }

  private mutating func readAuthority(_ authority: ArraySlice<UInt8>) throws(Fault) {
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else {
      host = try SchemaURL.readHost(authority)
      return
    }
    host = try SchemaURL.readHost(authority[(at + 1)...])
    let user = ByteString(authority[..<at])
    guard user.bytes.allSatisfy(SchemaURL.isUserByte) else { throw Fault(message: "net/url: invalid userinfo") }
    try SchemaURL.checkEscapes(user)
    self.user = user
  }

  private static func isUserByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return true
    default:
      let others: StaticString = "-._:~!$&'()*+,;=%@"
      return others.withUTF8Buffer { $0.contains(byte) }
    }
  }

  private static func readHost(_ host: ArraySlice<UInt8>) throws(Fault) -> ByteString {
    if host.first == UInt8(ascii: "[") {
      guard let end = host.lastIndex(of: UInt8(ascii: "]")) else { throw Fault(message: "missing ']' in host") }
      try checkPort(host[(end + 1)...])
      var address = ByteString(host[(host.startIndex + 1)..<end])
      address = PercentEncoding.decoded(address, as: .host) ?? address
      if let message = IPAddress.faultOfVersion6(address) {
        throw Fault(message: message == "" ? "invalid IP-literal" : "invalid host: " + message)
      }
      return ByteString(host[...end]) + ByteString(host[(end + 1)...])
    }
    if let colon = host.lastIndex(of: UInt8(ascii: ":")) {
      let first = host.firstIndex(of: UInt8(ascii: ":")) ?? colon
      try checkPort(host[first...])
    }
    let text = ByteString(host)
    try checkEscapes(text)
    for scalar in text.string.unicodeScalars where !isHostScalar(scalar) {
      throw Fault(
        message: "invalid character " + GoQuote.quoted(ByteString(String(Character(scalar)))) + " in host name")
    }
    return PercentEncoding.decoded(text, as: .host) ?? text
  }

  private static func isHostScalar(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return true }
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": return true
    default: return "-_.~!$&'()*+,;=:[]<>\"%".unicodeScalars.contains(scalar)
    }
  }

  private static func checkPort(_ port: ArraySlice<UInt8>) throws(Fault) {
    guard let first = port.first else { return }
    guard first == UInt8(ascii: ":"), port.dropFirst().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else {
      throw Fault(message: "invalid port " + GoQuote.quoted(ByteString(port)) + " after host")
    }
  }

  private static func checkEscapes(_ text: ByteString) throws(Fault) {
    if let broken = PercentEncoding.brokenEscape(in: text) {
      throw Fault(message: "invalid URL escape " + GoQuote.quoted(broken))
    }
  }

  private mutating func readPath(_ text: ByteString) throws(Fault) {
    try SchemaURL.checkEscapes(text)
    path = PercentEncoding.decoded(text, as: .path) ?? text
    rawPath = PercentEncoding.encoded(path, as: .path) == text ? "" : text
  }
}
