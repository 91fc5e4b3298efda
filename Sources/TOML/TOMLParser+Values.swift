import SourceText
import Values

extension TOMLParser {
  /// Reads a value behind `=`, a comma or a bracket.
  mutating func parseValue(inArray: Bool = false) throws(TOMLError) -> Value {
    scanner.skipBlanks()
    let start = scanner.position
    let rune = try scanner.next()
    if scanner.isAtEnd { throw scanner.failure("unexpected EOF; expected value") }
    switch rune {
    case 0x5b: return try nested { (parser) throws(TOMLError) in try parser.parseArray() }
    case 0x7b: return try nested { (parser) throws(TOMLError) in try parser.parseInlineTable(inArray: inArray) }
    case 0x22, 0x27: return try parseQuoted(rune)
    case 0x2e: throw scanner.failure("floats must start with a digit, not '.'")
    case 0x2b, 0x2d: return try parseSigned(from: start)
    case 0x30...0x39: return try parseNumberOrDate(rune, from: start)
    default: break
    }
    if rune == 0x69 || rune == 0x6e {
      if acceptInfinityOrNaN() { return try float(start) }
      // The library unreads one character only, however many it has looked at.
      return try parseWord(from: scanner.position - 1)
    }
    guard TOMLParser.isLetter(rune) else {
      throw scanner.failureBeforeBreak(
        ifBreak: rune, "expected value but found \(TOMLScanner.quoted(rune)) instead")
    }
    return try parseWord(from: start)
  }

  /// Reads the rest of `inf` or `nan`.
  private mutating func acceptInfinityOrNaN() -> Bool {
    (scanner.accept("n") && scanner.accept("f")) || (scanner.accept("a") && scanner.accept("n"))
  }

  private mutating func nested(
    _ body: (inout TOMLParser) throws(TOMLError) -> Value
  ) throws(TOMLError) -> Value {
    depth += 1
    defer { depth -= 1 }
    if depth > TOMLParser.maximumDepth { throw scanner.failure("value is nested too deeply") }
    return try body(&self)
  }

  private static func isLetter(_ rune: UInt32) -> Bool {
    if rune < 0x80 { return (rune | 0x20) &- 97 < 26 }
    return Unicode.Scalar(rune)?.properties.isAlphabetic ?? false
  }

  private mutating func parseWord(from start: Int) throws(TOMLError) -> Value {
    scanner.position = start
    while true {
      let rune = try scanner.peek()
      guard TOMLParser.isLetter(rune), scanner.position < scanner.bytes.count else { break }
      _ = try scanner.next()
    }
    let range = start..<scanner.position
    let word = ByteString(scanner.bytes[range])
    switch word {
    case "true": return .bool(true, origin: places.origin(of: range))
    case "false": return .bool(false, origin: places.origin(of: range))
    default:
      try scanner.lookPast()
      throw scanner.failure("expected value but found \(GoQuote.quoted(word).string) instead")
    }
  }

  // MARK: Arrays

  private mutating func parseArray() throws(TOMLError) -> Value {
    let start = scanner.position - 1
    var elements: [Value] = []
    while true {
      var rune = try skipInArray()
      if rune == 0x2c { throw scanner.failure("unexpected comma") }
      if rune == 0x5d { break }
      if !scanner.isAtEnd { scanner.unread(rune) }
      elements.append(try parseValue(inArray: true))
      rune = try skipInArray()
      if rune == 0x5d { break }
      if rune != 0x2c {
        throw scanner.failure("expected a comma (',') or array terminator (']'), but got \(scanner.plain(rune))")
      }
    }
    return .list(elements, origin: places.origin(of: start..<scanner.position))
  }

  /// Reads on to what is neither white space nor comment.
  private mutating func skipInArray() throws(TOMLError) -> UInt32 {
    while true {
      let rune = try scanner.next()
      if TOMLScanner.isBlank(rune) || TOMLScanner.isBreak(rune) { continue }
      if rune != 0x23 { return rune }
      try scanner.skipComment()
    }
  }

  // MARK: Numbers and dates

  private mutating func parseSigned(from start: Int) throws(TOMLError) -> Value {
    let rune = try scanner.next()
    switch rune {
    case 0x69:
      if scanner.accept("n"), scanner.accept("f") { return try float(start) }
      throw scanner.failure("invalid float: '\(text(from: start).string)'")
    case 0x6e:
      if scanner.accept("a"), scanner.accept("n") { return try float(start) }
      throw scanner.failure("invalid float: '\(text(from: start).string)'")
    case 0x30:
      let base = try scanner.peek()
      if base == 0x62 || base == 0x6f || base == 0x78 {
        let shown = text(from: start).string + String(Character(Unicode.Scalar(UInt8(base))))
        throw scanner.failure("cannot use sign with non-decimal numbers: '\(shown)'")
      }
    case 0x2e: throw scanner.failure("floats must start with a digit, not '.'")
    default: break
    }
    guard TOMLScanner.isDigit(rune), !scanner.isAtEnd else {
      throw scanner.failure("expected a digit but got \(TOMLScanner.quoted(rune))")
    }
    return try parseDecimal(from: start)
  }

  private mutating func parseNumberOrDate(_ first: UInt32, from start: Int) throws(TOMLError) -> Value {
    if first == 0x30 {
      switch scanner.current {
      case UInt8(ascii: "b"): return try parseBased(start, "a binary") { $0 == 0x30 || $0 == 0x31 }
      case UInt8(ascii: "o"): return try parseBased(start, "an octal") { $0 &- 48 < 8 }
      case UInt8(ascii: "x"): return try parseBased(start, "a hexadecimal", TOMLScanner.isHexadecimal)
      default: break
      }
    }
    scanner.skip { $0 &- 48 < 10 }
    if scanner.current == UInt8(ascii: "-") || scanner.current == UInt8(ascii: ":") {
      return try parseDate(from: start)
    }
    return try parseDecimal(from: start)
  }

  private mutating func parseBased(
    _ start: Int, _ name: String, _ isDigit: (UInt32) -> Bool
  ) throws(TOMLError) -> Value {
    scanner.position += 1
    let rune = try scanner.peek()
    guard isDigit(rune), scanner.position < scanner.bytes.count else {
      var shown: [UInt8] = text(from: start).bytes
      Runes.append(rune, to: &shown)
      throw scanner.failure("not \(name) number: '\(String(decoding: shown, as: UTF8.self))'")
    }
    scanner.skip { isDigit(UInt32($0)) || $0 == UInt8(ascii: "_") }
    return try integer(start)
  }

  private mutating func parseDecimal(from start: Int) throws(TOMLError) -> Value {
    scanner.skip { $0 &- 48 < 10 || $0 == UInt8(ascii: "_") }
    switch scanner.current {
    case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      scanner.skip { byte in
        byte &- 48 < 10 || byte | 0x20 == UInt8(ascii: "e") || [0x5f, 0x2e, 0x2d, 0x2b].contains(byte)
      }
      return try float(start)
    default: return try integer(start)
    }
  }

  private func text(from start: Int) -> ByteString { ByteString(scanner.bytes[start..<scanner.position]) }

  private mutating func integer(_ start: Int) throws(TOMLError) -> Value {
    try scanner.lookPast()
    let text = text(from: start)
    let shown = GoQuote.quoted(text).string
    guard TOMLNumber.underscoresAreSurrounded(text.bytes) else {
      throw scanner.failure("Invalid integer \(shown): underscores must be surrounded by digits")
    }
    if TOMLNumber.hasLeadingZero(text.bytes) {
      throw scanner.failure("Invalid integer \(shown): cannot have leading zeroes")
    }
    guard let number = TOMLNumber.integer(text.bytes) else {
      throw scanner.failure("\(text.string) is out of range for int64")
    }
    return .int64(number, origin: places.origin(of: start..<scanner.position))
  }

  private mutating func float(_ start: Int) throws(TOMLError) -> Value {
    try scanner.lookPast()
    let text = text(from: start)
    let shown = GoQuote.quoted(text).string
    let parts = text.bytes.split { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    let isWord = text.bytes.contains(UInt8(ascii: "n"))
    for part in parts where !isWord && !TOMLNumber.underscoresAreSurrounded(Array(part)) {
      throw scanner.failure("Invalid float \(shown): underscores must be surrounded by digits")
    }
    if let first = parts.first, !isWord, TOMLNumber.hasLeadingZero(Array(first)) {
      throw scanner.failure("Invalid float \(shown): cannot have leading zeroes")
    }
    guard TOMLNumber.pointsAreFollowed(text.bytes) else {
      throw scanner.failure("Invalid float \(shown): '.' must be followed by one or more digits")
    }
    guard let number = TOMLNumber.float(text.bytes) else { throw scanner.failure("Invalid float value: \(shown)") }
    if number.isInfinite && !isWord { throw scanner.failure("\(text.string) is out of range for float64") }
    return .float(number, origin: places.origin(of: start..<scanner.position))
  }

  private mutating func parseDate(from start: Int) throws(TOMLError) -> Value {
    scanner.skip { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "T"),
        UInt8(ascii: "t"), UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "Z"), UInt8(ascii: "z"),
        UInt8(ascii: "+"):
        true
      default: false
      }
    }
    try scanner.lookPast()
    var text = text(from: start)
    while text.bytes.last == UInt8(ascii: " ") { text.bytes.removeLast() }
    guard let time = TOMLTime.read(text.bytes) else {
      throw scanner.failure("invalid datetime: \(GoQuote.quoted(text).string)")
    }
    return Value(.object(time), origin: places.origin(of: start..<(start + text.count)))
  }
}

extension TOMLScanner {
  /// The next byte; zero at the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  mutating func skip(while matches: (UInt8) -> Bool) {
    while position < bytes.count, matches(bytes[position]) { position += 1 }
  }

  /// Goes back before a code point that was just read.
  mutating func unread(_ rune: UInt32) {
    position -= rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4
    if rune == 0x0a { line -= 1 }
  }

  /// Looks at what stands behind a token, as the library does to find its end: that may be an error of its own, and
  /// the end of the text once seen stays seen.
  mutating func lookPast() throws(TOMLError) {
    let (position, line) = (position, line)
    _ = try next()
    (self.position, self.line) = (position, line)
  }
}

/// The rules of TOML for numbers that Go's parsers do not know.
enum TOMLNumber {
  static func underscoresAreSurrounded(_ text: [UInt8]) -> Bool {
    var isDigit = false
    for byte in text {
      if byte == UInt8(ascii: "_") && !isDigit { return false }
      isDigit = TOMLScanner.isHexadecimal(UInt32(byte))
    }
    return isDigit
  }

  static func hasLeadingZero(_ text: [UInt8]) -> Bool {
    if text.count > 1, text[0] == 48, ![0x62, 0x6f, 0x78].contains(text[1]) { return true }
    return text.count > 2 && (text[0] == 0x2b || text[0] == 0x2d) && text[1] == 48
  }

  static func pointsAreFollowed(_ text: [UInt8]) -> Bool {
    var afterPoint = false
    for byte in text {
      if afterPoint && byte &- 48 >= 10 { return false }
      afterPoint = byte == UInt8(ascii: ".")
    }
    return !afterPoint
  }

  static func integer(_ text: [UInt8]) -> Int64? {
    let digits = String(decoding: text.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return Int64(digits.dropFirst(2), radix: radix)
    }
    return Int64(digits)
  }

  static func float(_ text: [UInt8]) -> Double? {
    switch ByteString(text) {
    case "inf", "+inf": return .infinity
    case "-inf": return -.infinity
    case "nan", "+nan": return .nan
    case "-nan": return -.nan
    default: return DecimalParsing.double(text.filter { $0 != UInt8(ascii: "_") })
    }
  }
}
