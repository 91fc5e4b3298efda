import SourceText

extension Scanner {
  // MARK: Plain

  /// Scans an unquoted scalar, which goes on over line breaks while the lines are indented.
  mutating func scanPlainScalar() throws(YAMLError) {
    let start = position
    let startLine = line
    let least = indent + 1
    var end = start
    var endLine = startLine
    var afterBreak = false
    while true {
      if column == 0 && isDocumentIndicator(position) { break }
      if text[position] == UInt8(ascii: "#") { break }
      let stop = endOfPlainStretch(from: position)
      if stop > position {
        advance(to: stop)
        afterBreak = false
        end = stop
        endLine = line
      }
      guard isBlank(position) || isBreak(position) else { break }
      try skipBlanksInPlain(least: least, afterBreak: &afterBreak)
      if flowLevel == 0 && column < least { break }
    }
    tokens.append(
      Token(
        kind: .scalar, isVerbatim: endLine == startLine, start: Int32(start), end: Int32(end),
        line: Int32(startLine), contentStart: Int32(start), contentEnd: Int32(end)))
    if afterBreak { isSimpleKeyAllowed = true }
  }

  /// Where a stretch without white space ends that a plain scalar can hold.
  @inline(__always)
  private func endOfPlainStretch(from start: Int) -> Int {
    var at = start
    while true {
      let byte = text[at]
      if byte <= 0x20 {
        // Zero is the end, a tab and the breaks are white space; other control characters are not let in.
        return at
      }
      if byte == UInt8(ascii: ":") {
        if isBlankBreakOrEnd(at &+ 1) { return at }
      } else if byte >= 0x80 {
        if wideBreakLength(at: at) > 0 { return at }
      } else if flowLevel > 0, Scanner.endsPlainInFlow(byte) {
        return at
      }
      at &+= 1
    }
  }

  private static func endsPlainInFlow(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }

  private mutating func skipBlanksInPlain(least: Int, afterBreak: inout Bool) throws(YAMLError) {
    while true {
      if text[position] == 0x20 {
        position &+= 1
      } else if text[position] == 0x09 {
        if afterBreak && column < least { throw failure("found a tab character that violates indentation") }
        position &+= 1
      } else {
        let length = breakLength(at: position)
        guard length > 0 else { return }
        skipBreak(length)
        afterBreak = true
      }
    }
  }

  // MARK: Quoted

  mutating func scanQuotedScalar(_ style: YAMLScalarStyle) throws(YAMLError) {
    let start = position
    let startLine = line
    let isSingle = style == .singleQuoted
    let quote = text[position]
    var isVerbatim = true
    position += 1
    while true {
      if column == 0 && isDocumentIndicator(position) { throw failure("found unexpected document indicator") }
      if text[position] == 0 { throw failure("found unexpected end of stream") }
      isVerbatim = try skipQuotedStretch(isSingle: isSingle, quote: quote) && isVerbatim
      if text[position] == quote { break }
      skipBlanksInQuoted()
    }
    let content = start + 1
    tokens.append(
      Token(
        kind: .scalar, style: style, isVerbatim: isVerbatim && line == startLine, start: Int32(start),
        end: Int32(position + 1), line: Int32(startLine), contentStart: Int32(content), contentEnd: Int32(position)))
    position += 1
  }

  /// Skips to white space, the closing quote or the end; false when there was an escape.
  private mutating func skipQuotedStretch(isSingle: Bool, quote: UInt8) throws(YAMLError) -> Bool {
    var isVerbatim = true
    var at = position
    while true {
      let byte = text[at]
      if byte <= 0x20 { break }
      if byte == quote {
        guard isSingle && text[at + 1] == quote else { break }
        isVerbatim = false
        at += 2
      } else if byte == UInt8(ascii: "\\") && !isSingle {
        isVerbatim = false
        let length = breakLength(at: at + 1)
        if length > 0 {
          advance(to: at + 1)
          skipBreak(length)
          at = position
          break
        }
        advance(to: at)
        at = try endOfEscape(at)
      } else if byte >= 0x80 && wideBreakLength(at: at) > 0 {
        break
      } else {
        at &+= 1
      }
    }
    advance(to: at)
    return isVerbatim
  }

  private mutating func skipBlanksInQuoted() {
    while true {
      if isBlank(position) {
        position &+= 1
      } else {
        let length = breakLength(at: position)
        guard length > 0 else { return }
        skipBreak(length)
      }
    }
  }

  /// Checks the escape at `at` and gives its end.
  private mutating func endOfEscape(_ at: Int) throws(YAMLError) -> Int {
    guard let length = Escapes.digits(after: text[at + 1]) else { throw failure("found unknown escape character") }
    guard length > 0 else { return at + 2 }
    var value: UInt32 = 0
    position = at + 2
    for offset in 0..<length {
      guard let digit = Escapes.hexDigit(text[at + 2 + offset]) else {
        throw failure("did not find expected hexdecimal number")
      }
      value = value << 4 | UInt32(digit)
    }
    if (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff {
      throw failure("found invalid Unicode character escape code")
    }
    return at + 2 + length
  }

  // MARK: Block

  mutating func scanBlockScalar(_ style: YAMLScalarStyle) throws(YAMLError) {
    let start = position
    let startLine = line
    position += 1
    var chomping = Chomping.clip
    var written = 0
    try scanBlockHeader(&chomping, &written)
    try skipToEndOfHeader()
    var blockIndent = 0
    if written > 0 { blockIndent = indent >= 0 ? indent + written : written }
    let content = position
    var end = position
    try skipBlockBreaks(&blockIndent, &end)
    while column == blockIndent && text[position] != 0 {
      advance(to: endOfLine(from: position))
      let length = breakLength(at: position)
      if length > 0 { skipBreak(length) }
      end = position
      try skipBlockBreaks(&blockIndent, &end)
    }
    tokens.append(
      Token(
        kind: .scalar, style: style, isVerbatim: false, chomping: chomping, start: Int32(start), end: Int32(end),
        line: Int32(startLine), contentStart: Int32(content), contentEnd: Int32(position),
        indent: Int32(blockIndent)))
  }

  private mutating func scanBlockHeader(_ chomping: inout Chomping, _ written: inout Int) throws(YAMLError) {
    for _ in 0..<2 {
      let byte = text[position]
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), chomping == .clip {
        chomping = byte == UInt8(ascii: "+") ? .keep : .strip
      } else if byte &- 48 < 10, written == 0 {
        if byte == 48 { throw failure("found an indentation indicator equal to 0") }
        written = Int(byte - 48)
      } else {
        return
      }
      position += 1
    }
  }

  /// Skips blanks, a comment and the line break behind a header or directive.
  mutating func skipToEndOfHeader() throws(YAMLError) {
    var at = skipBlanks(from: position)
    if text[at] == UInt8(ascii: "#") {
      let start = at
      at = endOfLine(from: at)
      if recordsComments { comments.append(ByteRange(start, at)) }
    }
    advance(to: at)
    if !isBreakOrEnd(at) { throw failure("did not find expected comment or line break") }
    let length = breakLength(at: at)
    if length > 0 { skipBreak(length) }
  }

  /// Skips indentation and empty lines; finds the scalar's indentation when `blockIndent` is 0.
  private mutating func skipBlockBreaks(_ blockIndent: inout Int, _ end: inout Int) throws(YAMLError) {
    var deepest = 0
    while true {
      while (blockIndent == 0 || column < blockIndent) && text[position] == 0x20 { position &+= 1 }
      deepest = max(deepest, column)
      if (blockIndent == 0 || column < blockIndent) && text[position] == 0x09 {
        throw failure("found a tab character where an indentation space is expected")
      }
      let length = breakLength(at: position)
      guard length > 0 else { break }
      skipBreak(length)
      end = position
    }
    if blockIndent == 0 { blockIndent = max(deepest, indent + 1, 1) }
  }
}

/// The escapes of double-quoted scalars.
enum Escapes {
  /// How many hexadecimal digits follow `\` and `letter`; nil when there is no such escape.
  static func digits(after letter: UInt8) -> Int? {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u"): 4
    case UInt8(ascii: "U"): 8
    default: scalar(of: letter) == nil ? nil : 0
    }
  }

  /// The code point of an escape of one letter.
  static func scalar(of letter: UInt8) -> UInt32? {
    switch letter {
    case UInt8(ascii: "0"): 0
    case UInt8(ascii: "a"): 0x07
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"), 0x09: 0x09
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "v"): 0x0b
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "e"): 0x1b
    case UInt8(ascii: " "): 0x20
    case UInt8(ascii: "\""): 0x22
    case UInt8(ascii: "'"): 0x27
    case UInt8(ascii: "\\"): 0x5c
    case UInt8(ascii: "N"): 0x85
    case UInt8(ascii: "_"): 0xa0
    case UInt8(ascii: "L"): 0x2028
    case UInt8(ascii: "P"): 0x2029
    default: nil
    }
  }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
