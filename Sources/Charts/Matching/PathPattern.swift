import SourceText

/// A pattern of `PathMatch` that is matched against many names. Nearly all patterns of ignore files are a plain name
/// or a star before one, and need no matcher.
struct PathPattern: Sendable {
  private enum Shape: Sendable {
    case literal(ByteString)
    /// `*` and a literal.
    case suffix(ByteString)
    case general(ByteString)
  }

  private let shape: Shape

  init(_ pattern: ByteString) {
    let rest = pattern.starts(with: "*") ? pattern[1..<pattern.count] : pattern
    if rest.bytes.contains(where: Self.isSpecial) {
      shape = .general(pattern)
    } else {
      shape = rest.count < pattern.count ? .suffix(rest) : .literal(pattern)
    }
  }

  /// As `PathMatch.matches`.
  func matches(_ name: ByteString) throws(PathMatch.BadPattern) -> Bool {
    switch shape {
    case .literal(let text): return name == text
    case .suffix(let text):
      return name.hasSuffix(text) && !name.bytes[..<(name.count - text.count)].contains(UInt8(ascii: "/"))
    case .general(let pattern): return try PathMatch.matches(name, pattern: pattern)
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "\\")
  }
}
