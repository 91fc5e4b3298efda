import SourceText

/// Helm parses the path of a values file as a URL first, and Go's parser does not take every path.
enum FileLocation {
  /// Go's message where `path` does not parse as a URL; nil when it does.
  static func failure(of path: ByteString) -> ByteString? {
    let hash = path.bytes.firstIndex(of: UInt8(ascii: "#")) ?? path.count
    let location = path[0..<hash]
    if let reason = reason(location.bytes[...]) {
      return "parse " + GoText.quoted(location) + ": " + reason
    }
    if hash < path.count, let reason = badEscape(path.bytes[(hash + 1)...]) {
      return "parse " + GoText.quoted(path) + ": " + reason
    }
    return nil
  }

  private static func reason(_ location: ArraySlice<UInt8>) -> ByteString? {
    if location.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      return "net/url: invalid control character in URL"
    }
    let schemeEnd = endOfScheme(location)
    if schemeEnd == location.startIndex { return "missing protocol scheme" }
    var rest = schemeEnd.map { location[($0 + 1)...] } ?? location
    rest = rest.prefix { $0 != UInt8(ascii: "?") }
    if rest.first != UInt8(ascii: "/") {
      if schemeEnd != nil { return nil }
      if rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) {
        return "first path segment in URL cannot contain colon"
      }
    }
    return badEscape(rest)
  }

  /// The index of the colon behind a scheme; nil when there is no scheme.
  private static func endOfScheme(_ location: ArraySlice<UInt8>) -> Int? {
    for index in location.indices {
      switch location[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if index == location.startIndex { return nil }
      case UInt8(ascii: ":"): return index
      default: return nil
      }
    }
    return nil
  }

  /// A `%` that two hexadecimal digits do not follow.
  private static func badEscape(_ text: ArraySlice<UInt8>) -> ByteString? {
    for index in text.indices where text[index] == UInt8(ascii: "%") {
      let escape = text[index...].prefix(3)
      if escape.count < 3 || !escape.dropFirst().allSatisfy(isHexadecimal) {
        return "invalid URL escape " + GoText.quoted(ByteString(escape))
      }
    }
    return nil
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
