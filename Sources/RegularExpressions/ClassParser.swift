import SourceText

/// Character classes and escapes.
extension PatternParser {
  /// `[…]`; `rest` begins at the bracket.
  mutating func parseClass() throws(RegularExpressionError) -> ScalarSet {
    let start = rest
    rest = rest.dropFirst()
    let isNegated = rest.first == UInt8(ascii: "^")
    if isNegated { rest = rest.dropFirst() }
    var ranges: [ScalarRange] = []
    var isFirst = true
    while rest.first != UInt8(ascii: "]") || isFirst {
      isFirst = false
      if let set = try parsePosixClass() {
        ranges += set.ranges
        continue
      }
      if let set = try parseNamedClass() {
        ranges += set.ranges
        continue
      }
      let rangeStart = rest
      let low = try parseClassScalar(of: start)
      var high = low
      // A hyphen before the bracket stands for itself.
      if rest.count >= 2, rest.first == UInt8(ascii: "-"), rest.dropFirst().first != UInt8(ascii: "]") {
        rest = rest.dropFirst()
        high = try parseClassScalar(of: start)
        guard low <= high else {
          throw PatternFault.invalidCharacterRange.error(rangeStart[..<rest.startIndex])
        }
      }
      let range = ScalarRange(low, high)
      ranges += flags.foldsCase ? CaseFolding.closed([range]).ranges : [range]
    }
    rest = rest.dropFirst()
    let set = ScalarSet(ranges)
    return isNegated ? set.inverted : set
  }

  private mutating func parseClassScalar(of whole: ArraySlice<UInt8>) throws(RegularExpressionError) -> UInt32 {
    guard let first = rest.first else { throw PatternFault.missingBracket.error(whole) }
    return first == UInt8(ascii: "\\") ? try parseEscape() : try nextScalar()
  }

  /// `[:alpha:]` inside a class; nil when there is none.
  private mutating func parsePosixClass() throws(RegularExpressionError) -> ScalarSet? {
    guard rest.count > 2, rest.starts(with: [UInt8(ascii: "["), UInt8(ascii: ":")]) else { return nil }
    let inner = rest.dropFirst(2)
    let closing = inner.indices.first {
      inner[$0] == UInt8(ascii: ":") && $0 + 1 < inner.endIndex && inner[$0 + 1] == UInt8(ascii: "]")
    }
    guard let closing else { return nil }
    var name = inner[..<closing]
    let isNegated = name.first == UInt8(ascii: "^")
    if isNegated { name = name.dropFirst() }
    guard let ranges = NamedClasses.posix(String(decoding: name, as: UTF8.self)) else {
      throw PatternFault.invalidCharacterRange.error(rest[..<(closing + 2)])
    }
    rest = rest[(closing + 2)...]
    return group(ranges, isNegated: isNegated)
  }

  /// `\p{…}`, `\d` and the like; nil when there is none.
  mutating func parseNamedClass() throws(RegularExpressionError) -> ScalarSet? {
    if let set = try parseUnicodeClass() { return set }
    return parsePerlClass()
  }

  /// `\d`, `\s`, `\w` and their opposites; nil when there is none.
  private mutating func parsePerlClass() -> ScalarSet? {
    guard rest.first == UInt8(ascii: "\\"), let letter = rest.dropFirst().first,
      let ranges = NamedClasses.perl(letter | 0x20)
    else { return nil }
    rest = rest.dropFirst(2)
    return group(ranges, isNegated: letter & 0x20 == 0)
  }

  private func group(_ ranges: [ScalarRange], isNegated: Bool) -> ScalarSet {
    let set = flags.foldsCase ? CaseFolding.closed(ranges) : ScalarSet(ranges)
    return isNegated ? set.inverted : set
  }

  /// `\pL`, `\p{Greek}`, `\P{^Lu}`; nil when there is none.
  private mutating func parseUnicodeClass() throws(RegularExpressionError) -> ScalarSet? {
    guard rest.first == UInt8(ascii: "\\"), let letter = rest.dropFirst().first, letter | 0x20 == UInt8(ascii: "p")
    else { return nil }
    let start = rest
    var isNegated = letter == UInt8(ascii: "P")
    var name: ArraySlice<UInt8>
    var after: Int
    let (scalar, width) = try PatternParser.scalar(rest.dropFirst(2))
    if scalar == UInt32(UInt8(ascii: "{")) {
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
        try PatternParser.checkUTF8(rest)
        throw PatternFault.invalidCharacterRange.error(rest)
      }
      name = rest[(rest.startIndex + 3)..<end]
      after = end + 1
      try PatternParser.checkUTF8(name)
    } else {
      after = rest.startIndex + 2 + width
      name = rest[(rest.startIndex + 2)..<after]
    }
    if name.first == UInt8(ascii: "^") {
      isNegated.toggle()
      name = name.dropFirst()
    }
    guard let (set, folds) = namedClasses[name] ?? UnicodeClasses.named(name) else {
      throw PatternFault.invalidCharacterRange.error(start[..<after])
    }
    namedClasses[name] = (set, folds)
    rest = rest[after...]
    let closed = flags.foldsCase && folds ? CaseFolding.closed(set.ranges) : set
    return isNegated ? closed.inverted : closed
  }

  // MARK: Escapes

  /// An escape that stands for one character; `rest` begins at the backslash.
  mutating func parseEscape() throws(RegularExpressionError) -> UInt32 {
    let start = rest
    rest = rest.dropFirst()
    if rest.isEmpty { throw PatternFault.trailingBackslash.error([]) }
    let scalar = try nextScalar()
    if let value = try escapeValue(scalar) { return value }
    throw PatternFault.invalidEscape.error(start[..<rest.startIndex])
  }

  private mutating func escapeValue(_ scalar: UInt32) throws(RegularExpressionError) -> UInt32? {
    guard let letter = UInt8(exactly: scalar), letter < 0x80 else { return nil }
    switch letter {
    case UInt8(ascii: "1")...UInt8(ascii: "7"):
      // A single digit would be a reference to a group, which RE2 does not have.
      guard let next = rest.first, PatternParser.isOctal(next) else { return nil }
      return octal(letter)
    case UInt8(ascii: "0"): return octal(letter)
    case UInt8(ascii: "x"): return try hexadecimal()
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "v"): return 11
    case UInt8(ascii: "_"): return scalar
    default: return Scalars.isWord(letter) ? nil : scalar
    }
  }

  private static func isOctal(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "7") }

  private mutating func octal(_ first: UInt8) -> UInt32 {
    let digits = rest.prefix(2).prefix(while: PatternParser.isOctal)
    rest = rest.dropFirst(digits.count)
    return digits.reduce(UInt32(first - 48)) { $0 * 8 + UInt32($1 - 48) }
  }

  /// `\x41` or `\x{1F642}`, after the `x`.
  private mutating func hexadecimal() throws(RegularExpressionError) -> UInt32? {
    if rest.isEmpty { return nil }
    let first = try nextScalar()
    guard first == UInt32(UInt8(ascii: "{")) else {
      let second = try nextScalar()
      guard let high = PatternParser.hexadecimal(first), let low = PatternParser.hexadecimal(second) else {
        return nil
      }
      return high * 16 + low
    }
    var value: UInt32 = 0
    var count = 0
    while !rest.isEmpty {
      let scalar = try nextScalar()
      if scalar == UInt32(UInt8(ascii: "}")) { return count > 0 ? value : nil }
      guard let digit = PatternParser.hexadecimal(scalar) else { return nil }
      value = value * 16 + digit
      if value > Scalars.highest { return nil }
      count += 1
    }
    return nil
  }

  private static func hexadecimal(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46: scalar - 0x41 + 10
    case 0x61...0x66: scalar - 0x61 + 10
    default: nil
    }
  }
}

/// The classes with names of their own; all of ASCII.
enum NamedClasses {
  /// By the lower-case letter of `\d`, `\s`, `\w`.
  static func perl(_ letter: UInt8) -> [ScalarRange]? {
    switch letter {
    case UInt8(ascii: "d"): ranges("09")
    case UInt8(ascii: "s"): ranges("\t\n\u{C}\r  ")
    case UInt8(ascii: "w"): ranges("09AZ__az")
    default: nil
    }
  }

  static func posix(_ name: String) -> [ScalarRange]? {
    switch name {
    case "alnum": ranges("09AZaz")
    case "alpha": ranges("AZaz")
    case "ascii": ranges("\u{0}\u{7F}")
    case "blank": ranges("\t\t  ")
    case "cntrl": ranges("\u{0}\u{1F}\u{7F}\u{7F}")
    case "digit": ranges("09")
    case "graph": ranges("!~")
    case "lower": ranges("az")
    case "print": ranges(" ~")
    case "punct": ranges("!/:@[`{~")
    case "space": ranges("\t\r  ")
    case "upper": ranges("AZ")
    case "word": ranges("09AZ__az")
    case "xdigit": ranges("09AFaf")
    default: nil
    }
  }

  /// Each two characters are the ends of a range.
  private static func ranges(_ ends: StaticString) -> [ScalarRange] {
    ends.withUTF8Buffer { bytes in
      stride(from: 0, to: bytes.count - 1, by: 2).map { ScalarRange(UInt32(bytes[$0]), UInt32(bytes[$0 + 1])) }
    }
  }
}
