import SourceText

/// A URL as Go's net/url reads, resolves and writes it; schemas name each other by such texts.
struct SchemaURL {
  var scheme: ByteString = ""
  /// What follows the scheme where no slash does: `example:thing` of `urn:example:thing`.
  var opaque: ByteString = ""
  /// The user and password as written, without the `@`.
  var user: ByteString?
  var host: ByteString = ""
  /// Decoded.
  var path: ByteString = ""
  /// The path as written, where writing `path` anew would give something else.
  var rawPath: ByteString = ""
  var hasEmptyQuery = false
  var query: ByteString = ""
  var hasAuthority = false

  /// Why a text is no URL, in Go's words.
  struct ParseError: Error {
    var message: ByteString
  }

  var isAbsolute: Bool { !scheme.isEmpty }

  /// The host without brackets and port.
  var hostName: ByteString {
    if host.bytes.first == UInt8(ascii: "[") {
      let end = host.bytes.firstIndex(of: UInt8(ascii: "]")) ?? host.count
      return ByteString(host.bytes[1..<max(1, end)])
    }
    guard let colon = host.bytes.lastIndex(of: UInt8(ascii: ":")),
      host.bytes[(colon + 1)...].allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return host }
    return ByteString(host.bytes[..<colon])
  }

  /// Splits a text at its first `#`; the fragment is as written.
  static func split(_ text: ByteString) -> (url: ByteString, fragment: ByteString) {
    guard let hash = text.bytes.firstIndex(of: UInt8(ascii: "#")) else { return (text, "") }
    return (ByteString(text.bytes[..<hash]), ByteString(text.bytes[(hash + 1)...]))
  }

  /// Reads `reference` relative to this URL. Both are without fragment.
  func resolving(_ reference: SchemaURL) -> SchemaURL {
    var url = reference
    if reference.scheme.isEmpty { url.scheme = scheme }
    if !reference.scheme.isEmpty || !reference.host.isEmpty || reference.user != nil {
      url.setPath(SchemaURL.resolve(reference.escapedPath, ""))
      return url
    }
    if !reference.opaque.isEmpty {
      url.user = nil
      url.host = ""
      url.path = ""
      return url
    }
    if reference.path.isEmpty && !reference.hasEmptyQuery && reference.query.isEmpty { url.query = query }
    if reference.path.isEmpty && !opaque.isEmpty {
      url.opaque = opaque
      url.user = nil
      url.host = ""
      url.path = ""
      return url
    }
    url.host = host
    url.user = user
    url.hasAuthority = hasAuthority
    url.setPath(SchemaURL.resolve(escapedPath, reference.escapedPath))
    // Go forgets an opaque part here; the schema library puts it back.
    if !opaque.isEmpty { url.opaque = opaque }
    return url
  }

  private mutating func setPath(_ text: ByteString) {
    guard let decoded = PercentEncoding.decoded(text, as: .path) else { return }
    path = decoded
    rawPath = PercentEncoding.encoded(decoded, as: .path) == text ? "" : text
  }

  /// RFC 3986, 5.2: merges the paths and takes out the dot segments.
  private static func resolve(_ base: ByteString, _ reference: ByteString) -> ByteString {
    let slash = UInt8(ascii: "/")
    var full = reference
    if reference.isEmpty {
      full = base
    } else if reference.bytes.first != slash {
      full = ByteString(base.bytes.prefix((base.bytes.lastIndex(of: slash) ?? -1) + 1)) + reference
    }
    guard !full.isEmpty else { return "" }
    let elements = full.bytes.split(separator: slash, omittingEmptySubsequences: false)
    var kept: [ArraySlice<UInt8>] = []
    for (index, element) in elements.enumerated() {
      if element.elementsEqual(Array(".".utf8)) {
        continue
      } else if element.elementsEqual(Array("..".utf8)) {
        if !kept.isEmpty { kept.removeLast() }
      } else if index > 0 || !element.isEmpty {
        kept.append(element)
      }
    }
    var result = ByteString([slash] + kept.joined(separator: [slash]))
    if let last = elements.last, last.elementsEqual(Array(".".utf8)) || last.elementsEqual(Array("..".utf8)) {
      result.append(slash)
    }
    if result.count > 1, result[1] == slash { return ByteString(result.bytes.drop { $0 == slash }).prefixed(slash) }
    return result
  }

  var escapedPath: ByteString {
    rawPath.isEmpty || !PercentEncoding.isValidPath(rawPath)
      ? PercentEncoding.encoded(path, as: .path) : rawPath
  }

  var text: ByteString {
    var result = ByteString()
    if !scheme.isEmpty { result.append(scheme + ":") }
    if !opaque.isEmpty {
      result.append(opaque)
    } else {
      if hasAuthority || !host.isEmpty || user != nil {
        result.append("//")
        if let user { result.append(user + "@") }
        result.append(PercentEncoding.encoded(host, as: .host))
      }
      let path = escapedPath
      if !path.isEmpty, path[0] != UInt8(ascii: "/"), !host.isEmpty { result.append("/") }
      result.append(path)
    }
    if hasEmptyQuery || !query.isEmpty { result.append("?" + query) }
    return result
  }
}

extension ByteString {
  fileprivate func prefixed(_ byte: UInt8) -> ByteString { ByteString([byte] + bytes) }
}

/// Percent encoding by the part of a URL.
enum PercentEncoding {
  enum Part {
    case path, host, segment
  }

  /// The decoded text; nil where an escape is broken.
  static func decoded(_ text: ByteString, as part: Part) -> ByteString? {
    guard text.bytes.contains(UInt8(ascii: "%")) else { return text }
    return brokenEscape(in: text) == nil ? ByteString(unescape(text.bytes)) : nil
  }

  /// The first `%` that two hexadecimal digits do not follow, with up to two bytes after it.
  static func brokenEscape(in text: ByteString) -> ByteString? {
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "%") else {
        index += 1
        continue
      }
      guard index + 2 < text.count, hexValue(text[index + 1]) != nil, hexValue(text[index + 2]) != nil else {
        return text[index..<min(text.count, index + 3)]
      }
      index += 3
    }
    return nil
  }

  static func encoded(_ text: ByteString, as part: Part) -> ByteString {
    var result = ByteString()
    for byte in text.bytes {
      if isPlain(byte, in: part) {
        result.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result.append("%" + (byte < 16 ? "0" : "") + digits)
      }
    }
    return result
  }

  /// True when a path as written needs no further escapes.
  static func isValidPath(_ text: ByteString) -> Bool {
    let extra: StaticString = "!'()*[]%"
    return text.bytes.allSatisfy { byte in
      isPlain(byte, in: .path) || extra.withUTF8Buffer { $0.contains(byte) }
    }
  }

  private static func unescape(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexValue(bytes[index + 1]),
        let low = hexValue(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func isPlain(_ byte: UInt8, in part: Part) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return true
    default: break
    }
    let plain: StaticString
    switch part {
    case .path: plain = "-_.~$&+,/:;=@"
    case .segment: plain = "-_.~$&+:=@"
    case .host: plain = "-_.~!$&'()*+,;=:[]<>\""
    }
    return plain.withUTF8Buffer { $0.contains(byte) }
  }
}
