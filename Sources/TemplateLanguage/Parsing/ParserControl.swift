import SourceText

// Actions: control structures and plain pipelines.
extension Parser {
  /// Parses what follows `{{`. A fault inside drops the action, but not the structure that it opens.
  mutating func parseAction(openedAt opening: Token) -> Item {
    do throws(ParseFault) {
      let token = nextNonSpace()
      switch token.kind {
      case .blockKeyword: return parseBlock(openedAt: opening)
      case .breakKeyword: return .node(.breakLoop(try parseLoopControl("break", opening, token)))
      case .continueKeyword: return .node(.continueLoop(try parseLoopControl("continue", opening, token)))
      case .elseKeyword: return parseElse(opening, token)
      case .endKeyword: return parseEnd(opening, token)
      case .ifKeyword: return parseControl("if", openedAt: opening)
      case .rangeKeyword: return parseControl("range", openedAt: opening)
      case .withKeyword: return parseControl("with", openedAt: opening)
      case .templateKeyword: return try parseTemplateCall(openedAt: opening)
      default:
        backUp()
        return try parsePrintedPipeline(openedAt: opening)
      }
    } catch {
      record(error)
      resume(after: error)
      return .nothing
    }
  }

  private mutating func parsePrintedPipeline(openedAt opening: Token) throws(ParseFault) -> Item {
    let first = peek()
    let pipeline = try parsePipeline("command", until: .rightDelimiter)
    let id = add(ByteRange(opening.start, lexedEnd), position: first.start)
    return .node(.action(ActionNode(id: id, pipeline: pipeline)))
  }

  /// Where the closing delimiter that was just taken ends.
  private var lexedEnd: Int { context.tokens.0.end }

  private mutating func parseLoopControl(
    _ word: String, _ opening: Token, _ keyword: Token
  ) throws(ParseFault) -> NodeID {
    let token = nextNonSpace()
    guard token.kind == .rightDelimiter else { throw unexpected(token, in: "{{\(word)}}") }
    guard context.rangeDepth > 0 else {
      throw fault(.syntax, ByteString("{{\(word)}} outside {{range}}"), ByteRange(opening.start, token.end))
    }
    return add(ByteRange(opening.start, token.end), position: keyword.start)
  }

  private mutating func parseElse(_ opening: Token, _ keyword: Token) -> Item {
    let following = peekNonSpace()
    if following.kind == .ifKeyword || following.kind == .withKeyword {
      return .otherwise(ByteRange(opening.start, keyword.end), chained: following.kind)
    }
    return .otherwise(closing("else", opening, keyword), chained: nil)
  }

  private mutating func parseEnd(_ opening: Token, _ keyword: Token) -> Item {
    .end(closing("end", opening, keyword))
  }

  /// The range of `{{ end }}` or `{{ else }}`; what else stands in it is a fault, but does not change its meaning.
  private mutating func closing(_ word: String, _ opening: Token, _ keyword: Token) -> ByteRange {
    do throws(ParseFault) {
      return ByteRange(opening.start, try expect(.rightDelimiter, in: word).end)
    } catch {
      record(error)
      resume(after: error)
      return ByteRange(opening.start, keyword.end)
    }
  }

  // MARK: if, with, range

  private mutating func parseControl(_ word: String, openedAt opening: Token) -> Item {
    nesting += 1
    defer { nesting -= 1 }
    guard mayNest else { return skipTooDeep(opening) }
    let scope = context.variables.count
    let declared = context.declared
    let pipeline = recoveringPipeline(word, opening)
    let range = ByteRange(opening.start, max(opening.end, lexedEnd))
    let bodyScope = context.variables.count
    let bodyDeclared = context.declared
    if word == "range" { context.rangeDepth += 1 }
    let (body, end) = parseList(openedAt: opening)
    if word == "range" { context.rangeDepth -= 1 }
    // The parser still knows the names that the body declared; at run time they are gone.
    context.variables.forgetSlots(from: bodyScope)
    context.declared = bodyDeclared
    let otherwise = parseOtherwise(word, end, opening)
    context.variables.removeLast(to: scope)
    context.declared = declared
    let branch = BranchNode(
      id: add(range, position: places[Int(pipeline.id.rawValue)].position), pipeline: pipeline, body: body,
      otherwise: otherwise)
    switch word {
    case "if": return .node(.conditional(branch))
    case "with": return .node(.with(branch))
    default: return .node(.range(branch))
    }
  }

  /// Answers the list behind `else`; nil when there is none.
  private mutating func parseOtherwise(_ word: String, _ end: Item, _ opening: Token) -> [Node]? {
    guard case .otherwise(let range, let chained) = end else { return nil }
    if let chained, (word == "if" && chained == .ifKeyword) || (word == "with" && chained == .withKeyword) {
      _ = nextNonSpace()
      let inner = Token(kind: .leftDelimiter, start: range.start, end: range.end)
      guard case .node(let node) = parseControl(word, openedAt: inner) else { return [] }
      return [node]
    }
    let (list, next) = parseList(openedAt: opening)
    if case .otherwise(let second, _) = next {
      record(fault(.unexpectedEnd, "expected end; found {{else}}", second))
      // Take the rest as part of the second else, so that the structure's own end is found.
      context.pending = 0
      if lexer.isInsideAction { lexer.recover(from: lexer.start) }
      _ = parseOtherwise("", .otherwise(second, chained: nil), opening)
    }
    return list
  }

  /// The pipeline of a control structure; empty when it has a fault, so that the structure still has its end.
  private mutating func recoveringPipeline(_ word: String, _ opening: Token) -> Pipeline {
    do throws(ParseFault) {
      return try parsePipeline(word, until: .rightDelimiter)
    } catch {
      record(error)
      resume(after: error)
      return Pipeline(id: add(opening.range), declarations: [], isAssignment: false, commands: [])
    }
  }

  private mutating func skipTooDeep(_ opening: Token) -> Item {
    let error = fault(.tooDeep, "control structures nest too deep", opening.range)
    record(error)
    context.pending = 0
    lexer.recover(from: file.text.count)
    return .nothing
  }

  // MARK: template, block

  private mutating func parseTemplateCall(openedAt opening: Token) throws(ParseFault) -> Item {
    let token = nextNonSpace()
    let name = try templateName(token, in: "template clause")
    var pipeline: Pipeline?
    if nextNonSpace().kind != .rightDelimiter {
      backUp()
      pipeline = try parsePipeline("template clause", until: .rightDelimiter)
    }
    return .node(templateNode(name, token, pipeline, ByteRange(opening.start, lexedEnd)))
  }

  private mutating func templateNode(
    _ name: ByteString, _ token: Token, _ pipeline: Pipeline?, _ range: ByteRange
  ) -> Node {
    .template(TemplateNode(id: add(range, position: token.start), name: name, pipeline: pipeline))
  }

  private func templateName(_ token: Token, in place: String) throws(ParseFault) -> ByteString {
    guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, in: place) }
    return try unquote(token)
  }

  private mutating func parseBlock(openedAt opening: Token) -> Item {
    nesting += 1
    defer { nesting -= 1 }
    guard mayNest else { return skipTooDeep(opening) }
    let token = nextNonSpace()
    var name: ByteString?
    var pipeline: Pipeline?
    do throws(ParseFault) {
      name = try templateName(token, in: "block clause")
      pipeline = try parsePipeline("block clause", until: .rightDelimiter)
    } catch {
      record(error)
      resume(after: error)
    }
    let range = ByteRange(opening.start, max(opening.end, lexedEnd))
    let outer = context
    context = Context()
    let (body, end) = parseList(openedAt: opening)
    if case .otherwise(let second, _) = end {
      context = outer
      record(fault(.unexpectedEnd, "unexpected {{else}} in block clause", second))
      context = Context()
      _ = parseList(openedAt: opening)
    }
    if let name { define(Definition(name: name, nodes: body, isBlank: isBlank(body), nameRange: token.range)) }
    context = outer
    context.pending = 0
    guard let name, let pipeline else { return .nothing }
    return .node(templateNode(name, token, pipeline, range))
  }
}
