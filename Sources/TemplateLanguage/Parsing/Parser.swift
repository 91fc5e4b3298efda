import Diagnostics
import SourceText

/// Parses template files. Never throws and never stops at a fault: it answers a tree and every fault it found.
package enum TemplateParser {
  /// How deep control structures and parentheses may nest.
  package static let maximumNesting = 1000
  /// How much of its thread's stack the parser may use; what nests deeper is a fault.
  package static let stackBytes = 4 << 20
  /// How many nodes one file may have: two hundred times as many as the largest that people publish.
  package static let maximumNodes = 500_000
  /// How many faults of one file are reported.
  package static let maximumFailures = 50
  /// The longest source whose offsets fit a token; a longer one is a fault.
  static let maximumBytes = Int(Int32.max)

  /// Parses one file whose own template is called `name`. Files may be parsed side by side, on threads that have
  /// `stackBytes` of stack.
  package static func parse(
    file: SourceFile, name: String, functions: FunctionTable, supervision: Supervision? = nil
  ) -> ParsedTemplate {
    file.text.bytes.withUnsafeBufferPointer { source in
      let fits = source.count <= maximumBytes
      var parser = Parser(
        file: file, source: fits ? source : UnsafeBufferPointer(rebasing: source[..<0]), name: name,
        functions: functions, supervision: supervision)
      if !fits { parser.record(parser.fault(.tooDeep, "template is too long", ByteRange(0, 0))) }
      return parser.parseFile()
    }
  }
}

/// The recursive-descent parser, with Go's lookahead of three tokens.
struct Parser {
  let file: SourceFile
  let name: String
  let functions: FunctionTable
  private let supervision: Supervision?
  /// The number of nodes at which `checkSize` is to be called.
  var nextSizeCheck = 1000
  /// The bytes of the file.
  let source: UnsafeBufferPointer<UInt8>
  var lexer: Lexer

  // The templates of one file (its own, and each define and block) have a context each.
  var context = Context()
  var places: [NodePlace] = []
  var fieldChains = FieldChains()
  var symbols: [ByteString: Int32] = ["$": 0]
  var failures: [ParseFailure] = []
  var comments: [ByteRange] = []
  var definitions: [Definition] = []
  private var definitionsByName: [ByteString: Int] = [:]
  var nesting = 0
  let stackFloor = StackGuard.floor(below: TemplateParser.stackBytes)

  /// What Go keeps per tree: its tokens of lookahead and the variables in scope.
  struct Context {
    var tokens = (Token.none, Token.none, Token.none)
    var pending = 0
    var variables = VariableScope()
    var declared: Int32 = 1
    /// True once a declaration inside parentheses may or may not have run.
    var isUncertain = false
    var rangeDepth = 0
    /// Where the action that is being parsed starts.
    var actionStart: Int?
  }

  struct Definition {
    var name: ByteString
    var nodes: [Node]
    var isBlank: Bool
    var nameRange: ByteRange?
  }

  init(
    file: SourceFile, source: UnsafeBufferPointer<UInt8>, name: String, functions: FunctionTable,
    supervision: Supervision?
  ) {
    self.supervision = supervision
    self.file = file
    self.source = source
    self.name = name
    self.functions = functions
    lexer = Lexer(source)
    // Templates have about a node in ten bytes.
    places.reserveCapacity(min(source.count / 8, 1 << 16))
  }

  mutating func parseFile() -> ParsedTemplate {
    var root: [Node] = []
    while peek().kind != .endOfFile {
      if peek().kind == .leftDelimiter {
        let delimiter = next()
        if nextNonSpace().kind == .defineKeyword {
          parseDefinition(openedAt: delimiter)
          continue
        }
        backUp2(delimiter)
      }
      switch parseItem() {
      case .node(let node): root.append(node)
      case .nothing: break
      case .end(let range), .otherwise(let range, _):
        let word: ByteString = file.text[range.start..<range.end].isElse ? "{{else}}" : "{{end}}"
        record(fault(.unexpectedEnd, "unexpected " + word, range))
      }
    }
    define(Definition(name: ByteString(name), nodes: root, isBlank: isBlank(root), nameRange: nil))
    return finish()
  }

  private func finish() -> ParsedTemplate {
    let table = SyntaxTable(file: file, parseName: name, places: places)
    func tree(_ definition: Definition) -> TemplateTree {
      TemplateTree(
        name: definition.name, nodes: definition.nodes, table: table, isBlank: definition.isBlank,
        nameRange: definition.nameRange)
    }
    // A definition of the file's own name stands for the file when nothing else does.
    let main =
      definitions.first { $0.name == ByteString(name) }
      ?? Definition(name: ByteString(name), nodes: [], isBlank: true, nameRange: nil)
    return ParsedTemplate(
      main: tree(main), definitions: definitions.filter { $0.nameRange != nil }.map(tree),
      failures: failures, comments: comments, file: file)
  }

  // MARK: Definitions

  private mutating func parseDefinition(openedAt delimiter: Token) {
    let outer = context
    context = Context()
    defer {
      context = outer
      context.pending = 0
    }
    var template: (name: ByteString, range: ByteRange)?
    do throws(ParseFault) {
      let token = nextNonSpace()
      guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, in: "define clause") }
      template = (try unquote(token), token.range)
      _ = try expect(.rightDelimiter, in: "define clause")
    } catch {
      record(error)
      resume(after: error)
    }
    let (body, end) = parseList(openedAt: delimiter)
    if case .otherwise(let range, _) = end {
      record(fault(.unexpectedEnd, "unexpected {{else}} in define clause", range))
      _ = parseList(openedAt: delimiter)
    }
    guard let template else { return }
    define(Definition(name: template.name, nodes: body, isBlank: isBlank(body), nameRange: template.range))
  }

  /// Adds a template of this file; of two that are not blank the second is a fault.
  mutating func define(_ new: Definition) {
    guard let index = definitionsByName[new.name] else {
      definitionsByName[new.name] = definitions.count
      return definitions.append(new)
    }
    if definitions[index].isBlank {
      definitions[index] = new
    } else if !new.isBlank {
      record(
        fault(
          .duplicateDefinition, "template: multiple definition of template " + GoQuote.quote(new.name),
          new.nameRange ?? definitions[index].nameRange ?? ByteRange(0, 0)))
    }
  }

  func isBlank(_ list: [Node]) -> Bool {
    list.allSatisfy { node in
      guard case .text(let text) = node else { return false }
      return source[text.range.start..<text.range.end].isUnicodeBlank
    }
  }

  // MARK: Lists and items

  /// What an action or text turned out to be.
  enum Item {
    case node(Node)
    /// A comment, or an action that was dropped because of a fault.
    case nothing
    case end(ByteRange)
    /// `{{ else }}`, or the `else` of `{{ else if` and `{{ else with`.
    case otherwise(ByteRange, chained: TokenKind?)
  }

  /// Parses up to the `end` or `else` that belongs to the enclosing structure, which `opening` began.
  mutating func parseList(openedAt opening: Token) -> ([Node], Item) {
    var list: [Node] = []
    while peekNonSpace().kind != .endOfFile {
      let item = parseItem()
      switch item {
      case .node(let node): list.append(node)
      case .nothing: break
      case .end, .otherwise: return (list, item)
      }
    }
    var missing = fault(.missingEnd, "unexpected EOF", ByteRange(opening.start, opening.end))
    missing.range = actionRange(from: opening.start)
    record(missing)
    return (list, .nothing)
  }

  /// The range of the action that starts at `offset`, for messages about its missing end.
  private func actionRange(from offset: Int) -> ByteRange {
    var end = offset
    let bytes = file.text.bytes
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "}"), end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "}") {
        return ByteRange(offset, end + 2)
      }
      end += 1
    }
    return ByteRange(offset, end)
  }

  mutating func parseItem() -> Item {
    let token = nextNonSpace()
    switch token.kind {
    case .text:
      return .node(.text(TextNode(id: add(token.range), range: token.range)))
    case .leftDelimiter:
      context.actionStart = token.start
      defer { context.actionStart = nil }
      return parseAction(openedAt: token)
    default:
      let error = unexpected(token, in: "input")
      record(error)
      resume(after: error)
      return .nothing
    }
  }

  /// True while structures and parentheses may nest deeper.
  var mayNest: Bool { nesting <= TemplateParser.maximumNesting && StackGuard.address() > stackFloor }

  /// Fails when the file has more nodes than it may have, or the parser was asked to stop.
  mutating func checkSize(at token: Token) throws(ParseFault) {
    nextSizeCheck = places.count + 1000
    guard places.count < TemplateParser.maximumNodes else {
      throw fault(
        .limit, ByteString("template has more than \(TemplateParser.maximumNodes) parts"), token.range)
    }
    if let wish = supervision?.wish { throw fault(.limit, ByteString(wish), token.range) }
  }

  // MARK: Faults

  /// A fault on the line on which Go reports it: that of the last token taken from the lexer.
  func fault(_ code: ParseFailure.Code, _ message: ByteString, _ range: ByteRange) -> ParseFault {
    ParseFault(code: code, message: message, line: line(of: context.tokens.0), range: range)
  }

  func unexpected(_ token: Token, in place: String) -> ParseFault {
    guard token.kind == .error else {
      return fault(
        token.kind == .endOfFile ? .missingEnd : .syntax,
        "unexpected " + describe(token) + ByteString(" in \(place)"), token.range)
    }
    var message = lexer.fault.message
    if let start = context.actionStart, line(at: start) != line(of: token) {
      message.append(message.hasSuffix(" action") ? " started at " : " in action started at ")
      message.append("\(name):\(line(at: start))")
    }
    let isUnclosed = lexer.fault.code == .unclosedAction
    return fault(
      lexer.fault.code, message, isUnclosed ? actionRange(from: context.actionStart ?? token.start) : token.range)
  }

  private func line(of token: Token) -> Int { line(at: token.start) }

  /// The line, from 1, in which an offset lies. Only faults ask for it.
  private func line(at offset: Int) -> Int { 1 + source[..<offset].count { $0 == UInt8(ascii: "\n") } }

  func describe(_ token: Token) -> ByteString {
    if token.kind == .endOfFile { return "EOF" }
    let text = file.text[token.start..<token.end]
    if token.kind.isKeyword { return "<" + text + ">" }
    guard text.count > 10 else { return GoQuote.quote(text) }
    return GoQuote.quote(text.prefix(runes: 10)) + "..."
  }

  mutating func record(_ fault: ParseFault) {
    guard failures.count < TemplateParser.maximumFailures else { return }
    failures.append(
      ParseFailure(
        code: fault.code, message: fault.message, line: fault.line, templateName: name,
        place: SourceRange(file, fault.range), note: note(for: fault)))
  }

  private func note(for fault: ParseFault) -> String? {
    guard fault.code == .unknownFunction else { return nil }
    let wrong = file.text[fault.range.start..<fault.range.end].string
    return nearestName(to: wrong, among: functions.names).map { "did you mean `\($0)`?" }
  }

  /// Skips what is left of an action that has a fault.
  mutating func resume(after fault: ParseFault) {
    context.pending = 0
    if failures.count >= TemplateParser.maximumFailures || fault.code == .limit {
      lexer.recover(from: file.text.count)
    } else if context.tokens.0.kind == .error {
      lexer.recover(from: context.tokens.0.start)
    } else if lexer.isInsideAction {
      lexer.recover(from: lexer.start)
    }
  }
}
