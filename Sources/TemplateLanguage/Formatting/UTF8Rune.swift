import SourceText

/// A character of a Go string: one code point, or one byte that is not UTF-8 and counts as U+FFFD.
package struct UTF8Rune {
  package var scalar: UInt32
  package var width: Int

  /// The replacement character, which Go's decoders answer for bytes that are not UTF-8.
  package static let replacement = Runes.invalid

  package var isInvalid: Bool { scalar == UTF8Rune.replacement && width == 1 }

  /// The character that starts at `offset`, which must be inside.
  package static func decode(_ bytes: [UInt8], at offset: Int) -> UTF8Rune {
    let (rune, width) = bytes.withUnsafeBufferPointer { Runes.decode($0, at: offset) }
    return UTF8Rune(scalar: rune, width: width)
  }

  /// The character that ends before `offset`, which must not be zero.
  package static func decodeLast(_ bytes: [UInt8], before offset: Int) -> UTF8Rune {
    let (rune, width) = bytes.withUnsafeBufferPointer { Runes.decodeLast($0, before: offset) }
    return UTF8Rune(scalar: rune, width: width)
  }

  /// How many characters `bytes` hold.
  package static func count(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      var offset = 0
      while offset < buffer.count {
        offset += buffer[offset] < 0x80 ? 1 : Runes.decode(buffer, at: offset).width
        count += 1
      }
      return count
    }
  }
}

/// The classes of characters that the lexer tells apart.
enum UnicodeClass {
  /// A letter, decimal digit or underscore: what identifiers consist of.
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      let byte = UInt8(scalar)
      return byte == UInt8(ascii: "_") || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
        || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }
}
