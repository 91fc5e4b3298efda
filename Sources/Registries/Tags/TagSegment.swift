import SourceText

/// A piece of a tag between separators, and what it looks like.
struct TagSegment: Hashable, Sendable {
  enum Shape: Hashable, Sendable {
    case time
    case date
    /// A commit id, a UUID or another random looking hexadecimal number.
    case hash
    /// Three or more numbers, maybe with a glued suffix.
    case fullVersion
    case twoPartVersion
    case onePartVersion
    /// A number that counts something.
    case counter
    /// Letters; the classes are empty for an ordinary word.
    case word(WordClasses)
  }

  var range: Range<Int>
  /// In lower case.
  var text: String
  var shape: Shape
  /// The classes of the word to which a number is glued: `rc1`, `fix2`; empty otherwise.
  var gluedClasses: WordClasses = []

  var classes: WordClasses {
    guard case .word(let classes) = shape else { return [] }
    return classes
  }
  var isWord: Bool {
    guard case .word = shape else { return false }
    return true
  }
  /// Digits only, whatever they count.
  var isInteger: Bool { !text.isEmpty && text.utf8.allSatisfy(isDigit) }
}

/// `0` to `9`.
@inlinable func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// `0` to `9`, `a` to `f`.
@inlinable func isLowerHex(_ byte: UInt8) -> Bool { isDigit(byte) || byte &- UInt8(ascii: "a") < 6 }

/// `-`, `_` and `.`.
@inlinable func isTagSeparator(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
}
