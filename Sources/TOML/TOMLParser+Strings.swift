import SourceText
import Values

extension TOMLParser {
  /// Reads a value that begins with a quote, which has been read: one of three opens a text of several lines.
  mutating func parseQuoted(_ quote: UInt32) throws(TOMLError) -> Value {
    guard scanner.current == UInt8(quote), scanner.position + 1 < scanner.bytes.count,
      scanner.bytes[scanner.position + 1] == UInt8(quote)
    else { return try parseString(quote: quote) }
    scanner.position += 2
    return try parseMultiline(quote: quote)
  }

  /// Reads a string on one line behind its opening quote.
  mutating func parseString(quote: UInt32) throws(TOMLError) -> Value {
    let start = scanner.position
    var hasEscape = false
    while true {
      let rune = try scanner.next()
      if scanner.isAtEnd {
        throw scanner.failure("unexpected EOF; expected " + (quote == 0x22 ? "'\"'" : "\"'\""))
      }
      if TOMLScanner.isBreak(rune) { throw scanner.failureBeforeBreak("strings cannot contain newlines") }
      if rune == 0x5c && quote == 0x22 {
        hasEscape = true
        try checkEscape(from: start)
      } else if rune == quote {
        break
      }
    }
    return try string(start..<(scanner.position - 1), decodes: hasEscape)
  }

  private mutating func parseMultiline(quote: UInt32) throws(TOMLError) -> Value {
    let start = scanner.position
    var hasEscape = false
    while true {
      let rune = try scanner.next()
      if scanner.isAtEnd {
        throw scanner.failure("unexpected EOF; expected " + (quote == 0x22 ? "'\"\"\"'" : "\"'''\""))
      }
      if rune == 0x5c && quote == 0x22 {
        hasEscape = true
        if try TOMLScanner.isBreak(scanner.peek()) { _ = try scanner.next() } else { try checkEscape(from: start) }
      } else if rune == quote {
        let first = scanner.position - 1
        scanner.skip { $0 == UInt8(quote) }
        let count = scanner.position - first
        if count >= 6 {
          throw scanner.failure(quote == 0x22 ? "unexpected '\"\"\"\"\"\"'" : "unexpected \"''''''\"")
        }
        if count >= 3 { break }
      }
    }
    var range = start..<(scanner.position - 3)
    // A line break right behind the opening quotes does not count.
    if scanner.bytes[range].first == 0x0a {
      range = (start + 1)..<range.upperBound
    } else if scanner.bytes[range].starts(with: [0x0d, 0x0a]) {
      range = (start + 2)..<range.upperBound
    }
    return try string(range, decodes: hasEscape)
  }

  /// Checks that what follows a backslash is an escape.
  private mutating func checkEscape(from string: Int) throws(TOMLError) {
    let rune = try scanner.next()
    switch rune {
    case 0x62, 0x74, 0x6e, 0x66, 0x72, 0x65, 0x22, 0x20, 0x09, 0x5c: return
    case 0x78: try checkHexadecimal(2, "two hexadecimal digits after '\\x'", from: string)
    case 0x75: try checkHexadecimal(4, "four hexadecimal digits after '\\u'", from: string)
    case 0x55: try checkHexadecimal(8, "eight hexadecimal digits after '\\U'", from: string)
    default:
      var shown: [UInt8] = []
      Runes.append(rune, to: &shown)
      throw scanner.failure("invalid escape in string '\\\(String(decoding: shown, as: UTF8.self))'")
    }
  }

  private mutating func checkHexadecimal(_ count: Int, _ wanted: String, from string: Int) throws(TOMLError) {
    for _ in 0..<count {
      let rune = try scanner.next()
      guard TOMLScanner.isHexadecimal(rune), !scanner.isAtEnd else {
        let shown = GoQuote.quoted(ByteString(scanner.bytes[string..<scanner.position])).string
        throw scanner.failure("expected \(wanted), but got \(shown) instead")
      }
    }
  }

  /// The value of a string's content.
  private func string(_ range: Range<Int>, decodes: Bool) throws(TOMLError) -> Value {
    guard decodes else { return places.verbatim(Array(scanner.bytes[range]), range) }
    var bytes: [UInt8] = []
    var pieces: [DecodedPiece] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let stop = scanner.bytes[at..<range.upperBound].firstIndex(of: UInt8(ascii: "\\")) ?? range.upperBound
      if stop > at {
        bytes.append(contentsOf: scanner.bytes[at..<stop])
        pieces.append(DecodedPiece(end: bytes.count, source: at, sourceCount: stop - at, isVerbatim: true))
      }
      guard stop < range.upperBound else { break }
      let before = bytes.count
      at = try decodeEscape(at: stop, end: range.upperBound, into: &bytes)
      if bytes.count > before {
        pieces.append(DecodedPiece(end: bytes.count, source: stop, sourceCount: at - stop, isVerbatim: false))
      }
    }
    return places.decoded(bytes, pieces: pieces, of: range)
  }

  /// Decodes the escape at `start` and gives its end. A backslash at the end of a line takes the white space behind
  /// it along.
  private func decodeEscape(at start: Int, end: Int, into bytes: inout [UInt8]) throws(TOMLError) -> Int {
    let letter = scanner.bytes[start + 1]
    switch letter {
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "n"): bytes.append(0x0a)
    case UInt8(ascii: "f"): bytes.append(0x0c)
    case UInt8(ascii: "r"): bytes.append(0x0d)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(letter)
    case UInt8(ascii: "e"): bytes.append(0x1b)
    case UInt8(ascii: "x"): return try decodeCodePoint(at: start, 2, into: &bytes)
    case UInt8(ascii: "u"): return try decodeCodePoint(at: start, 4, into: &bytes)
    case UInt8(ascii: "U"): return try decodeCodePoint(at: start, 8, into: &bytes)
    default:
      var at = start + 1
      while at < end, scanner.bytes[at] == 0x20 || scanner.bytes[at] == 0x09 { at += 1 }
      guard at < end, scanner.bytes[at] == 0x0a || scanner.bytes[at] == 0x0d else {
        throw scanner.failure("invalid escape: '\\\(Character(Unicode.Scalar(letter)))'")
      }
      while at < end, [0x20, 0x09, 0x0a, 0x0d].contains(scanner.bytes[at]) { at += 1 }
      return at
    }
    return start + 2
  }

  private func decodeCodePoint(at start: Int, _ count: Int, into bytes: inout [UInt8]) throws(TOMLError) -> Int {
    let digits = String(decoding: scanner.bytes[(start + 2)..<(start + 2 + count)], as: UTF8.self)
    let value = UInt32(digits, radix: 16) ?? 0x110000
    guard Unicode.Scalar(value) != nil else {
      throw scanner.failure("Escaped character '\\u\(digits)' is not valid UTF-8.")
    }
    Runes.append(value, to: &bytes)
    return start + 2 + count
  }
}
