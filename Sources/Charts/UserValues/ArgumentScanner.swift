import JSON
import SourceText
import Values

/// Reads the text of an argument rune by rune, knowing where it is.
struct ArgumentScanner {
  /// A stretch of text up to a stop character or the end.
  struct Token {
    /// The text without its escapes.
    var runes: [Unicode.Scalar]
    /// Where it stands in the argument, escapes included.
    var range: ByteRange
    /// The character that ended it, already consumed; nil at the end of the text.
    var stop: Unicode.Scalar?

    var text: ByteString { GoText.text(runes) }
  }

  let file: SourceFile
  /// `\` takes the next character literally.
  var hasEscapes = true
  /// Where the next rune starts.
  private(set) var offset = 0

  init(_ file: SourceFile) { self.file = file }

  var isAtEnd: Bool { offset >= file.text.count }

  /// Consumes up to and including one of `stops`. A `\` at the very end vanishes.
  mutating func until(_ stops: String) -> Token {
    let start = offset
    var runes: [Unicode.Scalar] = []
    while !isAtEnd {
      let before = offset
      let rune = nextRune()
      if stops.unicodeScalars.contains(rune) {
        return Token(runes: runes, range: ByteRange(start, before), stop: rune)
      }
      if rune == "\\" && hasEscapes {
        if isAtEnd { break }
        runes.append(nextRune())
      } else {
        runes.append(rune)
      }
    }
    return Token(runes: runes, range: ByteRange(start, offset), stop: nil)
  }

  /// Consumes `byte` if it comes next.
  mutating func skip(_ rune: Unicode.Scalar) -> Bool {
    guard !isAtEnd, UInt32(file.text[offset]) == rune.value else { return false }
    offset += 1
    return true
  }

  /// Consumes blanks and then one comma. True when it met the comma or the end, and nothing else before.
  mutating func skipBlanksAndComma() -> Bool {
    while !isAtEnd {
      let before = offset
      let rune = nextRune()
      if rune == "," { return true }
      if !GoText.isSpace(rune) {
        offset = before
        return false
      }
    }
    return true
  }

  /// Consumes one JSON value; nil when there is none.
  mutating func json(origins: OriginTable) -> Value? {
    guard let (value, end) = try? JSONReader.firstValue(of: file, from: offset, origins: origins) else { return nil }
    offset = end
    return value
  }

  private mutating func nextRune() -> Unicode.Scalar {
    let (rune, width) = GoText.decodeScalar(file.text.bytes[offset...])
    offset += width
    return rune
  }
}
