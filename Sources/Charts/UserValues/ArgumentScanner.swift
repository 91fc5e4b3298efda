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
    guard let end = JSONExtent.end(of: file.text.bytes[offset...]) else { return nil }
    // The reader takes whole texts: blanks in front keep every offset where it is in the argument.
    let padding = [UInt8](repeating: UInt8(ascii: " "), count: offset)
    let text = SourceFile(path: file.path, kind: .argument, text: ByteString(padding + file.text.bytes[offset..<end]))
    guard let value = try? JSONReader.value(of: text, origins: origins) else { return nil }
    offset = end
    return value
  }

  private mutating func nextRune() -> Unicode.Scalar {
    let (rune, width) = GoText.decodeScalar(file.text.bytes[offset...])
    offset += width
    return rune
  }
}

/// Finds where a JSON value ends in a text that goes on behind it.
enum JSONExtent {
  /// The index behind the value at the start of `bytes`, blanks before it included; nil when the text stops first.
  static func end(of bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while index < bytes.endIndex, isBlank(bytes[index]) { index += 1 }
    guard index < bytes.endIndex else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfContainer(bytes, index)
    case UInt8(ascii: "\""): return endOfString(bytes, index)
    default: return endOfWord(bytes, index)
    }
  }

  private static func endOfContainer(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var index = start
    var depth = 0
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: "\""):
        guard let end = endOfString(bytes, index) else { return nil }
        index = end
        continue
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func endOfString(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    var index = start + 1
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// A number or a word. Go's decoder needs the byte behind a number, and accepts only one that may follow a value.
  private static func endOfWord(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
    for word in ["true", "false", "null"] where bytes[start...].starts(with: word.utf8) {
      return start + word.utf8.count
    }
    var index = start
    while index < bytes.endIndex, isNumberByte(bytes[index]) { index += 1 }
    return index > start ? index : nil
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
