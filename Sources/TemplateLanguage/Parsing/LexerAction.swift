import SourceText

// The lexer between `{{` and `}}`.
extension Lexer {
  mutating func insideAction() -> Token {
    if rightDelimiter().isDelimiter {
      if parenthesisDepth == 0 { return takeRightDelimiter() }
      return fail(.unbalancedParenthesis, "unclosed left paren", end: position + 2)
    }
    guard let first = byte(at: position), first < 0x80 else {
      guard let character = next() else { return fail(.unclosedAction, "unclosed action") }
      return wordOrFault(character)
    }
    switch first {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return space()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return identifier()
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: "."):
      if let digit = byte(at: position + 1), digit < UInt8(ascii: "0") || digit > UInt8(ascii: "9") {
        position += 1
        return fieldOrVariable(.field)
      }
      return number()
    default:
      position += 1
      return mark(first)
    }
  }

  /// The token that starts with a character that was just taken, neither space nor letter nor number.
  private mutating func mark(_ character: UInt8) -> Token {
    switch character {
    case UInt8(ascii: "="): return take(.assign)
    case UInt8(ascii: ":"):
      guard next() == UInt32(UInt8(ascii: "=")) else { return fail(.badCharacter, "expected :=") }
      return take(.declare)
    case UInt8(ascii: "|"): return take(.pipe)
    case UInt8(ascii: "\""): return quoted()
    case UInt8(ascii: "`"): return rawQuoted()
    case UInt8(ascii: "$"): return atTerminator() ? take(.variable) : fieldOrVariable(.variable)
    case UInt8(ascii: "'"): return characterConstant()
    case UInt8(ascii: "("):
      parenthesisDepth += 1
      return take(.leftParenthesis)
    case UInt8(ascii: ")"):
      parenthesisDepth -= 1
      if parenthesisDepth < 0 { return fail(.unbalancedParenthesis, "unexpected right paren") }
      return take(.rightParenthesis)
    default: return wordOrFault(UInt32(character))
    }
  }

  private mutating func wordOrFault(_ character: UInt32) -> Token {
    if UnicodeClass.isWord(character) {
      backUp()
      return identifier()
    }
    if character < 0x7F, character >= 0x20 { return take(.char) }
    return fail(.badCharacter, "unrecognized character in action: " + GoQuote.unicode(character))
  }

  private mutating func space() -> Token {
    while let byte = byte(at: position), isTemplateSpace(byte) { position += 1 }
    if position >= bytes.count { isAtEnd = true }
    // The last space may belong to a closing delimiter with a trim marker.
    if hasRightTrimMarker(position - 1), holds("}", "}", at: position + 1) {
      position -= 1
      if position == start { return takeRightDelimiter() }
    }
    return take(.space)
  }

  private mutating func identifier() -> Token {
    skipWord()
    return atTerminator() ? take(keyword()) : badCharacter()
  }

  /// Takes the letters, digits and underscores that stand here.
  private mutating func skipWord() {
    while let byte = byte(at: position), byte < 0x80 {
      guard UnicodeClass.isWord(UInt32(byte)) else { return }
      position += 1
    }
    while let character = next() {
      if UnicodeClass.isWord(character) { continue }
      return backUp()
    }
  }

  /// What the word that was just taken is.
  private func keyword() -> TokenKind {
    guard position - start <= 8 else { return .identifier }
    // The bytes of the word as one number, the last byte lowest.
    var word: UInt64 = 0
    for byte in bytes[start..<position] { word = word << 8 | UInt64(byte) }
    return Lexer.keyword(word)
  }

  /// The word as such a number. Known when compiling, so that `keyword` is a switch and not a search.
  @inline(__always) private static func number(of word: StaticString) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<word.utf8CodeUnitCount { number = number << 8 | UInt64(word.utf8Start[index]) }
    return number
  }

  private static func keyword(_ word: UInt64) -> TokenKind {
    switch word {
    case number(of: "if"): .ifKeyword
    case number(of: "end"): .endKeyword
    case number(of: "else"): .elseKeyword
    case number(of: "with"): .withKeyword
    case number(of: "range"): .rangeKeyword
    case number(of: "template"): .templateKeyword
    case number(of: "define"): .defineKeyword
    case number(of: "nil"): .nilKeyword
    case number(of: "true"), number(of: "false"): .bool
    case number(of: "block"): .blockKeyword
    case number(of: "break"): .breakKeyword
    case number(of: "continue"): .continueKeyword
    default: .identifier
    }
  }

  private mutating func fieldOrVariable(_ kind: TokenKind) -> Token {
    if atTerminator() { return take(kind == .variable ? .variable : .dot) }
    skipWord()
    return atTerminator() ? take(kind) : badCharacter()
  }

  private mutating func badCharacter() -> Token {
    let end = position
    let character = peek() ?? 0xFFFD
    let width = position < bytes.count ? Runes.decode(bytes, at: position).width : 0
    return fail(.badCharacter, "bad character " + GoQuote.unicode(character), end: end + width)
  }

  /// Whether what stands here can follow an identifier, a field or a variable.
  private mutating func atTerminator() -> Bool {
    guard let character = byte(at: position) else {
      isAtEnd = true
      return true
    }
    switch character {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: "."),
      UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "("):
      return true
    default: return holds("}", "}", at: position)
    }
  }

  // MARK: Constants

  private mutating func quoted() -> Token {
    while let character = next() {
      if character == UInt32(UInt8(ascii: "\"")) { return take(.string) }
      if character == UInt32(UInt8(ascii: "\\")) {
        guard let escaped = next(), escaped != 0x0A else { break }
      } else if character == 0x0A {
        break
      }
    }
    return fail(.unterminatedString, "unterminated quoted string")
  }

  private mutating func rawQuoted() -> Token {
    while let character = next() {
      if character == UInt32(UInt8(ascii: "`")) { return take(.rawString) }
    }
    return fail(.unterminatedString, "unterminated raw quoted string")
  }

  private mutating func characterConstant() -> Token {
    while let character = next() {
      if character == UInt32(UInt8(ascii: "'")) { return take(.charConstant) }
      if character == UInt32(UInt8(ascii: "\\")) {
        guard let escaped = next(), escaped != 0x0A else { break }
      } else if character == 0x0A {
        break
      }
    }
    return fail(.unterminatedString, "unterminated character constant")
  }

  private mutating func number() -> Token {
    guard scanNumber() else { return badNumber() }
    guard let sign = byte(at: position), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return take(.number)
    }
    guard scanNumber(), bytes[position - 1] == UInt8(ascii: "i") else { return badNumber() }
    return take(.complex)
  }

  private mutating func badNumber() -> Token {
    fail(.badNumber, "bad number syntax: " + GoQuote.quote(ByteString(bytes[start..<position])))
  }

  /// Takes what looks like a number; false when a letter or digit that is no part of it follows.
  private mutating func scanNumber() -> Bool {
    accept("+-")
    var digits: StaticString = "0123456789_"
    if accept("0") {
      if accept("xX") {
        digits = "0123456789abcdefABCDEF_"
      } else if accept("oO") {
        digits = "01234567_"
      } else if accept("bB") {
        digits = "01_"
      }
    }
    acceptAll(digits)
    if accept(".") { acceptAll(digits) }
    if digits.utf8CodeUnitCount == 11, accept("eE") {
      accept("+-")
      acceptAll("0123456789_")
    }
    if digits.utf8CodeUnitCount == 23, accept("pP") {
      accept("+-")
      acceptAll("0123456789_")
    }
    accept("i")
    guard let follower = peek(), UnicodeClass.isWord(follower) else { return true }
    _ = next()
    return false
  }

  @discardableResult private mutating func accept(_ set: StaticString) -> Bool {
    guard let byte = byte(at: position), byte < 0x80 else { return false }
    for index in 0..<set.utf8CodeUnitCount where set.utf8Start[index] == byte {
      position += 1
      return true
    }
    return false
  }

  private mutating func acceptAll(_ set: StaticString) {
    while accept(set) {}
  }
}
