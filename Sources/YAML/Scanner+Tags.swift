import SourceText

extension Scanner {
  // MARK: Directives

  /// Scans `%YAML` and `%TAG`.
  mutating func scanDirective() throws(YAMLError) {
    let start = position
    let startLine = line
    position += 1
    let name = position
    skipWord()
    if position == name { throw failure("could not find expected directive name") }
    if !isBlankBreakOrEnd(position) { throw failure("found unexpected non-alphabetical character") }
    var token: Token
    if equals("YAML", name) {
      token = try scanVersion()
    } else if equals("TAG", name) {
      token = try scanTagDirective()
    } else {
      throw failure("found unknown directive name")
    }
    token.start = Int32(start)
    token.line = Int32(startLine)
    token.end = Int32(position)
    try skipToEndOfHeader()
    tokens.append(token)
  }

  private func equals(_ word: StaticString, _ start: Int) -> Bool {
    guard position - start == word.utf8CodeUnitCount else { return false }
    for index in 0..<word.utf8CodeUnitCount where text[start + index] != word.utf8Start[index] { return false }
    return true
  }

  private mutating func scanVersion() throws(YAMLError) -> Token {
    position = skipBlanks(from: position)
    let major = try scanVersionNumber()
    if text[position] != UInt8(ascii: ".") { throw failure("did not find expected digit or '.' character") }
    position += 1
    let minor = try scanVersionNumber()
    return Token(kind: .versionDirective, start: 0, end: 0, line: 0, contentStart: minor, indent: major)
  }

  private mutating func scanVersionNumber() throws(YAMLError) -> Int32 {
    var number: Int32 = 0
    var length = 0
    while text[position] &- 48 < 10 {
      length += 1
      if length > 2 { throw failure("found extremely long version number") }
      number = number * 10 + Int32(text[position] - 48)
      position += 1
    }
    if length == 0 { throw failure("did not find expected version number") }
    return number
  }

  /// The token's content is the prefix; `indent` is where the handle begins.
  private mutating func scanTagDirective() throws(YAMLError) -> Token {
    position = skipBlanks(from: position)
    let handle = position
    try scanTagHandle(isDirective: true)
    if !isBlank(position) { throw failure("did not find expected whitespace") }
    position = skipBlanks(from: position)
    let prefix = position
    try scanURI(hasHead: false)
    let end = position
    if !isBlankBreakOrEnd(position) { throw failure("did not find expected whitespace or line break") }
    return Token(
      kind: .tagDirective, start: 0, end: 0, line: 0, contentStart: Int32(prefix), contentEnd: Int32(end),
      indent: Int32(handle))
  }

  // MARK: Anchors and tags

  /// Letters, digits, `_` and `-`.
  mutating func skipWord() {
    while Scanner.isWord(text[position]) { position &+= 1 }
  }

  static func isWord(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  mutating func scanAnchor(_ kind: Token.Kind) throws(YAMLError) {
    let start = position
    position += 1
    skipWord()
    if position == start + 1 || !endsAnchor(position) {
      throw failure("did not find expected alphabetic or numeric character")
    }
    tokens.append(
      Token(
        kind: kind, start: Int32(start), end: Int32(position), line: Int32(line), contentStart: Int32(start + 1),
        contentEnd: Int32(position)))
  }

  private func endsAnchor(_ at: Int) -> Bool {
    switch text[at] {
    case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"),
      UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      true
    default: isBlankBreakOrEnd(at)
    }
  }

  /// Scans `!<uri>`, `!suffix` or `!handle!suffix`. The token's content is the suffix; between the token's start and
  /// it stands the handle, which is empty for the verbatim form and for `!` alone.
  mutating func scanTag() throws(YAMLError) {
    let start = position
    var suffix: Int
    var end: Int
    if text[position + 1] == UInt8(ascii: "<") {
      position += 2
      suffix = position
      try scanURI(hasHead: false)
      end = position
      if text[position] != UInt8(ascii: ">") { throw failure("did not find the expected '>'") }
      position += 1
    } else {
      try scanTagHandle(isDirective: false)
      let hasHandle = position > start + 1 && text[position - 1] == UInt8(ascii: "!")
      suffix = hasHandle ? position : start + 1
      try scanURI(hasHead: !hasHandle)
      end = position
      if !hasHandle && end == suffix { suffix = start }
    }
    if !isBlankBreakOrEnd(position) { throw failure("did not find expected whitespace or line break") }
    tokens.append(
      Token(
        kind: .tag, start: Int32(start), end: Int32(position), line: Int32(line), contentStart: Int32(suffix),
        contentEnd: Int32(end)))
  }

  private mutating func scanTagHandle(isDirective: Bool) throws(YAMLError) {
    let start = position
    if text[position] != UInt8(ascii: "!") { throw failure("did not find expected '!'") }
    position += 1
    skipWord()
    if text[position] == UInt8(ascii: "!") {
      position += 1
    } else if isDirective && position - start != 1 {
      throw failure("did not find expected '!'")
    }
  }

  private mutating func scanURI(hasHead: Bool) throws(YAMLError) {
    var hasTag = hasHead
    while Scanner.isURI(text[position]) {
      if text[position] == UInt8(ascii: "%") { try checkURIEscape() } else { position += 1 }
      hasTag = true
    }
    if !hasTag { throw failure("did not find expected tag URI") }
  }

  private static func isURI(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "@"),
      UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "$"), UInt8(ascii: "."),
      UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "*"), UInt8(ascii: "'"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"):
      true
    default: isWord(byte)
    }
  }

  /// Checks the escaped octets of one code point.
  private mutating func checkURIEscape() throws(YAMLError) {
    var remaining = 0
    var isFirst = true
    repeat {
      guard text[position] == UInt8(ascii: "%"), let high = Escapes.hexDigit(text[position + 1]),
        let low = Escapes.hexDigit(text[position + 2])
      else { throw failure("did not find URI escaped octet") }
      let octet = high << 4 | low
      if isFirst {
        switch octet {
        case 0..<0x80: remaining = 1
        case 0xc0..<0xe0: remaining = 2
        case 0xe0..<0xf0: remaining = 3
        case 0xf0..<0xf8: remaining = 4
        default: throw failure("found an incorrect leading UTF-8 octet")
        }
        isFirst = false
      } else if octet & 0xc0 != 0x80 {
        throw failure("found an incorrect trailing UTF-8 octet")
      }
      position += 3
      remaining -= 1
    } while remaining > 0
  }
}
