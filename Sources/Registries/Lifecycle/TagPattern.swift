import SourceText

/// An entry of `tagPatternList`: `*` stands for any bytes, none too; the whole tag must match.
package struct TagPattern: Hashable, Sendable {
  package let text: ByteString

  private static let wildcard = UInt8(ascii: "*")

  package init(_ text: ByteString) { self.text = text }

  /// How many `*` it has; ECR takes at most four.
  package var wildcardCount: Int { text.bytes.count { $0 == TagPattern.wildcard } }

  /// True when every tag that the other pattern matches, this one matches. No tag has a `*`: read as a tag, the other
  /// pattern's `*` fits a wildcard only, as must whatever may stand there.
  package func includes(_ other: TagPattern) -> Bool { matches(other.text) }

  /// Whether the whole tag fits. Takes the first place for the bytes between wildcards: a later one never matches more.
  package func matches(_ tag: ByteString) -> Bool {
    var inPattern = 0
    var inTag = 0
    var lastWildcard: Int?
    var retry = 0
    while inTag < tag.count {
      if inPattern < text.count, text[inPattern] == TagPattern.wildcard {
        lastWildcard = inPattern
        retry = inTag
        inPattern += 1
      } else if inPattern < text.count, text[inPattern] == tag[inTag] {
        inPattern += 1
        inTag += 1
      } else if let lastWildcard {
        retry += 1
        inTag = retry
        inPattern = lastWildcard + 1
      } else {
        return false
      }
    }
    return text.bytes[inPattern...].allSatisfy { $0 == TagPattern.wildcard }
  }
}
