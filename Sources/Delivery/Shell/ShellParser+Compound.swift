import SourceText

extension ShellParser {
  /// A compound command or function; nil when none begins here. Without the redirections behind it.
  mutating func compound() -> ShellCommand? {
    if bytes[position] == Ascii.openParenthesis { return parenthesized() }
    if isAt("[["), position + 2 == bytes.count || Ascii.endsWord(bytes[position + 2]) { return test() }
    if let word = reservedWord() { return construct(word) }
    return functionByName()
  }

  private mutating func construct(_ word: ByteString) -> ShellCommand? {
    let opener = position
    switch word {
    case "{":
      position += 1
      let body = list(until: ["}"])
      expect("}", opener: word, at: opener)
      return .group(body)
    case "if":
      position += 2
      return conditional(opener)
    case "while", "until":
      position += word.count
      let condition = list(until: ["do", "done"])
      return .loop(condition: condition, body: loopBody(word, opener))
    case "for", "select":
      position += word.count
      return iteration(word, opener)
    case "case":
      position += 4
      return choice(opener)
    case "function":
      position += word.count
      return functionByKeyword()
    case "coproc":
      position += word.count
      return coprocess()
    default: return nil
    }
  }

  /// Takes a closing word, or reports that it is missing.
  private mutating func expect(_ word: StaticString, opener: ByteString, at place: Int) {
    skipLineBreaks()
    if takeReserved(word) { return }
    let text = word.withUTF8Buffer { ByteString(Array($0)) }
    report(.missingWord(text, opener: opener), ByteRange(place, place + opener.count))
  }

  // MARK: if, loops

  private mutating func conditional(_ opener: Int) -> ShellCommand {
    var arms: [ShellCommand.Arm] = []
    var otherwise: ShellList?
    repeat {
      let condition = list(until: ["then", "elif", "else", "fi"])
      expect("then", opener: arms.isEmpty ? "if" : "elif", at: opener)
      arms.append(ShellCommand.Arm(condition: condition, body: list(until: ["elif", "else", "fi"])))
    } while takeReserved("elif")
    if takeReserved("else") { otherwise = list(until: ["fi"]) }
    expect("fi", opener: "if", at: opener)
    return .conditional(arms, otherwise: otherwise)
  }

  private mutating func loopBody(_ word: ByteString, _ opener: Int) -> ShellList {
    skipSeparator()
    if reservedWord() == "{" {
      // An old form that bash still takes: `for x in a; { …; }`.
      let brace = position
      position += 1
      let body = list(until: ["}"])
      expect("}", opener: "{", at: brace)
      return body
    }
    expect("do", opener: word, at: opener)
    let body = list(until: ["done"])
    expect("done", opener: word, at: opener)
    return body
  }

  private mutating func skipSeparator() {
    skipBlanks()
    if isAt(";"), !isAt(";;") { position += 1 }
    skipLineBreaks()
  }

  private mutating func iteration(_ word: ByteString, _ opener: Int) -> ShellCommand {
    skipBlanks()
    if isAt("(("), let end = arithmeticEnd(from: position + 2) {
      position = end
      return .counting(loopBody(word, opener))
    }
    let name = self.word()?.bare ?? ""
    skipLineBreaks()
    guard takeReserved("in") else {
      return .iteration(name: name, words: nil, body: loopBody(word, opener))
    }
    var words: [ShellWord] = []
    skipBlanks()
    while let next = self.word() {
      words.append(next)
      skipBlanks()
    }
    return .iteration(name: name, words: words, body: loopBody(word, opener))
  }

  // MARK: case

  private mutating func choice(_ opener: Int) -> ShellCommand {
    skipBlanks()
    let subject = word() ?? ShellWord(parts: [], range: ByteRange(position, position))
    skipLineBreaks()
    if !takeReserved("in") { report(.missingWord("in", opener: "case"), ByteRange(opener, opener + 4)) }
    var choices: [ShellCommand.Choice] = []
    while true {
      skipLineBreaks()
      guard position < bytes.count, reservedWord() != "esac" else { break }
      let before = position
      choices.append(ShellCommand.Choice(patterns: patterns(), body: list(until: ["esac"], isArm: true)))
      if isAt(";;&") {
        position += 3
      } else if isAt(";;") || isAt(";&") {
        position += 2
      }
      if position == before { position += 1 }
    }
    expect("esac", opener: "case", at: opener)
    return .choice(subject, choices)
  }

  /// `(a|b)` before the body of a choice; the first parenthesis is optional.
  private mutating func patterns() -> [ShellWord] {
    var patterns: [ShellWord] = []
    if isAt("(") { position += 1 }
    while position < bytes.count {
      skipBlanks()
      guard position < bytes.count else { break }
      switch bytes[position] {
      case Ascii.pipe: position += 1
      case Ascii.closeParenthesis:
        position += 1
        return patterns
      default:
        guard let pattern = word() else {
          report(.missingWord(")", opener: "case"), ByteRange(position, position + 1))
          return patterns
        }
        patterns.append(pattern)
      }
    }
    return patterns
  }

  // MARK: Functions

  /// `name () body`. Looks ahead and takes nothing when it is none.
  private mutating func functionByName() -> ShellCommand? {
    var end = position
    while end < bytes.count, !Ascii.endsWord(bytes[end]), !ShellParser.isForbiddenInNames(bytes[end]) { end += 1 }
    guard end > position else { return nil }
    var next = end
    func skip() { while next < bytes.count, bytes[next] == Ascii.space || bytes[next] == Ascii.tab { next += 1 } }
    skip()
    guard next < bytes.count, bytes[next] == Ascii.openParenthesis else { return nil }
    next += 1
    skip()
    guard next < bytes.count, bytes[next] == Ascii.closeParenthesis else { return nil }
    let name = text(position, end)
    position = next + 1
    return function(name)
  }

  private static func isForbiddenInNames(_ byte: UInt8) -> Bool {
    switch byte {
    case Ascii.dollar, Ascii.quote, Ascii.doubleQuote, Ascii.backslash, Ascii.equals: true
    default: false
    }
  }

  private mutating func functionByKeyword() -> ShellCommand {
    skipBlanks()
    let name = word()?.bare ?? ""
    skipBlanks()
    if isAt("(") {
      let start = position
      position += 1
      skipBlanks()
      // `function f (commands)` has a subshell for its body.
      if isAt(")") { position += 1 } else { position = start }
    }
    return function(name)
  }

  private mutating func function(_ name: ByteString) -> ShellCommand {
    skipLineBreaks()
    let start = position
    let body = stage() ?? ShellStage(command: .arithmetic, range: ByteRange(start, start))
    return .function(name: name, body: body)
  }

  private mutating func coprocess() -> ShellCommand? {
    skipBlanks()
    let start = position
    // `coproc NAME compound`: the name is no command.
    if let name = word(), name.bare != nil {
      skipBlanks()
      if position < bytes.count, let body = compound() { return body }
    }
    position = start
    return stage()?.command
  }

  // MARK: Parentheses

  private mutating func parenthesized() -> ShellCommand {
    if isAt("(("), let end = arithmeticEnd(from: position + 2) {
      position = end
      return .arithmetic
    }
    let opener = position
    position += 1
    let body = list(until: [], byte: Ascii.closeParenthesis)
    if isAt(")") { position += 1 } else { report(.missingWord(")", opener: "("), ByteRange(opener, opener + 1)) }
    return .subshell(body)
  }

  /// The offset behind the `))` that closes an arithmetic expression; nil when there is none.
  mutating func arithmeticEnd(from start: Int) -> Int? {
    guard failedArithmeticSearches < 50 else { return nil }
    var depth = 0
    var offset = start
    while offset < bytes.count {
      switch bytes[offset] {
      case Ascii.backslash: offset += 1
      case Ascii.openParenthesis: depth += 1
      case Ascii.closeParenthesis:
        if depth == 0 {
          if offset + 1 < bytes.count, bytes[offset + 1] == Ascii.closeParenthesis { return offset + 2 }
          failedArithmeticSearches += offset - start > 1_000 ? 1 : 0
          return nil
        }
        depth -= 1
      default: break
      }
      offset += 1
    }
    failedArithmeticSearches += 1
    return nil
  }

  // MARK: [[ … ]]

  private mutating func test() -> ShellCommand {
    let opener = position
    position += 2
    var words: [ShellWord] = []
    while true {
      skipLineBreaks()
      guard position < bytes.count else { break }
      if isAt("]]"), position + 2 == bytes.count || Ascii.endsWord(bytes[position + 2]) {
        position += 2
        return .test(words)
      }
      let isPattern = words.last?.bare == "=~"
      if !isPattern, Ascii.endsWord(bytes[position]), bytes[position] != Ascii.backquote, !isAt("<("), !isAt(">(") {
        position += isAt("&&") || isAt("||") ? 2 : 1
        continue
      }
      let before = position
      if let word = isPattern ? regularExpression() : word() { words.append(word) }
      if position == before { position += 1 }
    }
    report(.missingWord("]]", opener: "[["), ByteRange(opener, opener + 2))
    return .test(words)
  }

  /// The pattern behind `=~`: parentheses and bars belong to it, and inside parentheses blanks too.
  private mutating func regularExpression() -> ShellWord {
    let start = position
    var parts: [ShellWordPart] = []
    var open = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Ascii.newline { break }
      if open == 0, byte == Ascii.space || byte == Ascii.tab { break }
      if byte == Ascii.openParenthesis { open += 1 }
      if byte == Ascii.closeParenthesis {
        if open == 0 { break }
        open -= 1
      }
      if Ascii.endsWord(byte), byte != Ascii.backquote {
        parts.append(.literal(text(position, position + 1), ByteRange(position, position + 1)))
        position += 1
      } else {
        parts += wordParts()
      }
    }
    return ShellWord(parts: parts, range: ByteRange(start, position))
  }
}
