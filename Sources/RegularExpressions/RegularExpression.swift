import SourceText

/// Why a pattern does not compile, in Go's words: ``error parsing regexp: missing closing ]: `[a` ``.
package struct RegularExpressionError: Error, Hashable, Sendable {
  package var message: String
  package init(message: String) { self.message = message }
}

/// A regular expression of RE2's syntax with Go's (leftmost-first) results, matched in time linear in the text.
package struct RegularExpression: Sendable {
  /// The byte ranges of one match: the whole, then each group; nil for a group that took no part.
  package typealias Match = [ByteRange?]

  package init(_ pattern: ByteString) throws(RegularExpressionError) {
    throw RegularExpressionError(message: "not yet")
  }

  package var groupCount: Int { 0 }
  /// The groups' names by index, the whole match (unnamed) included; empty where unnamed.
  package var groupNames: [ByteString] { [] }

  package func isMatch(_ text: ByteString) -> Bool { false }
  package func firstMatch(in text: ByteString) -> Match? { nil }
  /// Go's `FindAll…(text, limit)`; a negative limit is none.
  package func matches(in text: ByteString, limit: Int = -1) -> [Match] { [] }
  /// Go's template expansion for replacement texts: `$1`, `${name}`, `$$`.
  package func expand(_ template: ByteString, match: Match, in text: ByteString) -> ByteString { "" }
}
