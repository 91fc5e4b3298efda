import SourceText

/// Splits a template into tokens, on demand and exactly as Go's text/template does, with the delimiters `{{` and `}}`.
///
/// A fault is a token of kind `error`, described by `fault`; `recover` goes on behind it.
struct Lexer {
  /// The template's source, which outlives the lexer.
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  /// Where the current token starts.
  var start = 0
  var parenthesisDepth = 0
  var isInsideAction = false
  var isAtEnd = false
  /// Describes the last `error` token.
  var fault = (code: ParseFailure.Code.syntax, message: ByteString())

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

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
    isInsideAction = false
    isAtEnd = false
    parenthesisDepth = 0
  }

  // MARK: Text

  private mutating func text() -> Token {
    guard let open = find(UInt8(ascii: "{"), from: position) else {
      position = bytes.count
      return take(position > start ? .text : .endOfFile)
    }
    guard open > position else { return leftDelimiter() }
    position = open
    let trimmed = hasLeftTrimMarker(open + 2) ? countTrailingSpace(start..<open) : 0
    position -= trimmed
    let token = take(.text)
    position += trimmed
    skip()
    return token.end > token.start ? token : leftDelimiter()
  }

  private mutating func leftDelimiter() -> Token {
    position += 2
    let marker = hasLeftTrimMarker(position) ? 2 : 0
    if holds("/", "*", at: position + marker) {
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
    let token = take(.comment)
    position += trims ? 4 : 2
    if trims { skipLeadingSpace() }
    skip()
    return token
  }

  /// Whether a closing delimiter, perhaps with a trim marker, stands at the position.
  func rightDelimiter() -> (isDelimiter: Bool, trims: Bool) {
    guard position < bytes.count else { return (false, false) }
    if bytes[position] == UInt8(ascii: "}") { return (holds("}", "}", at: position), false) }
    let trims = hasRightTrimMarker(position) && holds("}", "}", at: position + 2)
    return (trims, trims)
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
    let token = Token(kind: kind, start: start, end: position)
    start = position
    return token
  }

  /// Drops the bytes since the last token.
  mutating func skip() { start = position }

  /// An error token that starts where the current token does.
  mutating func fail(_ code: ParseFailure.Code, _ message: ByteString, end: Int? = nil) -> Token {
    fault = (code, message)
    return Token(kind: .error, start: start, end: max(start, end ?? position))
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
      return UInt32(byte)
    }
    let (rune, width) = Runes.decode(bytes, at: position)
    position += width
    return rune
  }

  /// Steps back over the last character, unless the end of the text has been seen.
  mutating func backUp() {
    guard !isAtEnd, position > 0 else { return }
    position -= Runes.decodeLast(bytes, before: position).width
  }

  /// The next character, not taken.
  mutating func peek() -> UInt32? {
    let character = next()
    backUp()
    return character
  }

  // MARK: Looking

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Whether two bytes stand at the offset.
  @inline(__always) func holds(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: first) && bytes[offset + 1] == UInt8(ascii: second)
  }

  private func hasLeftTrimMarker(_ offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: "-") && isTemplateSpace(bytes[offset + 1])
  }

  @inline(__always) func hasRightTrimMarker(_ offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "-") && isTemplateSpace(bytes[offset])
  }

  /// Offset of the next pair of equal bytes: `{{` or `}}`.
  private func find(_ byte: UInt8, from offset: Int) -> Int? {
    var offset = offset
    while let index = firstOffset(of: byte, in: bytes, from: offset), index + 1 < bytes.count {
      if bytes[index + 1] == byte { return index }
      offset = index + 2
    }
    return nil
  }

  /// Offset behind the next `*/`.
  private func findCommentEnd(from offset: Int) -> Int? {
    var index = offset
    while index + 1 < bytes.count {
      if holds("*", "/", at: index) { return index + 2 }
      index += 1
    }
    return nil
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
@inline(__always) func isTemplateSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
}
