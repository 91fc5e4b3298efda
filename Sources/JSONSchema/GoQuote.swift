import SourceText

/// Go's quoted forms of text, as `%q` prints them.
enum GoQuote {
  /// A string in double quotes.
  static func quoted(_ text: ByteString) -> ByteString {
    var result = ByteString()
    result.append(UInt8(ascii: "\""))
    append(text, to: &result, quote: "\"")
    result.append(UInt8(ascii: "\""))
    return result
  }

  /// A character in single quotes.
  static func quoted(_ character: Unicode.Scalar) -> ByteString {
    var result: ByteString = "'"
    append(character, to: &result, quote: "'")
    result.append(UInt8(ascii: "'"))
    return result
  }

  private static func append(_ text: ByteString, to result: inout ByteString, quote: Unicode.Scalar) {
    var decoder = UTF8Scanner(text.bytes)
    while let element = decoder.next() {
      switch element {
      case .scalar(let scalar): append(scalar, to: &result, quote: quote)
      case .invalid(let byte): result.append("\\x" + hex(UInt32(byte), width: 2))
      }
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout ByteString, quote: Unicode.Scalar) {
    switch scalar {
    case quote, "\\": result.append("\\" + String(Character(scalar)))
    case "\u{07}": result.append("\\a")
    case "\u{08}": result.append("\\b")
    case "\u{0C}": result.append("\\f")
    case "\n": result.append("\\n")
    case "\r": result.append("\\r")
    case "\t": result.append("\\t")
    case "\u{0B}": result.append("\\v")
    default:
      if isPrintable(scalar) {
        result.append(String(Character(scalar)))
      } else if scalar.value < 0x20 || scalar.value == 0x7F {
        result.append("\\x" + hex(scalar.value, width: 2))
      } else if scalar.value < 0x10000 {
        result.append("\\u" + hex(scalar.value, width: 4))
      } else {
        result.append("\\U" + hex(scalar.value, width: 8))
      }
    }
  }

  /// Letters, marks, numbers, punctuation, symbols and the plain space.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
      .paragraphSeparator:
      return false
    default: return true
    }
  }

  private static func hex(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Walks bytes as Go's `range` walks a string: scalars, and single bytes where the text is not UTF-8.
struct UTF8Scanner {
  enum Element {
    case scalar(Unicode.Scalar)
    case invalid(UInt8)
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Element? {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    let length = UTF8Scanner.length(first)
    if length == 1 {
      index += 1
      return .scalar(Unicode.Scalar(first))
    }
    if length > 1, index + length <= bytes.count,
      let text = String(validating: bytes[index..<(index + length)], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    {
      index += length
      return .scalar(scalar)
    }
    index += 1
    return .invalid(first)
  }

  /// The count of scalars, each invalid byte being one, as Go counts runes.
  static func count(_ text: ByteString) -> Int {
    if text.bytes.allSatisfy({ $0 < 0x80 }) { return text.count }
    var scanner = UTF8Scanner(text.bytes)
    var count = 0
    while scanner.next() != nil { count += 1 }
    return count
  }

  private static func length(_ byte: UInt8) -> Int {
    switch byte {
    case 0..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }
}
