import SourceText

/// Splits a template into tokens, on demand and exactly as Go's text/template does, with the delimiters `{{` and `}}`.
///
/// A fault is a token of kind `error`, described by `fault`; `recover` goes on behind it.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  /// Where the current token starts, and on which line.
  var start = 0
  var startLine = 1
  var line = 1
  var parenthesisDepth = 0
  var isInsideAction = false
  var isAtEnd = false
  /// Describes the last `error` token.
  var fault = (code: ParseFailure.Code.syntax, message: ByteString())

  init(_ text: ByteString) { bytes = text.bytes }

  mutating func nextToken() -> Token {
    isInsideAction ? insideAction() : text()
  }

  /// Goes on after an error token: behind the next `}}`, or at a `{{` that comes first.
  mutating func recover(from offset: Int) {
    position = offset
    let close = find(UInt8(ascii: "}"), from: offset)
    let open = find(UInt8(ascii: "{"), from: offset)
    switch (close, open) {
    case (let close?, let open?) where open < close: position = open
    case (let close?, _): position = close + 2
    case (nil, let open?): position = open
    case (nil, nil): position = bytes.count
    }
    start = position
    startLine = 1 + countNewlines(0..<position)
    line = startLine
    isInsideAction = false
    isAtEnd = false
    parenthesisDepth = 0
  }

  // MARK: Text

  private mutating func text() -> Token {
    guard let open = find(UInt8(ascii: "{"), from: position) else {
      position = bytes.count
      guard position > start else { return take(.endOfFile) }
      line += countNewlines(start..<position)
      return take(.text)
    }
    guard open > position else { return leftDelimiter() }
    position = open
    let trimmed = hasLeftTrimMarker(open + 2) ? countTrailingSpace(start..<open) : 0
    position -= trimmed
    line += countNewlines(start..<position)
    let token = take(.text)
    position += trimmed
    skip()
    return token.end > token.start ? token : leftDelimiter()
  }

  private mutating func leftDelimiter() -> Token {
    position += 2
    let marker = hasLeftTrimMarker(position) ? 2 : 0
    if matches("/*", at: position + marker) {
      position += marker
      skip()
      return comment()
    }
    let token = take(.leftDelimiter)
    isInsideAction = true
    position += marker
    skip()
    parenthesisDepth = 0
    return token
  }

  private mutating func comment() -> Token {
    guard let close = findCommentEnd(from: position + 2) else {
      return fail(.unclosedComment, "unclosed comment", end: position + 2)
    }
    position = close
    let (isDelimiter, trims) = rightDelimiter()
    guard isDelimiter else {
      return fail(.unclosedComment, "comment ends before closing delimiter", end: close)
    }
    line += countNewlines(start..<position)
    let token = take(.comment)
    position += trims ? 4 : 2
    if trims { skipLeadingSpace() }
    skip()
    return token
  }

  /// Whether a closing delimiter, perhaps with a trim marker, stands at the position.
  func rightDelimiter() -> (isDelimiter: Bool, trims: Bool) {
    if hasRightTrimMarker(position), matches("}}", at: position + 2) { return (true, true) }
    return (matches("}}", at: position), false)
  }

  mutating func takeRightDelimiter() -> Token {
    let trims = rightDelimiter().trims
    if trims {
      position += 2
      skip()
    }
    position += 2
    let token = take(.rightDelimiter)
    if trims {
      skipLeadingSpace()
      skip()
    }
    isInsideAction = false
    return token
  }

  // MARK: Steps

  /// Ends the current token here.
  mutating func take(_ kind: TokenKind) -> Token {
    let token = Token(kind: kind, start: start, end: position, line: startLine)
    start = position
    startLine = line
    return token
  }

  /// Drops the bytes since the last token.
  mutating func skip() {
    line += countNewlines(start..<position)
    start = position
    startLine = line
  }

  /// An error token that starts where the current token does.
  mutating func fail(_ code: ParseFailure.Code, _ message: ByteString, end: Int? = nil) -> Token {
    fault = (code, message)
    return Token(kind: .error, start: start, end: max(start, end ?? position), line: startLine)
  }

  /// The next character; nil at the end of the text.
  mutating func next() -> UInt32? {
    guard position < bytes.count else {
      isAtEnd = true
      return nil
    }
    let byte = bytes[position]
    guard byte >= 0x80 else {
      position += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      return UInt32(byte)
    }
    let rune = UTF8Rune.decode(bytes, at: position)
    position += rune.width
    return rune.scalar
  }

  /// Steps back over the last character, unless the end of the text has been seen.
  mutating func backUp() {
    guard !isAtEnd, position > 0 else { return }
    position -= UTF8Rune.decodeLast(bytes, before: position).width
    if bytes[position] == UInt8(ascii: "\n") { line -= 1 }
  }

  /// The next character, not taken.
  mutating func peek() -> UInt32? {
    let character = next()
    backUp()
    return character
  }

  // MARK: Looking

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func matches(_ pair: StaticString, at offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == pair.utf8Start[0] && bytes[offset + 1] == pair.utf8Start[1]
  }

  private func hasLeftTrimMarker(_ offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: "-") && isTemplateSpace(bytes[offset + 1])
  }

  func hasRightTrimMarker(_ offset: Int) -> Bool {
    offset + 1 < bytes.count && isTemplateSpace(bytes[offset]) && bytes[offset + 1] == UInt8(ascii: "-")
  }

  /// Offset of the next pair of equal bytes: `{{` or `}}`.
  private func find(_ byte: UInt8, from offset: Int) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      var index = offset
      while index + 1 < buffer.count {
        if buffer[index] == byte, buffer[index + 1] == byte { return index }
        index += 1
      }
      return nil
    }
  }

  /// Offset behind the next `*/`.
  private func findCommentEnd(from offset: Int) -> Int? {
    var index = offset
    while index + 1 < bytes.count {
      if matches("*/", at: index) { return index + 2 }
      index += 1
    }
    return nil
  }

  private func countNewlines(_ range: Range<Int>) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      for index in range where buffer[index] == UInt8(ascii: "\n") { count += 1 }
      return count
    }
  }

  private func countTrailingSpace(_ range: Range<Int>) -> Int {
    var index = range.upperBound
    while index > range.lowerBound, isTemplateSpace(bytes[index - 1]) { index -= 1 }
    return range.upperBound - index
  }

  private mutating func skipLeadingSpace() {
    while position < bytes.count, isTemplateSpace(bytes[position]) { position += 1 }
  }
}

/// Space, tab, carriage return or newline: what trim markers cut and what separates operands.
func isTemplateSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
}
