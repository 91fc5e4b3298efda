import SourceText

// Pipelines, commands and operands.
extension Parser {
  mutating func parsePipeline(_ place: String, until end: TokenKind) throws(ParseFault) -> Pipeline {
    let first = peekNonSpace()
    var declarations: [VariableNode] = []
    var isAssignment = false
    while try parseDeclaration(place, &declarations, &isAssignment, isNested: end == .rightParenthesis) {}
    var commands: [Command] = []
    while true {
      let token = nextNonSpace()
      if token.kind == end {
        try check(commands, place, token)
        let range = ByteRange(min(first.start, token.start), max(first.start, commands.isEmpty ? first.start : lastEnd))
        return Pipeline(
          id: add(range), declarations: declarations, isAssignment: isAssignment, commands: commands)
      }
      guard token.kind.startsOperand else { throw unexpected(token, in: place) }
      backUp()
      let command = try parseCommand()
      // Most pipelines have one command; a literal is allocated at its size.
      if commands.isEmpty { commands = [command] } else { commands.append(command) }
    }
  }

  /// Where the last node that was made ends.
  private var lastEnd: Int { places.last?.range.end ?? 0 }

  private func check(_ commands: [Command], _ place: String, _ end: Token) throws(ParseFault) {
    guard !commands.isEmpty else { throw fault(.missingValue, ByteString("missing value for \(place)"), end.range) }
    for (index, command) in commands.enumerated().dropFirst() {
      switch command.head {
      case .bool, .dot, .none, .number, .string:
        throw fault(
          .syntax, ByteString("non executable command in pipeline stage \(index + 1)"),
          self.range(of: command.id))
      default: break
      }
    }
  }

  /// Takes `$x :=`, `$x =` or `$x,`; true when another variable must follow.
  private mutating func parseDeclaration(
    _ place: String, _ declarations: inout [VariableNode], _ isAssignment: inout Bool, isNested: Bool
  ) throws(ParseFault) -> Bool {
    let variable = peekNonSpace()
    guard variable.kind == .variable else { return false }
    _ = next()
    let follower = peek()
    let following = peekNonSpace()
    switch following.kind {
    case .assign, .declare:
      isAssignment = following.kind == .assign
      _ = nextNonSpace()
      declarations.append(declare(variable, isAssignment: isAssignment, isNested: isNested))
      if declarations.count == 2, isAssignment { retract() }
      return false
    case .char where source[following.start] == UInt8(ascii: ","):
      _ = nextNonSpace()
      declarations.append(declare(variable, isAssignment: false, isNested: isNested))
      guard place == "range", declarations.count < 2 else {
        throw fault(.syntax, ByteString("too many declarations in \(place)"), variable.range)
      }
      let kind = peekNonSpace().kind
      guard kind == .variable || kind == .rightDelimiter || kind == .rightParenthesis else {
        throw fault(.syntax, "range can only initialize variables", peekNonSpace().range)
      }
      return true
    default:
      if follower.kind == .space { backUp3(variable, follower) } else { backUp2(variable) }
      return false
    }
  }

  private mutating func declare(_ token: Token, isAssignment: Bool, isNested: Bool) -> VariableNode {
    let name = text(token.range)
    let symbol = symbol(name)
    var slot = isAssignment ? resolve(symbol) : context.declared
    if !isAssignment, isNested { context.isUncertain = true }
    if context.isUncertain { slot = -1 }
    // A name that is known already is not better known by being assigned to.
    if !isAssignment {
      context.variables.append(symbol, slot: slot)
    } else if !context.variables.contains(symbol) {
      context.variables.append(symbol, slot: nil)
    }
    if !isAssignment { context.declared += 1 }
    return VariableNode(id: add(token.range), name: name, symbol: symbol, slot: slot ?? -1, fields: [])
  }

  /// The first variable of `$k, $v = …` was taken for a declaration.
  private mutating func retract() {
    context.declared -= 1
    context.isUncertain = true
  }

  /// The slot of the innermost variable of that name that surely exists at run time.
  private func resolve(_ symbol: Int32) -> Int32? {
    context.isUncertain ? nil : context.variables.slot(of: symbol)
  }

  private mutating func parseCommand() throws(ParseFault) -> Command {
    let first = peekNonSpace()
    var head: Operand?
    var arguments: [Operand] = []
    var end = first.end
    scan: while true {
      let following = peekNonSpace()
      if places.count >= nextSizeCheck { try checkSize(at: following) }
      if let operand = try parseOperand() {
        if head == nil {
          head = operand
        } else {
          if arguments.isEmpty { arguments.reserveCapacity(2) }
          arguments.append(operand)
        }
        end = max(end, range(of: operand.id).end)
      }
      let token = next()
      switch token.kind {
      case .space: continue
      case .rightDelimiter, .rightParenthesis:
        backUp()
        break scan
      case .pipe: break scan
      default: throw unexpected(token, in: "operand")
      }
    }
    guard let head else { throw fault(.missingValue, "empty command", first.range) }
    return Command(id: add(ByteRange(first.start, end)), head: head, arguments: arguments)
  }

  private mutating func parseOperand() throws(ParseFault) -> Operand? {
    guard let operand = try parseTerm() else { return nil }
    guard peek().kind == .field else { return operand }
    let dot = next()
    let end = takeFields(behind: dot)
    let range = ByteRange(range(of: operand.id).start, end)
    switch operand {
    case .variable(let node):
      return .variable(
        VariableNode(
          id: add(range, position: dot.start), name: node.name, symbol: node.symbol, slot: node.slot,
          fields: fields(ByteRange(dot.start, end))))
    case .bool, .string, .number, .none, .dot:
      throw fault(.syntax, "unexpected . after term " + GoQuote.quote(GoSyntax.text(of: operand)), range)
    case .chain, .field, .function, .pipeline:
      return .chain(
        ChainNode(
          id: add(range, position: dot.start), root: operand, fields: fields(ByteRange(dot.start, end))))
    }
  }

  /// Takes the fields that follow a token without space between; answers where they end.
  private mutating func takeFields(behind token: Token) -> Int {
    var end = token.end
    while peek().kind == .field { end = next().end }
    return end
  }

  private mutating func fields(_ range: ByteRange) -> [ByteString] { fieldChains.names(range, in: source) }

  private mutating func parseTerm() throws(ParseFault) -> Operand? {
    let token = nextNonSpace()
    switch token.kind {
    case .identifier: return .function(try function(token))
    case .dot: return .dot(add(token.range))
    case .nilKeyword: return .none(add(token.range))
    case .variable: return .variable(try variable(token))
    case .field: return .field(field(token))
    case .bool: return .bool(add(token.range), source[token.start] == UInt8(ascii: "t"))
    case .charConstant, .complex, .number: return .number(try number(token))
    case .string, .rawString: return .string(try string(token))
    case .leftParenthesis: return .pipeline(try parenthesized(token))
    default:
      backUp()
      return nil
    }
  }

  private mutating func field(_ token: Token) -> FieldNode {
    let second = peek()
    let range = ByteRange(token.start, takeFields(behind: token))
    // Go's position of a chain is that of its second name.
    let id = add(range, position: second.kind == .field ? second.start : token.start)
    return FieldNode(id: id, names: fields(range))
  }

  private mutating func parenthesized(_ token: Token) throws(ParseFault) -> Pipeline {
    nesting += 1
    defer { nesting -= 1 }
    guard mayNest else {
      throw fault(.tooDeep, "max expression depth exceeded", token.range)
    }
    return try parsePipeline("parenthesized pipeline", until: .rightParenthesis)
  }

  private mutating func function(_ token: Token) throws(ParseFault) -> FunctionNode {
    guard let index = functions.index(of: bytes(token.range)) else {
      throw fault(.unknownFunction, "function " + GoQuote.quote(text(token.range)) + " not defined", token.range)
    }
    return FunctionNode(id: add(token.range), index: Int32(index), name: functions.spellings[index])
  }

  private mutating func variable(_ token: Token) throws(ParseFault) -> VariableNode {
    let name = text(token.range)
    let symbol = symbol(name)
    guard context.variables.contains(symbol) else {
      throw fault(.undefinedVariable, "undefined variable " + GoQuote.quote(name), token.range)
    }
    return VariableNode(id: add(token.range), name: name, symbol: symbol, slot: resolve(symbol) ?? -1, fields: [])
  }

  private mutating func number(_ token: Token) throws(ParseFault) -> NumberNode {
    let constant: NumberConstant
    do throws(NumberFault) {
      constant = try NumberConstant.parse(text(token.range), kind: token.kind)
    } catch {
      throw fault(.badNumber, error.message, token.range)
    }
    return NumberNode(id: add(token.range), constant: constant)
  }

  private mutating func string(_ token: Token) throws(ParseFault) -> StringNode {
    let value = try unquote(token)
    let isVerbatim = token.kind == .string && bytes(token.range).dropFirst().dropLast().elementsEqual(value.bytes)
    return StringNode(id: add(token.range), written: isVerbatim ? nil : text(token.range), value: Text(value))
  }
}
