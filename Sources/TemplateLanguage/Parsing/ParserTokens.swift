import SourceText

// Lookahead, as Go's parser does it: `tokens.0` is always the last token that the lexer gave.
extension Parser {
  mutating func next() -> Token {
    if context.pending > 0 {
      context.pending -= 1
    } else {
      context.tokens.0 = lex()
    }
    return token(context.pending)
  }

  /// The lexer's next token; comments are put aside.
  private mutating func lex() -> Token {
    while true {
      let token = lexer.nextToken()
      guard token.kind == .comment else { return token }
      comments.append(token.range)
    }
  }

  private func token(_ index: Int) -> Token {
    switch index {
    case 0: context.tokens.0
    case 1: context.tokens.1
    default: context.tokens.2
    }
  }

  mutating func backUp() { context.pending += 1 }

  mutating func backUp2(_ first: Token) {
    context.tokens.1 = first
    context.pending = 2
  }

  mutating func backUp3(_ first: Token, _ second: Token) {
    context.tokens.1 = second
    context.tokens.2 = first
    context.pending = 3
  }

  mutating func peek() -> Token {
    if context.pending > 0 { return token(context.pending - 1) }
    context.pending = 1
    context.tokens.0 = lex()
    return context.tokens.0
  }

  mutating func nextNonSpace() -> Token {
    while true {
      let token = next()
      if token.kind != .space { return token }
    }
  }

  mutating func peekNonSpace() -> Token {
    let token = nextNonSpace()
    backUp()
    return token
  }

  mutating func expect(_ kind: TokenKind, in place: String) throws(ParseFault) -> Token {
    let token = nextNonSpace()
    guard token.kind == kind else { throw unexpected(token, in: place) }
    return token
  }

  func unquote(_ token: Token) throws(ParseFault) -> ByteString {
    let constant = bytes(token.range)
    // Most constants stand for themselves; the lexer has seen to it that they end with their quote.
    if token.kind == .string, constant.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }) {
      return ByteString(Array(UnsafeBufferPointer(rebasing: constant.dropFirst().dropLast())))
    }
    guard let text = GoUnquote.string(Array(constant)[...]) else {
      throw fault(.syntax, "invalid syntax", token.range)
    }
    return text
  }

  // MARK: Nodes

  /// Gives a node its id and notes its place; `position` is the offset that Go names, if not the start.
  mutating func add(_ range: ByteRange, position: Int? = nil) -> NodeID {
    places.append(NodePlace(range, position: position ?? range.start))
    return NodeID(Int32(truncatingIfNeeded: places.count - 1))
  }

  func range(of id: NodeID) -> ByteRange { places[Int(id.rawValue)].range }

  /// The bytes of a part of the file.
  func bytes(_ range: ByteRange) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: source[range.start..<range.end])
  }

  func text(_ range: ByteRange) -> ByteString { ByteString(Array(bytes(range))) }

  mutating func symbol(_ name: ByteString) -> Int32 {
    if let symbol = symbols[name] { return symbol }
    let symbol = Int32(symbols.count)
    symbols[name] = symbol
    return symbol
  }
}

extension ByteString {
  /// The first characters, each valid or one byte.
  func prefix(runes count: Int) -> ByteString {
    var offset = 0
    for _ in 0..<count where offset < bytes.count { offset += UTF8Rune.decode(bytes, at: offset).width }
    return self[0..<offset]
  }

  var isElse: Bool {
    let word = bytes.drop { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "-") || isTemplateSpace($0) }
    return word.starts(with: "else".utf8)
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// True when there is nothing but Unicode white space.
  var isUnicodeBlank: Bool {
    if allSatisfy({ isTemplateSpace($0) || $0 == 0x0B || $0 == 0x0C }) { return true }
    let bytes = Array(self)
    var offset = 0
    while offset < bytes.count {
      let rune = UTF8Rune.decode(bytes, at: offset)
      guard Unicode.Scalar(rune.scalar)?.properties.isWhitespace == true else { return false }
      offset += rune.width
    }
    return true
  }
}
