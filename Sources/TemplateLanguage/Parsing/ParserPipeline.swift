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
        return add(range) {
          .pipeline($0)
        } make: {
          Pipeline(id: $0, declarations: declarations, isAssignment: isAssignment, commands: commands)
        }
      }
      guard token.kind.startsOperand else { throw unexpected(token, in: place) }
      backUp()
      commands.append(try parseCommand())
    }
  }

  /// Where the last node that was made ends.
  private var lastEnd: Int { ranges.last?.end ?? 0 }

  private func check(_ commands: [Command], _ place: String, _ end: Token) throws(ParseFault) {
    guard !commands.isEmpty else { throw fault(.missingValue, ByteString("missing value for \(place)"), end.range) }
    for (index, command) in commands.enumerated().dropFirst() {
      switch command.operands[0] {
      case .bool, .dot, .none, .number, .string:
        throw fault(
          .syntax, ByteString("non executable command in pipeline stage \(index + 1)"),
          ranges[Int(command.id.rawValue)])
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
      if declarations.count == 2, isAssignment { retract(declarations[0]) }
      return false
    case .char where file.text[following.start] == UInt8(ascii: ","):
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
    let name = file.text[token.start..<token.end]
    let symbol = symbol(name)
    var slot = isAssignment ? resolve(symbol) : context.declared
    if !isAssignment, isNested { context.isUncertain = true }
    if context.isUncertain { slot = -1 }
    context.variables.append(ScopedVariable(symbol: symbol, slot: isAssignment ? nil : slot))
    if !isAssignment { context.declared += 1 }
    let resolved = slot ?? -1
    return add(token.range) {
      .operand(.variable($0))
    } make: {
      VariableNode(id: $0, name: name, symbol: symbol, slot: resolved, fields: [])
    }
  }

  /// The first variable of `$k, $v = …` was taken for a declaration.
  private mutating func retract(_ variable: VariableNode) {
    context.declared -= 1
    context.isUncertain = true
    for index in context.variables.indices where context.variables[index].slot == variable.slot {
      context.variables[index].slot = nil
    }
  }

  /// The slot of the innermost variable of that name that surely exists at run time.
  private func resolve(_ symbol: Int32) -> Int32? {
    guard !context.isUncertain else { return nil }
    return context.variables.last { $0.symbol == symbol && $0.slot != nil }?.slot
  }

  private mutating func parseCommand() throws(ParseFault) -> Command {
    let first = peekNonSpace()
    var operands: [Operand] = []
    var end = first.end
    scan: while true {
      _ = peekNonSpace()
      if let operand = try parseOperand() {
        operands.append(operand)
        end = max(end, ranges[Int(operand.id.rawValue)].end)
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
    guard !operands.isEmpty else { throw fault(.missingValue, "empty command", first.range) }
    return add(ByteRange(first.start, end)) {
      .command($0)
    } make: {
      Command(id: $0, operands: operands)
    }
  }

  private mutating func parseOperand() throws(ParseFault) -> Operand? {
    guard let operand = try parseTerm() else { return nil }
    let dot = peek()
    guard dot.kind == .field else { return operand }
    var fields: [ByteString] = []
    var end = dot.end
    while peek().kind == .field {
      let token = next()
      fields.append(file.text[(token.start + 1)..<token.end])
      end = token.end
    }
    let range = ByteRange(ranges[Int(operand.id.rawValue)].start, end)
    switch operand {
    case .field(let node): return .field(field(node.names + fields, range, position: dot.start))
    case .variable(let node):
      return .variable(
        add(range, position: dot.start) {
          .operand(.variable($0))
        } make: {
          VariableNode(id: $0, name: node.name, symbol: node.symbol, slot: node.slot, fields: node.fields + fields)
        })
    case .bool, .string, .number, .none, .dot:
      throw fault(.syntax, "unexpected . after term " + GoQuote.quote(GoSyntax.text(of: operand)), range)
    case .chain, .function, .pipeline:
      return .chain(
        add(range, position: dot.start) {
          .operand(.chain($0))
        } make: {
          ChainNode(id: $0, root: operand, fields: fields)
        })
    }
  }

  private mutating func field(_ names: [ByteString], _ range: ByteRange, position: Int) -> FieldNode {
    add(range, position: position) {
      .operand(.field($0))
    } make: {
      FieldNode(id: $0, names: names)
    }
  }

  private mutating func parseTerm() throws(ParseFault) -> Operand? {
    let token = nextNonSpace()
    switch token.kind {
    case .identifier: return .function(try function(token))
    case .dot:
      return .dot(
        add(token.range) {
          .operand(.dot($0))
        } make: {
          $0
        })
    case .nilKeyword:
      return .none(
        add(token.range) {
          .operand(.none($0))
        } make: {
          $0
        })
    case .variable: return .variable(try variable(token))
    case .field: return .field(field([file.text[(token.start + 1)..<token.end]], token.range, position: token.start))
    case .bool:
      let value = file.text[token.start] == UInt8(ascii: "t")
      return .bool(
        add(token.range) {
          .operand(.bool($0, value))
        } make: {
          $0
        }, value)
    case .charConstant, .complex, .number: return .number(try number(token))
    case .string, .rawString: return .string(try string(token))
    case .leftParenthesis: return .pipeline(try parenthesized(token))
    default:
      backUp()
      return nil
    }
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
    let name = file.text[token.start..<token.end]
    guard let index = functions.index(of: name.string) else {
      throw fault(.unknownFunction, "function " + GoQuote.quote(name) + " not defined", token.range)
    }
    return add(token.range) {
      .operand(.function($0))
    } make: {
      FunctionNode(id: $0, name: name, index: index)
    }
  }

  private mutating func variable(_ token: Token) throws(ParseFault) -> VariableNode {
    let name = file.text[token.start..<token.end]
    let symbol = symbol(name)
    guard context.variables.contains(where: { $0.symbol == symbol }) else {
      throw fault(.undefinedVariable, "undefined variable " + GoQuote.quote(name), token.range)
    }
    let slot = resolve(symbol) ?? -1
    return add(token.range) {
      .operand(.variable($0))
    } make: {
      VariableNode(id: $0, name: name, symbol: symbol, slot: slot, fields: [])
    }
  }

  private mutating func number(_ token: Token) throws(ParseFault) -> NumberNode {
    let constant: NumberConstant
    do throws(NumberFault) {
      constant = try NumberConstant.parse(file.text[token.start..<token.end], kind: token.kind)
    } catch {
      throw fault(.badNumber, error.message, token.range)
    }
    return add(token.range) {
      .operand(.number($0))
    } make: {
      NumberNode(id: $0, constant: constant)
    }
  }

  private mutating func string(_ token: Token) throws(ParseFault) -> StringNode {
    let value = try unquote(token)
    let source = file.text[token.start..<token.end]
    return add(token.range) {
      .operand(.string($0))
    } make: {
      StringNode(id: $0, source: source, value: Text(value))
    }
  }
}
