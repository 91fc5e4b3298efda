import SourceText

extension ShellParser {
  /// A word; nil when none begins here.
  mutating func word() -> ShellWord? {
    let start = position
    let parts = wordParts()
    guard position > start else { return nil }
    return ShellWord(parts: parts, range: ByteRange(start, position))
  }

  /// The parts of the word that begins here.
  mutating func wordParts() -> [ShellWordPart] {
    var parts: [ShellWordPart] = []
    while position < bytes.count {
      let start = position
      switch bytes[position] {
      case Ascii.backslash:
        if let length = continuation(at: position) {
          position += length
          continue
        }
        position += position + 1 < bytes.count ? 2 : 1
        parts.append(.quoted(text(min(start + 1, position), position), ByteRange(start, position)))
      case Ascii.quote: parts.append(singleQuoted())
      case Ascii.doubleQuote: parts.append(doubleQuoted())
      case Ascii.dollar: parts.append(dollar())
      case Ascii.backquote:
        guard !isInBackquotes else { return parts }
        parts.append(backquoted())
      case Ascii.openBrace where isAt("{{") && holeEnd(opening: 2) != nil: parts.append(hole(opening: 2))
      case Ascii.less, Ascii.greater:
        guard position + 1 < bytes.count, bytes[position + 1] == Ascii.openParenthesis else { return parts }
        position += 2
        parts.append(substitution(from: start))
      case Ascii.openParenthesis:
        guard isExtendedGlob(before: start, parts), let end = closingParenthesis(from: start) else { return parts }
        position = end
        parts.append(.literal(text(start, end), ByteRange(start, end)))
      case let byte where Ascii.endsWord(byte) && !isLoneCarriageReturn: return parts
      default: parts.append(literal())
      }
    }
    return parts
  }

  /// A carriage return that ends no line is part of a word.
  private var isLoneCarriageReturn: Bool {
    bytes[position] == Ascii.carriageReturn
      && !(position + 1 >= bytes.count || bytes[position + 1] == Ascii.newline)
  }

  /// Unquoted bytes without meaning.
  private mutating func literal() -> ShellWordPart {
    let start = position
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case Ascii.backslash, Ascii.quote, Ascii.doubleQuote, Ascii.dollar: break
      case Ascii.openBrace where isAt("{{"): break
      case let byte where Ascii.endsWord(byte): break
      default:
        position += 1
        continue
      }
      break
    }
    return .literal(text(start, position), ByteRange(start, position))
  }

  /// `@(…)`, `?(…)`, `*(…)`, `+(…)`, `!(…)`.
  private func isExtendedGlob(before offset: Int, _ parts: [ShellWordPart]) -> Bool {
    guard case .literal(let text, let range)? = parts.last, range.end == offset, let last = text.bytes.last else {
      return false
    }
    return [UInt8]("@?*+!".utf8).contains(last)
  }

  /// The offset behind the parenthesis that closes the one at `start`, on the same line.
  private func closingParenthesis(from start: Int) -> Int? {
    var depth = 0
    for offset in start..<min(bytes.count, start + 1_024) {
      switch bytes[offset] {
      case Ascii.newline: return nil
      case Ascii.openParenthesis: depth += 1
      case Ascii.closeParenthesis:
        depth -= 1
        if depth == 0 { return offset + 1 }
      default: break
      }
    }
    return nil
  }

  // MARK: Quotes

  private mutating func singleQuoted() -> ShellWordPart {
    let start = position
    position += 1
    let content = position
    while position < bytes.count, bytes[position] != Ascii.quote { position += 1 }
    let end = position
    if position < bytes.count {
      position += 1
    } else {
      report(.unclosedQuote, ByteRange(start, start + 1))
    }
    return .quoted(text(content, end), ByteRange(start, position))
  }

  /// `$'…'`
  private mutating func escapedQuoted(from start: Int) -> ShellWordPart {
    position += 2
    var content = ByteString()
    while position < bytes.count, bytes[position] != Ascii.quote {
      if bytes[position] == Ascii.backslash, position + 1 < bytes.count {
        content.append(ShellParser.escape(bytes[position + 1]))
        position += 2
      } else {
        content.append(bytes[position])
        position += 1
      }
    }
    if position < bytes.count {
      position += 1
    } else {
      report(.unclosedQuote, ByteRange(start, start + 1))
    }
    return .quoted(content, ByteRange(start, position))
  }

  private static func escape(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "n"): Ascii.newline
    case UInt8(ascii: "t"): Ascii.tab
    case UInt8(ascii: "r"): Ascii.carriageReturn
    default: byte
    }
  }

  private mutating func doubleQuoted() -> ShellWordPart {
    let start = position
    position += 1
    let parts = expandedParts(upTo: bytes.count, stopsAtQuote: true)
    if position < bytes.count {
      position += 1
    } else {
      report(.unclosedQuote, ByteRange(start, start + 1))
    }
    return .doubleQuoted(parts, ByteRange(start, position))
  }

  /// The parts of double quotes or of a here-document: only `$`, backquotes and some escapes mean anything.
  mutating func expandedParts(upTo end: Int, stopsAtQuote: Bool = false) -> [ShellWordPart] {
    var parts: [ShellWordPart] = []
    var literal = ByteString()
    var start = position
    func flush(_ parts: inout [ShellWordPart], upTo end: Int) {
      if end > start { parts.append(.literal(literal, ByteRange(start, end))) }
      literal = ByteString()
    }
    while position < end {
      let byte = bytes[position]
      if stopsAtQuote, byte == Ascii.doubleQuote { break }
      switch byte {
      case Ascii.dollar:
        flush(&parts, upTo: position)
        parts.append(dollar(isQuoted: true))
        start = position
      case Ascii.backquote where !isInBackquotes || !stopsAtQuote:
        flush(&parts, upTo: position)
        parts.append(backquoted())
        start = position
      case Ascii.openBrace where isAt("{{") && holeEnd(opening: 2) != nil:
        flush(&parts, upTo: position)
        parts.append(hole(opening: 2))
        start = position
      case Ascii.backslash where position + 1 < end:
        // The backslash goes only where it protects something. It would blur the map of places, so a new part begins.
        flush(&parts, upTo: position)
        if let length = continuation(at: position) {
          position += length
        } else {
          let isProtected = [UInt8]("$`\"\\".utf8).contains(bytes[position + 1])
          let content = text(position + (isProtected ? 1 : 0), position + 2)
          parts.append(.literal(content, ByteRange(position, position + 2)))
          position += 2
        }
        start = position
      default:
        literal.append(byte)
        position += 1
      }
    }
    flush(&parts, upTo: min(position, end))
    return parts
  }

  // MARK: Expansions

  private mutating func dollar(isQuoted: Bool = false) -> ShellWordPart {
    let start = position
    guard position + 1 < bytes.count else {
      position += 1
      return .literal("$", ByteRange(start, position))
    }
    switch bytes[position + 1] {
    case Ascii.openBrace:
      if isAt("${{"), holeEnd(opening: 3) != nil { return hole(opening: 3) }
      return bracedParameter()
    case Ascii.openParenthesis:
      if isAt("$(("), let end = arithmeticEnd(from: position + 3) {
        position = end
        return .arithmetic(ByteRange(start, end))
      }
      position += 2
      return substitution(from: start)
    case Ascii.openBracket:
      if let end = bytes[position..<min(bytes.count, position + 256)].firstIndex(of: Ascii.closeBracket) {
        position = end + 1
        return .arithmetic(ByteRange(start, position))
      }
    case Ascii.quote where !isQuoted: return escapedQuoted(from: start)
    case Ascii.doubleQuote where !isQuoted:
      position += 1
      return doubleQuoted()
    case let byte where Ascii.isNameStart(byte):
      position += 2
      while position < bytes.count, Ascii.isName(bytes[position]) { position += 1 }
      return .parameter(ShellParameter(name: text(start + 1, position)), ByteRange(start, position))
    case let byte where Ascii.isDigit(byte) || [UInt8]("@*#?-$!".utf8).contains(byte):
      position += 2
      let isAll = byte == UInt8(ascii: "@") || byte == UInt8(ascii: "*")
      let parameter = ShellParameter(name: text(start + 1, position), operation: isAll ? .all : .none)
      return .parameter(parameter, ByteRange(start, position))
    default: break
    }
    position += 1
    return .literal("$", ByteRange(start, position))
  }

  /// The body of `$(` or `<(`, whose opening was taken.
  private mutating func substitution(from start: Int) -> ShellWordPart {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ShellParser.deepest else {
      giveUp()
      return .arithmetic(ByteRange(start, position))
    }
    let wasInBackquotes = isInBackquotes
    isInBackquotes = false
    let body = list(until: [], byte: Ascii.closeParenthesis)
    isInBackquotes = wasInBackquotes
    if position < bytes.count {
      position += 1
    } else {
      report(.unclosedExpansion, ByteRange(start, min(start + 2, bytes.count)))
    }
    return .substitution(body, ByteRange(start, position))
  }

  private mutating func backquoted() -> ShellWordPart {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= ShellParser.deepest else {
      giveUp()
      return .arithmetic(ByteRange(start, position))
    }
    isInBackquotes = true
    let body = list(until: [], byte: Ascii.backquote)
    isInBackquotes = false
    if position < bytes.count {
      position += 1
    } else {
      report(.unclosedExpansion, ByteRange(start, start + 1))
    }
    return .substitution(body, ByteRange(start, position))
  }

  private mutating func bracedParameter() -> ShellWordPart {
    let start = position
    position += 2
    depth += 1
    defer { depth -= 1 }
    guard depth <= ShellParser.deepest else {
      giveUp()
      return .arithmetic(ByteRange(start, position))
    }
    let nameStart = position
    if position < bytes.count, Ascii.isNameStart(bytes[position]) {
      while position < bytes.count, Ascii.isName(bytes[position]) { position += 1 }
    } else {
      while position < bytes.count, Ascii.isDigit(bytes[position]) { position += 1 }
      if position == nameStart, position < bytes.count, [UInt8]("@*".utf8).contains(bytes[position]) { position += 1 }
    }
    var parameter = ShellParameter(name: text(nameStart, position))
    parameter.operation = parameterOperation(hasName: position > nameStart)
    skipToClosingBrace()
    if position < bytes.count {
      position += 1
    } else {
      report(.unclosedExpansion, ByteRange(start, min(start + 2, bytes.count)))
    }
    return .parameter(parameter, ByteRange(start, position))
  }

  private mutating func parameterOperation(hasName: Bool) -> ShellParameter.Operation {
    guard hasName, position < bytes.count else { return .other }
    if bytes[position] == Ascii.closeBrace { return .none }
    if isAt("[@]}") || isAt("[*]}") {
      position += 3
      return .all
    }
    let hasColon = isAt(":")
    guard position + (hasColon ? 1 : 0) < bytes.count else { return .other }
    let sign = bytes[position + (hasColon ? 1 : 0)]
    switch sign {
    case UInt8(ascii: "-"), Ascii.equals, UInt8(ascii: "+"):
      position += hasColon ? 2 : 1
      let start = position
      let parts = operandParts()
      let word = ShellWord(parts: parts, range: ByteRange(start, position))
      if sign == UInt8(ascii: "+") { return .alternative(word) }
      return .fallback(word, assigns: sign == Ascii.equals)
    case UInt8(ascii: "?"): return .demand
    default: return .other
    }
  }

  /// The word inside braces, up to the closing one.
  private mutating func operandParts() -> [ShellWordPart] {
    var parts: [ShellWordPart] = []
    while position < bytes.count, bytes[position] != Ascii.closeBrace {
      let start = position
      switch bytes[position] {
      case Ascii.quote: parts.append(singleQuoted())
      case Ascii.doubleQuote: parts.append(doubleQuoted())
      case Ascii.dollar: parts.append(dollar())
      case Ascii.backquote where !isInBackquotes: parts.append(backquoted())
      case Ascii.backslash where position + 1 < bytes.count:
        position += 2
        parts.append(.quoted(text(start + 1, position), ByteRange(start, position)))
      default:
        position += 1
        parts.append(.literal(text(start, position), ByteRange(start, position)))
      }
    }
    return parts
  }

  /// Steps to the brace that closes an expansion, over quotes and expansions inside it.
  private mutating func skipToClosingBrace() {
    while position < bytes.count, bytes[position] != Ascii.closeBrace {
      switch bytes[position] {
      case Ascii.quote: skipQuotedInBraces()
      case Ascii.doubleQuote: _ = doubleQuoted()
      case Ascii.dollar: _ = dollar()
      case Ascii.backquote where !isInBackquotes: _ = backquoted()
      case Ascii.backslash: position += 2
      default: position += 1
      }
    }
    position = min(position, bytes.count)
  }

  /// A quote in `${X/'/x}` may be alone: it pairs only when another follows before the brace's line ends.
  private mutating func skipQuotedInBraces() {
    let line = bytes[(position + 1)...].prefix { $0 != Ascii.newline }
    position = (line.firstIndex(of: Ascii.quote) ?? position) + 1
  }

  // MARK: Holes

  /// The offset behind the `}}` that closes a hole on the same line.
  private func holeEnd(opening: Int) -> Int? {
    var offset = position + opening
    while offset + 1 < bytes.count, offset - position < 1_024 {
      if bytes[offset] == Ascii.closeBrace, bytes[offset + 1] == Ascii.closeBrace { return offset + 2 }
      if bytes[offset] == Ascii.newline, opening == 2 { return nil }
      offset += 1
    }
    return nil
  }

  private mutating func hole(opening: Int) -> ShellWordPart {
    let start = position
    position = holeEnd(opening: opening) ?? position + opening
    return .hole(ByteRange(start, position))
  }
}
