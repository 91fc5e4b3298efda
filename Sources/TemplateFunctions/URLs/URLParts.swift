import SourceText

/// A URL taken apart as Go's `net/url` does.
struct URLParts {
  struct Userinfo {
    var name: ByteString
    var password: ByteString?

    var text: ByteString {
      var text = PercentEncoding.encode(name, for: .userinfo)
      if let password { text = text + ":" + PercentEncoding.encode(password, for: .userinfo) }
      return text
    }
  }

  var scheme: ByteString = ""
  var opaque: ByteString = ""
  var user: Userinfo?
  var host: ByteString = ""
  /// Decoded.
  var path: ByteString = ""
  /// As it was written.
  var query: ByteString = ""
  /// Decoded.
  var fragment: ByteString = ""

  init() {}

  /// `url.Parse`; its error names the text it could not read.
  init(_ text: ByteString) throws(PercentEncoding.DecodingError) {
    let hash = text.bytes.firstIndex(of: UInt8(ascii: "#"))
    let whole = ByteString(text.bytes[..<(hash ?? text.count)])
    do { try parse(whole.bytes[...]) } catch { throw Self.failure(whole, error) }
    guard let hash else { return }
    do { fragment = try PercentEncoding.decode(text.bytes[(hash + 1)...], from: .fragment) } catch {
      throw Self.failure(text, error)
    }
  }

  private static func failure(
    _ text: ByteString, _ error: PercentEncoding.DecodingError
  ) -> PercentEncoding.DecodingError {
    .init(message: "parse " + GoQuote.quoted(text) + ": " + error.message)
  }

  /// The host without its port and brackets.
  var hostname: ByteString {
    var name = host.bytes[...]
    if let colon = name.lastIndex(of: UInt8(ascii: ":")), Self.isPort(name[colon...]) { name = name[..<colon] }
    if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]"), name.count > 1 {
      name = name.dropFirst().dropLast()
    }
    return ByteString(name)
  }

  // MARK: Reading

  private mutating func parse(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) {
    guard !text.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .init(message: "net/url: invalid control character in URL")
    }
    var rest = text
    if let colon = try Self.endOfScheme(text) {
      scheme = ByteString(String(decoding: text[..<colon], as: UTF8.self).lowercased())
      rest = text[(colon + 1)...]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = ByteString(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    if rest.first != UInt8(ascii: "/") {
      if !scheme.isEmpty {
        opaque = ByteString(rest)
        return
      }
      // Such as a mistyped scheme.
      if rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) {
        throw .init(message: "first path segment in URL cannot contain colon")
      }
    }
    let isRelative = scheme.isEmpty && rest.starts(with: "///".utf8)
    if !isRelative, rest.starts(with: "//".utf8) {
      let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      rest = rest[authority.endIndex...]
      try parse(authority: authority)
    }
    path = try PercentEncoding.decode(rest, from: .path)
  }

  /// The colon behind a scheme; nil when the text has none.
  private static func endOfScheme(_ text: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) -> Int? {
    for index in text.indices {
      switch text[index] {
      case 0x41...0x5A, 0x61...0x7A: continue
      case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if index == text.startIndex { return nil }
      case UInt8(ascii: ":"):
        if index == text.startIndex { throw .init(message: "missing protocol scheme") }
        return index
      default: return nil
      }
    }
    return nil
  }

  private mutating func parse(authority: ArraySlice<UInt8>) throws(PercentEncoding.DecodingError) {
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else {
      host = try HostParser.parse(authority)
      return
    }
    host = try HostParser.parse(authority[(at + 1)...])
    let userinfo = authority[..<at]
    let isValid = userinfo.allSatisfy {
      !PercentEncoding.mustEscape($0, in: .path) && $0 != UInt8(ascii: "/") || "!'()*%".utf8.contains($0)
    }
    guard isValid else { throw .init(message: "net/url: invalid userinfo") }
    let colon = userinfo.firstIndex(of: UInt8(ascii: ":"))
    var user = Userinfo(name: try PercentEncoding.decode(userinfo[..<(colon ?? at)], from: .userinfo))
    if let colon { user.password = try PercentEncoding.decode(userinfo[(colon + 1)...], from: .userinfo) }
    self.user = user
  }

  /// Nothing, or a colon and digits.
  static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
    text.isEmpty
      || text.first == UInt8(ascii: ":") && text.dropFirst().allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  // MARK: Writing

  /// `URL.String()`.
  var text: ByteString {
    var out = ByteString()
    if !scheme.isEmpty { out = scheme + ":" }
    if !opaque.isEmpty { out.append(opaque) } else { appendHierarchy(to: &out) }
    if !query.isEmpty { out.append("?" as ByteString + query) }
    if !fragment.isEmpty { out.append("#" as ByteString + PercentEncoding.encode(fragment, for: .fragment)) }
    return out
  }

  private func appendHierarchy(to out: inout ByteString) {
    if !host.isEmpty || user != nil || !scheme.isEmpty && !path.isEmpty { out.append("//" as ByteString) }
    if let user { out.append(user.text + "@") }
    out.append(PercentEncoding.encode(host, for: .host))
    let path = self.path == "*" ? self.path : PercentEncoding.encode(self.path, for: .path)
    if !path.isEmpty, path[0] != UInt8(ascii: "/"), !host.isEmpty { out.append(UInt8(ascii: "/")) }
    // A colon in the first segment would read as a scheme.
    if out.isEmpty, path.bytes.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) {
      out.append("./" as ByteString)
    }
    out.append(path)
  }
}
