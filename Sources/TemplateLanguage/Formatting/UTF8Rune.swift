import SourceText

/// A character of a Go string: one code point, or one byte that is not UTF-8 and counts as U+FFFD.
package struct UTF8Rune {
  package var scalar: UInt32
  package var width: Int

  /// The replacement character, which Go's decoders answer for bytes that are not UTF-8.
  package static let replacement: UInt32 = 0xFFFD

  package var isInvalid: Bool { scalar == UTF8Rune.replacement && width == 1 }

  /// The character that starts at `offset`, which must be inside.
  package static func decode(_ bytes: [UInt8], at offset: Int) -> UTF8Rune {
    bytes.withUnsafeBufferPointer { decode($0, at: offset) }
  }

  package static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UTF8Rune {
    let first = bytes[offset]
    if first < 0x80 { return UTF8Rune(scalar: UInt32(first), width: 1) }
    let bad = UTF8Rune(scalar: replacement, width: 1)
    let width: Int
    // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: width = 2
    case 0xE0: (width, low) = (3, 0xA0)
    case 0xED: (width, high) = (3, 0x9F)
    case 0xE1...0xEF: width = 3
    case 0xF0: (width, low) = (4, 0x90)
    case 0xF4: (width, high) = (4, 0x8F)
    case 0xF1...0xF3: width = 4
    default: return bad
    }
    guard offset + width <= bytes.count, bytes[offset + 1] >= low, bytes[offset + 1] <= high else { return bad }
    var scalar = UInt32(first) & (0xFF >> UInt32(width + 1))
    scalar = scalar << 6 | UInt32(bytes[offset + 1] & 0x3F)
    for index in 2..<max(2, width) {
      guard bytes[offset + index] & 0xC0 == 0x80 else { return bad }
      scalar = scalar << 6 | UInt32(bytes[offset + index] & 0x3F)
    }
    return UTF8Rune(scalar: scalar, width: width)
  }

  /// The character that ends before `offset`, which must not be zero.
  package static func decodeLast(_ bytes: [UInt8], before offset: Int) -> UTF8Rune {
    var start = offset - 1
    let limit = max(0, offset - 4)
    while start > limit, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    let rune = decode(bytes, at: start)
    return start + rune.width == offset ? rune : UTF8Rune(scalar: replacement, width: 1)
  }

  /// How many characters `bytes` hold.
  package static func count(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      var offset = 0
      while offset < buffer.count {
        offset += buffer[offset] < 0x80 ? 1 : decode(buffer, at: offset).width
        count += 1
      }
      return count
    }
  }

  /// Appends the UTF-8 form; surrogates and what is no code point become U+FFFD.
  package static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    let valid = Unicode.Scalar(scalar)?.value ?? replacement
    switch valid {
    case 0..<0x80: bytes.append(UInt8(valid))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | valid >> 6))
      bytes.append(UInt8(0x80 | valid & 0x3F))
    case 0x800..<0x1_0000:
      bytes.append(UInt8(0xE0 | valid >> 12))
      bytes.append(UInt8(0x80 | valid >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | valid & 0x3F))
    default:
      bytes.append(UInt8(0xF0 | valid >> 18))
      bytes.append(UInt8(0x80 | valid >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | valid >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | valid & 0x3F))
    }
  }
}

/// The classes of characters that Go's unicode and strconv packages tell apart.
package enum UnicodeClass {
  /// A letter, decimal digit or underscore: what identifiers consist of.
  package static func isWord(_ scalar: UInt32) -> Bool {
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

  /// What strconv prints as it is: letters, marks, numbers, punctuation, symbols and the ASCII space.
  package static func isPrintable(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar >= 0x20 && scalar < 0x7F }
    guard let character = Unicode.Scalar(scalar) else { return false }
    switch character.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }
}
