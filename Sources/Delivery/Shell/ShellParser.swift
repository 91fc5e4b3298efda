import SourceText

/// Reads scripts of the POSIX shell and bash into syntax trees.
///
/// It never fails: what it cannot read becomes a fault, and reading goes on behind it. Each byte is looked at a bounded
/// number of times, and constructs may be nested only so deep.
struct ShellParser {
  let bytes: [UInt8]
  var position = 0
  var faults: [ShellFault] = []
  var documents: [ShellHereDocument] = []
  /// Here-documents whose operator was read and whose body follows the next line break.
  var pendingDocuments: [Int] = []
  var depth = 0
  /// Inside backquotes, where the next backquote closes.
  var isInBackquotes = false
  /// Searches for the end of `((` that found none; after some of them no more are made, so that reading stays linear.
  var failedArithmeticSearches = 0

  static let deepest = 100
  static let mostFaults = 100

  static func parse(_ script: ScriptText) -> ShellTree {
    var parser = ShellParser(bytes: script.bytes)
    let list = parser.list(until: [])
    return ShellTree(script: script, list: list, documents: parser.documents, faults: parser.faults)
  }

  // MARK: Lists

  /// What ends a list without being part of it.
  struct Terminators {
    /// Reserved words.
    var words: [ByteString] = []
    /// `)` or, in backquotes, the backquote.
    var byte: UInt8?
    /// `;;` ends the list.
    var isArm = false
  }

  /// Reads statements until a terminator, which is left to the caller, or the end.
  mutating func list(until words: [ByteString], byte: UInt8? = nil, isArm: Bool = false) -> ShellList {
    let terminators = Terminators(words: words, byte: byte, isArm: isArm)
    let start = position
    var list = ShellList()
    while true {
      skipLineBreaks()
      guard position < bytes.count, !isAt(terminators) else { break }
      let before = position
      if let statement = statement() {
        list.statements.append(statement)
      } else if position == before {
        skipUnexpected()
      }
      if position == before { position += 1 }
    }
    list.range = ByteRange(start, position)
    return list
  }

  private func isAt(_ terminators: Terminators) -> Bool {
    if let byte = terminators.byte, bytes[position] == byte { return true }
    if terminators.isArm, isAt(";;") || isAt(";&") { return true }
    guard !terminators.words.isEmpty, let word = reservedWord() else { return false }
    return terminators.words.contains(word)
  }

  /// Reports a byte or word that can begin no statement, and steps over it.
  private mutating func skipUnexpected() {
    let start = position
    if let word = reservedWord() {
      position += word.count
      report(.unexpectedWord(word), ByteRange(start, position))
      skipBlanks()
      if isAt(";"), !isAt(";;") { position += 1 }
      return
    } else {
      position += isAt(";;") || isAt("&&") || isAt("||") ? 2 : 1
    }
    report(.unexpectedWord(text(start, position)), ByteRange(start, position))
  }

  /// Pipelines joined by `&&` and `||`, with the separator behind them.
  private mutating func statement() -> ShellStatement? {
    let start = position
    guard let first = pipeline() else { return nil }
    var statement = ShellStatement(first: first, rest: [], range: first.range)
    while true {
      skipBlanks()
      let isAnd = isAt("&&")
      guard isAnd || isAt("||") else { break }
      let sign = ByteRange(position, position + 2)
      position += 2
      skipLineBreaks()
      guard let next = pipeline() else { break }
      statement.rest.append(ShellStatement.Link(isAnd: isAnd, sign: sign, pipeline: next))
    }
    statement.range = ByteRange(start, statement.rest.last?.pipeline.range.end ?? first.range.end)
    skipBlanks()
    if isAt("&"), !isAt("&&") {
      statement.background = ByteRange(position, position + 1)
      position += 1
    } else if isAt(";"), !isAt(";;"), !isAt(";&") {
      position += 1
    }
    return statement
  }

  // MARK: Pipelines

  private mutating func pipeline() -> ShellPipeline? {
    skipBlanks()
    let start = position
    var isNegated = false
    while true {
      if takeReserved("!") {
        isNegated.toggle()
      } else if takeReserved("time") {
        skipBlanks()
        _ = takeReserved("-p")
        skipBlanks()
        _ = takeReserved("--")
      } else {
        break
      }
      skipBlanks()
    }
    guard let first = stage() else {
      // `!` and `time` may stand alone.
      guard position > start else { return nil }
      let empty = ShellSimpleCommand(range: ByteRange(start, position))
      let stage = ShellStage(command: .simple(empty), range: ByteRange(start, position))
      return ShellPipeline(isNegated: isNegated, stages: [stage], range: ByteRange(start, position))
    }
    var stages = [first]
    var pipes: [ByteRange] = []
    while true {
      skipBlanks()
      guard isAt("|"), !isAt("||") else { break }
      let sign = ByteRange(position, position + (isAt("|&") ? 2 : 1))
      position = sign.end
      skipLineBreaks()
      guard let next = stage() else { break }
      stages.append(next)
      pipes.append(sign)
    }
    return ShellPipeline(
      isNegated: isNegated, stages: stages, pipes: pipes,
      range: ByteRange(start, stages.last?.range.end ?? position))
  }

  /// A command of any form with its redirections; nil when none begins here.
  mutating func stage() -> ShellStage? {
    skipBlanks()
    guard position < bytes.count else { return nil }
    depth += 1
    defer { depth -= 1 }
    guard depth <= ShellParser.deepest else {
      giveUp()
      return nil
    }
    let start = position
    if let word = reservedWord(), ShellParser.closingWords.contains(word) { return nil }
    let command: ShellCommand
    if let compound = compound() {
      command = compound
      if case .function = compound {
        return ShellStage(command: command, range: ByteRange(start, position))
      }
    } else if let simple = simpleCommand() {
      return simple
    } else {
      return nil
    }
    var stage = ShellStage(command: command, range: ByteRange(start, position))
    skipBlanks()
    while let redirection = redirection() {
      stage.redirections.append(redirection)
      stage.range.end = position
      skipBlanks()
    }
    return stage
  }

  /// Nested so deep that nobody wrote it: the rest is not read.
  mutating func giveUp() {
    if position < bytes.count { report(.nestedTooDeeply, ByteRange(position, position + 1)) }
    position = bytes.count
  }

  // MARK: Reading

  func isAt(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      guard position + wanted.count <= bytes.count else { return false }
      for index in 0..<wanted.count where bytes[position + index] != wanted[index] { return false }
      return true
    }
  }

  func text(_ start: Int, _ end: Int) -> ByteString { ByteString(Array(bytes[start..<min(end, bytes.count)])) }

  mutating func report(_ kind: ShellFault.Kind, _ range: ByteRange) {
    if faults.count < ShellParser.mostFaults { faults.append(ShellFault(kind: kind, range: range)) }
  }

  /// Skips spaces, tabs, continued lines and comments; stops at a line break.
  mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case Ascii.space, Ascii.tab: position += 1
      case Ascii.carriageReturn where position + 1 < bytes.count && bytes[position + 1] == Ascii.newline: position += 1
      case Ascii.backslash:
        guard let length = continuation(at: position) else { return }
        position += length
      case Ascii.hash:
        guard isWordBoundary(position) else { return }
        while position < bytes.count, bytes[position] != Ascii.newline { position += 1 }
      default: return
      }
    }
  }

  /// The length of a backslash with the line break it hides; nil when there is none.
  func continuation(at offset: Int) -> Int? {
    guard offset + 1 < bytes.count, bytes[offset] == Ascii.backslash else { return nil }
    if bytes[offset + 1] == Ascii.newline { return 2 }
    let isWide = bytes[offset + 1] == Ascii.carriageReturn && offset + 2 < bytes.count
    return isWide && bytes[offset + 2] == Ascii.newline ? 3 : nil
  }

  private func isWordBoundary(_ offset: Int) -> Bool {
    guard offset > 0 else { return true }
    switch bytes[offset - 1] {
    case Ascii.space, Ascii.tab, Ascii.newline, Ascii.semicolon, Ascii.ampersand, Ascii.pipe, Ascii.openParenthesis,
      Ascii.closeParenthesis, Ascii.backquote, Ascii.carriageReturn:
      return true
    default: return false
    }
  }

  /// Skips blanks and line breaks, reading the here-documents that begin at one.
  mutating func skipLineBreaks() {
    while true {
      skipBlanks()
      guard position < bytes.count, bytes[position] == Ascii.newline else { return }
      position += 1
      readPendingDocuments()
    }
  }

  /// The reserved word, or any bare word of letters, that begins here; nil for everything else.
  func reservedWord() -> ByteString? {
    var end = position
    while end < bytes.count, Ascii.isReservedByte(bytes[end]) { end += 1 }
    guard end > position, end - position <= 8, endsReserved(end) else { return nil }
    let word = text(position, end)
    return ShellParser.reservedWords.contains(word) ? word : nil
  }

  mutating func takeReserved(_ word: StaticString) -> Bool {
    guard isAt(word) else { return false }
    let end = position + word.utf8CodeUnitCount
    guard endsReserved(end) else { return false }
    position = end
    return true
  }

  /// True when a reserved word may end here.
  private func endsReserved(_ end: Int) -> Bool {
    end == bytes.count || Ascii.endsWord(bytes[end]) || continuation(at: end) != nil
  }

  /// Reserved words with which no command begins.
  private static let closingWords: Set<ByteString> = ["then", "elif", "else", "fi", "do", "done", "esac", "}"]

  private static let reservedWords: Set<ByteString> = [
    "if", "then", "elif", "else", "fi", "do", "done", "while", "until", "for", "select", "case", "esac", "in",
    "function", "{", "}", "time", "!", "coproc",
  ]
}

/// Bytes that mean something to the shell.
enum Ascii {
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let dollar = UInt8(ascii: "$")
  static let ampersand = UInt8(ascii: "&")
  static let quote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let openParenthesis = UInt8(ascii: "(")
  static let closeParenthesis = UInt8(ascii: ")")
  static let semicolon = UInt8(ascii: ";")
  static let less = UInt8(ascii: "<")
  static let greater = UInt8(ascii: ">")
  static let equals = UInt8(ascii: "=")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let backslash = UInt8(ascii: "\\")
  static let backquote = UInt8(ascii: "`")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let pipe = UInt8(ascii: "|")

  /// Bytes that end an unquoted word.
  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case tab, newline, space, ampersand, openParenthesis, closeParenthesis, semicolon, less, greater, pipe, backquote,
      carriageReturn:
      true
    default: false
    }
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
  }

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  static func isNameStart(_ byte: UInt8) -> Bool { isLetter(byte) || byte == UInt8(ascii: "_") }

  static func isName(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  /// Bytes of reserved words.
  static func isReservedByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == openBrace || byte == closeBrace || byte == UInt8(ascii: "!")
  }
}
