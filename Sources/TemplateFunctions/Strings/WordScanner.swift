import SourceText

/// A stretch of text of one class, as huandu/xstrings cuts it.
struct Word {
  enum Kind { case invalid, number, upper, alphabet, connector, punctuation, other }
  var kind: Kind
  var range: Range<Int>
}

/// Cuts a text into words.
struct WordScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next word; an empty invalid one at the end.
  mutating func next() -> Word {
    let start = position
    guard !isAtEnd, let first = rune(at: position) else {
      position = bytes.count
      return Word(kind: .invalid, range: start..<bytes.count)
    }
    position = first.end
    let kind: Word.Kind
    if WordCase.isConnector(first.rune) {
      kind = .connector
      skip(while: WordCase.isConnector)
    } else if RuneClass.isPunctuation(first.rune) {
      kind = .punctuation
      skip(while: RuneClass.isPunctuation)
    } else if RuneClass.isUpper(first.rune) {
      kind = .upper
      skipUpper()
    } else if Self.isAlphabet(first.rune) {
      kind = .alphabet
      skip { Self.isAlphabet($0) && !RuneClass.isUpper($0) }
    } else if RuneClass.isNumber(first.rune) {
      kind = .number
      skip(while: RuneClass.isNumber)
    } else {
      kind = .other
      skip {
        !WordCase.isConnector($0) && !Self.isAlphabet($0) && !RuneClass.isNumber($0)
          && !RuneClass.isPunctuation($0)
      }
    }
    return Word(kind: kind, range: start..<position)
  }

  /// After a capital: more capitals, of which the last begins the next word when small letters follow; or small letters.
  private mutating func skipUpper() {
    guard let second = rune(at: position) else { return }
    if RuneClass.isUpper(second.rune) {
      var last = position
      position = second.end
      while let next = rune(at: position), RuneClass.isUpper(next.rune) {
        last = position
        position = next.end
      }
      if let next = rune(at: position), Self.isAlphabet(next.rune) { position = last }
    } else if Self.isAlphabet(second.rune) {
      skip { Self.isAlphabet($0) && !RuneClass.isUpper($0) }
    }
  }

  /// Letters that have words: all but the common Chinese characters.
  private static func isAlphabet(_ rune: UInt32) -> Bool {
    guard RuneClass.isLetter(rune) else { return false }
    switch rune {
    case 0x4E00...0x9FCC, 0x3400...0x4D85, 0x20000...0x2B81D: return false
    default: return true
    }
  }

  private mutating func skip(while accepts: (UInt32) -> Bool) {
    while let next = rune(at: position), accepts(next.rune) { position = next.end }
  }

  /// The next valid code point at or after `start`, bytes that are none being part of it.
  private func rune(at start: Int) -> (rune: UInt32, end: Int)? {
    var index = start
    while index < bytes.count {
      let (rune, width) = Runes.decode(bytes, at: index)
      index += width
      if rune != Runes.invalid { return (rune, index) }
    }
    return nil
  }
}
