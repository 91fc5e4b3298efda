import Diagnostics
import SourceText

/// Reads the `sh` steps of Jenkinsfiles, declarative and scripted.
///
/// It reads Groovy only as far as strings, comments and blocks go: the head of each block tells stages, `environment`
/// and what runs after a failure.
struct JenkinsReader {
  private let file: SourceFile
  private let bytes: [UInt8]
  private var position = 0
  private var steps: ScriptSteps
  private var environment = ShellEnvironment()
  private var script: DeliveryScript
  /// The heads of the blocks around the position: `stage Deploy`, `post`, `failure`.
  private var blocks: [Block] = []

  private struct Block {
    var head: String
    /// The text behind the head: a stage's name.
    var title: String
    var place: SourceRange
  }

  init(_ file: SourceFile, _ library: ScriptLibrary) {
    self.file = file
    bytes = file.text.bytes
    steps = ScriptSteps(library: library)
    script = DeliveryScript(file: file, kind: .jenkinsfile, triggers: ["push"], jobs: [DeliveryJob()])
    environment.options.stopsAtFailure = true
  }

  mutating func read() -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    while position < bytes.count { next() }
    script.calledFiles = steps.calledFiles
    return (script, steps.diagnostics)
  }

  // MARK: Tokens

  /// Words in parentheses are arguments, no heads of blocks.
  private var openParentheses = 0
  private var lastWord = ""
  private var lastText = ""
  private var lastWordPlace = ByteRange(0, 0)

  private mutating func next() {
    switch bytes[position] {
    case UInt8(ascii: "/") where isAt("//"): skip { $0 != Ascii.newline }
    case UInt8(ascii: "/") where isAt("/*"): skipComment()
    case Ascii.quote, Ascii.doubleQuote: lastText = string().map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    case Ascii.openBrace:
      blocks.append(Block(head: lastWord, title: lastText, place: SourceRange(file, lastWordPlace)))
      lastWord = ""
      lastText = ""
      openParentheses = 0
      position += 1
    case Ascii.closeBrace:
      _ = blocks.popLast()
      position += 1
    case Ascii.openParenthesis, Ascii.closeParenthesis:
      openParentheses = max(0, openParentheses + (bytes[position] == Ascii.openParenthesis ? 1 : -1))
      position += 1
    case Ascii.newline:
      if openParentheses == 0 { lastText = "" }
      position += 1
    case let byte where Ascii.isNameStart(byte): word()
    default: position += 1
    }
  }

  private mutating func word() {
    let start = position
    skip(while: Ascii.isName)
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    let isMember = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
    if word == "sh", !isMember || isSteps(before: start) {
      shellStep(at: start)
    } else if blocks.last?.head == "environment", isAssignment {
      assignment(word)
    } else if openParentheses == 0 {
      lastWord = word
      lastWordPlace = ByteRange(start, position)
      lastText = ""
    }
  }

  /// `steps.sh`
  private func isSteps(before start: Int) -> Bool {
    start > 6 && bytes[(start - 6)..<start].elementsEqual("steps.".utf8)
  }

  private var isAssignment: Bool {
    var offset = position
    while offset < bytes.count, bytes[offset] == Ascii.space { offset += 1 }
    return offset + 1 < bytes.count && bytes[offset] == Ascii.equals && bytes[offset + 1] != Ascii.equals
  }

  private mutating func assignment(_ name: String) {
    skip { $0 == Ascii.space || $0 == Ascii.equals }
    guard position < bytes.count, bytes[position] == Ascii.quote || bytes[position] == Ascii.doubleQuote,
      let value = string()
    else {
      environment.forget(ByteString(name))
      return
    }
    let tree = ShellParser.parse(value)
    guard case .simple(let command)? = tree.list.statements.first?.first.stages.first?.command,
      tree.list.statements.count == 1, command.words.count == 1
    else {
      environment[ByteString(name)] = .text(ResolvedText(ByteString(value.bytes)), isAssumed: false)
      return
    }
    let text = WordExpansion(script: value, environment: environment).text(command.words[0])
    environment[ByteString(name)] = .text(text.text, isAssumed: text.isAssumed)
  }

  // MARK: Steps

  /// `sh '…'`, `sh("…")`, `sh(script: '…', returnStatus: true)`
  private mutating func shellStep(at start: Int) {
    skip { $0 == Ascii.space || $0 == Ascii.tab }
    let hasParenthesis = position < bytes.count && bytes[position] == Ascii.openParenthesis
    if hasParenthesis { position += 1 }
    var text: ScriptText?
    var tolerance: SourceRange?
    var depth = 1
    while position < bytes.count, depth > 0 {
      switch bytes[position] {
      case Ascii.quote, Ascii.doubleQuote:
        let found = string()
        text = text ?? found
        if !hasParenthesis, !isFollowedByComma { depth = 0 }
      case Ascii.openParenthesis:
        depth += 1
        position += 1
      case Ascii.closeParenthesis:
        depth -= 1
        position += 1
      case Ascii.newline where !hasParenthesis: depth = 0
      case Ascii.openBrace, Ascii.closeBrace: depth = 0
      case let byte where Ascii.isNameStart(byte):
        let wordStart = position
        skip(while: Ascii.isName)
        if bytes[wordStart..<position].elementsEqual("returnStatus".utf8) {
          skip { $0 != UInt8(ascii: ",") && $0 != Ascii.closeParenthesis && $0 != Ascii.newline }
          let place = ByteRange(wordStart, position)
          if file[place].string.contains("true") { tolerance = SourceRange(file, place) }
        }
      default: position += 1
      }
    }
    if let text { add(text, tolerance) }
  }

  private var isFollowedByComma: Bool {
    bytes[position...].first { $0 != Ascii.space && $0 != Ascii.tab } == UInt8(ascii: ",")
  }

  private mutating func add(_ text: ScriptText, _ tolerance: SourceRange?) {
    var masks = tolerance.map { [Circumstances.Mask(.tolerance, $0)] } ?? []
    for block in blocks where block.head == "catchError" || block.head == "warnError" {
      masks.append(Circumstances.Mask(.tolerance, block.place))
    }
    // Each step has a shell of its own.
    var own = environment
    var step = DeliveryStep(title: blocks.last { $0.head == "stage" }?.title ?? "")
    let isPost = blocks.contains { $0.head == "post" }
    let outcomes = ["failure", "unsuccessful", "aborted", "unstable", "cleanup", "always"]
    if isPost, blocks.contains(where: { outcomes.contains($0.head) }) { step.condition = "failure()" }
    step.commands = steps.commands(of: [text], &own, masks: masks)
    script.jobs[0].steps.append(step)
  }

  // MARK: Strings

  /// The string that begins here as the shell gets it; nil for one that never ends.
  private mutating func string() -> ScriptText? {
    let quote = bytes[position]
    let isTriple = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
    let length = isTriple ? 3 : 1
    position += length
    var writer = PieceWriter(file)
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote, !isTriple || isAtTriple(quote) {
        position += length
        return writer.script
      }
      if byte == Ascii.newline, !isTriple { return nil }
      if byte == Ascii.backslash, position + 1 < bytes.count {
        escape(&writer)
      } else if byte == Ascii.dollar, quote == Ascii.doubleQuote {
        interpolation(&writer)
      } else {
        writer.copy(position)
        position += 1
      }
    }
    return nil
  }

  private func isAtTriple(_ quote: UInt8) -> Bool {
    position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
  }

  private mutating func escape(_ writer: inout PieceWriter) {
    let place = ByteRange(position, position + 2)
    switch bytes[position + 1] {
    case UInt8(ascii: "n"): writer.write("\n", for: place)
    case UInt8(ascii: "t"): writer.write("\t", for: place)
    // A continued line of Groovy.
    case Ascii.newline: break
    case let byte: writer.write(ByteString([byte]), for: place)
    }
    position += 2
  }

  /// `${env.NAME}` and `${NAME}` are variables; other expressions are filled in before the shell sees them.
  private mutating func interpolation(_ writer: inout PieceWriter) {
    let start = position
    guard position + 1 < bytes.count, bytes[position + 1] == Ascii.openBrace else {
      writer.copy(position)
      position += 1
      return
    }
    var depth = 0
    while position < bytes.count, bytes[position] != Ascii.newline {
      if bytes[position] == Ascii.openBrace { depth += 1 }
      if bytes[position] == Ascii.closeBrace {
        depth -= 1
        if depth == 0 { break }
      }
      position += 1
    }
    position = min(position + 1, bytes.count)
    let place = ByteRange(start, position)
    var name = ByteString(bytes[min(start + 2, position - 1)..<max(min(start + 2, position - 1), position - 1)])
    for prefix: ByteString in ["env.", "params."] where name.hasPrefix(prefix) {
      name = name[prefix.count..<name.count]
    }
    if !name.isEmpty, name.bytes.allSatisfy(Ascii.isName), Ascii.isNameStart(name[0]) {
      writer.write("${" + name + "}", for: place)
    } else {
      writer.write("${{ " + name + " }}", for: place)
    }
  }

  // MARK: Reading

  private func isAt(_ text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  private mutating func skip(while holds: (UInt8) -> Bool) {
    while position < bytes.count, holds(bytes[position]) { position += 1 }
  }

  private mutating func skipComment() {
    position += 2
    while position < bytes.count, !isAt("*/") { position += 1 }
    position = min(position + 2, bytes.count)
  }
}
