import SourceText

/// Walks a script in the order in which it runs, carries constants along, and collects its commands.
struct CommandWalk {
  private(set) var commands: [DeliveryCommand] = []
  private(set) var faults: [(ShellFault.Kind, ByteRange)] = []
  var environment: ShellEnvironment
  var circumstances = Circumstances()
  /// Variables that the script hands to later steps (`>> $GITHUB_ENV`).
  private(set) var handedOn: [(ByteString, ResolvedText)] = []

  var tree: ShellTree
  private var functions: [ByteString: Function] = [:]
  private var calledFunctions: Set<ByteString> = []
  private var callDepth = 0
  /// Commands that may still be walked over; loops and functions are laid out, and a script may not grow for ever.
  private var fuel = 20_000
  /// Set while a condition is walked: whether it asks if something exists.
  var testsExistence = false

  private struct Function {
    var body: ShellStage
    var tree: ShellTree
  }

  /// How a list ended.
  enum Flow {
    case normal
    /// `return`: ends a function.
    case returned
    /// `exit`: ends the script.
    case exited
  }

  init(_ tree: ShellTree, environment: ShellEnvironment = ShellEnvironment()) {
    self.tree = tree
    self.environment = environment
    noteFaults(of: tree)
  }

  private mutating func noteFaults(of tree: ShellTree) {
    faults += tree.faults.map { ($0.kind, tree.script.place($0.range)) }
  }

  /// Walks the whole script.
  mutating func run() { _ = walk(tree.list) }

  /// The commands of functions that the script defines and never calls, by name.
  mutating func uncalledFunctions() -> [(name: ByteString, commands: [DeliveryCommand])] {
    let names = functions.keys.filter { !calledFunctions.contains($0) }
    let ordered = names.sorted {
      (functions[$0]?.body.range.start ?? 0, $0) < (functions[$1]?.body.range.start ?? 0, $1)
    }
    return ordered.compactMap { name in
      guard let function = functions[name], !calledFunctions.contains(name) else { return nil }
      let before = commands
      commands = []
      environment.positional = nil
      call(function, name)
      let found = commands
      commands = before
      return found.isEmpty ? nil : (name, found)
    }
  }

  // MARK: Lists

  mutating func walk(_ list: ShellList) -> Flow {
    let outer = circumstances
    defer { circumstances.branches = outer.branches }
    for statement in list.statements {
      guard fuel > 0 else { return .exited }
      let flow = walk(statement)
      if flow != .normal { return flow }
    }
    return .normal
  }

  private mutating func walk(_ statement: ShellStatement) -> Flow {
    let outer = circumstances
    defer {
      circumstances.isMasked = outer.isMasked
      circumstances.isBackground = outer.isBackground
      circumstances.follows = outer.follows
    }
    if statement.isBackground { circumstances.isBackground = true }
    var flow = Flow.normal
    let pipelines = [statement.first] + statement.rest.map(\.pipeline)
    for (index, pipeline) in pipelines.enumerated() {
      if index > 0 { circumstances.follows = statement.rest[index - 1].isAnd ? .and : .or }
      circumstances.isMasked = outer.isMasked || pipeline.isNegated || isMasked(statement, after: index)
      let before = environment
      flow = walk(pipeline)
      if index > 0 {
        environment = before.merged(with: environment)
        flow = .normal
      }
      // `exit` alone ends the script; behind `||` it may not run.
      if flow != .normal { return flow }
    }
    return flow
  }

  /// True when something that cannot fail follows behind `||`.
  private func isMasked(_ statement: ShellStatement, after index: Int) -> Bool {
    for link in statement.rest.dropFirst(index) where !link.isAnd {
      guard case .simple(let command)? = link.pipeline.stages.first?.command else { return false }
      return ["true", ":", "echo", "printf", "warn"].contains(command.words.first?.bare ?? "")
    }
    return false
  }

  private mutating func walk(_ pipeline: ShellPipeline) -> Flow {
    if pipeline.stages.count == 1 { return walk(pipeline.stages[0], feeders: []) }
    var feeders: [PipedCommand] = []
    for stage in pipeline.stages {
      // Each part of a pipe has a shell of its own.
      let before = environment
      _ = walk(stage, feeders: feeders)
      if case .simple(let command) = stage.command { feeders.append(piped(command, stage)) }
      environment = before
    }
    return .normal
  }

  // MARK: Commands

  private mutating func walk(_ stage: ShellStage, feeders: [PipedCommand]) -> Flow {
    fuel -= 1
    guard fuel > 0 else { return .exited }
    walkSubstitutions(in: stage)
    switch stage.command {
    case .simple(let command): return walk(command, stage, feeders)
    case .group(let list): return walk(list)
    case .subshell(let list):
      let before = environment
      _ = walk(list)
      environment = before
      return .normal
    case .conditional(let arms, let otherwise): return walkConditional(arms, otherwise, at: stage.range.start)
    case .choice(let subject, let choices): return walkChoice(subject, choices, at: stage.range.start)
    case .loop(let condition, let body):
      walkCondition(condition)
      walkRepeated(body)
    case .iteration(let name, let words, let body): walkIteration(name, words, body)
    case .counting(let body): walkRepeated(body)
    case .function(let name, let body): functions[name] = Function(body: body, tree: tree)
    case .test, .arithmetic: break
    }
    return .normal
  }

  mutating func walkCondition(_ list: ShellList) {
    let before = circumstances
    circumstances.isCondition = true
    circumstances.isMasked = true
    _ = walk(list)
    circumstances = before
  }

  /// A body that runs again: what it sets is not known at its start.
  private mutating func walkRepeated(_ body: ShellList) {
    let before = circumstances
    circumstances.isRepeated = true
    for name in AssignedNames.names(in: body) { environment.forget(name) }
    let entry = environment
    _ = walk(body)
    environment = entry.merged(with: environment)
    circumstances = before
  }

  private static let mostUnrolled = 12

  private mutating func walkIteration(_ name: ByteString, _ words: [ShellWord]?, _ body: ShellList) {
    let values = words.map { $0.flatMap { expansion.fields($0) } }
    guard let values, values.count <= CommandWalk.mostUnrolled, values.allSatisfy({ !isGlob($0.text) }) else {
      environment.forget(name)
      walkRepeated(body)
      environment.forget(name)
      return
    }
    let before = circumstances
    circumstances.isRepeated = true
    for value in values {
      environment[name] = .text(value.text, isAssumed: value.isAssumed)
      _ = walk(body)
    }
    circumstances = before
  }

  private func isGlob(_ text: ResolvedText) -> Bool {
    text.pieces.contains { piece in
      switch piece {
      case .literal(let bytes): bytes.bytes.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
      case .hole(let hole): hole.hasPrefix("$(") || hole.hasPrefix("`")
      }
    }
  }

  var expansion: WordExpansion { WordExpansion(script: tree.script, environment: environment) }

  // MARK: Simple commands

  private func piped(_ command: ShellSimpleCommand, _ stage: ShellStage) -> PipedCommand {
    PipedCommand(words: command.words.flatMap { expansion.fields($0) }, input: input(of: stage))
  }

  private func input(of stage: ShellStage) -> CommandInput {
    for redirection in stage.redirections.reversed() {
      switch redirection.kind {
      case .input: return expansion.fields(redirection.target).first.map { .file($0) } ?? .nothing
      case .here:
        guard let index = redirection.document, tree.documents.indices.contains(index) else { continue }
        let body = tree.documents[index].body
        return .text(ShellHereText(text: expansion.text(body).text, range: body.range))
      case .hereString:
        return .text(ShellHereText(text: expansion.text(redirection.target).text, range: redirection.target.range))
      case .output, .append, .readWrite, .duplicate: continue
      }
    }
    return .nothing
  }

  private mutating func walk(_ command: ShellSimpleCommand, _ stage: ShellStage, _ feeders: [PipedCommand]) -> Flow {
    let piped = piped(command, stage)
    guard let first = piped.words.first else {
      assign(command.assignments)
      return .normal
    }
    let name = first.text.constant ?? ""
    if let flow = runBuiltin(name, command, piped) { return flow }
    if let function = functions[name], callDepth < 8 {
      let positional = environment.positional
      environment.positional = piped.words.dropFirst().map(\.text)
      let flow = call(function, name)
      environment.positional = positional
      return flow == .exited ? .exited : .normal
    }
    handOn(piped, stage)
    record(piped, command, feeders)
    return .normal
  }

  @discardableResult
  private mutating func call(_ function: Function, _ name: ByteString) -> Flow {
    calledFunctions.insert(name)
    let caller = tree
    tree = function.tree
    callDepth += 1
    defer {
      callDepth -= 1
      tree = caller
    }
    return walk(function.body, feeders: [])
  }

  mutating func assign(_ assignments: [ShellAssignment]) {
    for assignment in assignments {
      switch assignment.value {
      case .array(let words):
        let items = words.flatMap { expansion.fields($0).map(\.text) }
        if assignment.isAppending, case .array(let before)? = environment[assignment.name] {
          environment[assignment.name] = .array(before + items)
        } else if assignment.isAppending {
          environment.forget(assignment.name)
        } else {
          environment[assignment.name] = .array(items)
        }
      case .word(let word):
        if assignment.isElement {
          environment.forget(assignment.name)
          continue
        }
        var (text, isAssumed) = expansion.text(word)
        if assignment.isAppending {
          guard case .text(var before, let wasAssumed)? = environment[assignment.name] else {
            environment.forget(assignment.name)
            continue
          }
          before.append(text)
          text = before
          isAssumed = isAssumed || wasAssumed
        }
        environment[assignment.name] = .text(text, isAssumed: isAssumed)
      }
    }
  }

  private mutating func record(_ piped: PipedCommand, _ command: ShellSimpleCommand, _ feeders: [PipedCommand]) {
    let wrappers = Wrappers(piped.words[...])
    var words = Array(wrappers.words)
    let place = ByteRange(
      tree.script.place(command.words.first?.range ?? command.range).start, tree.script.place(command.range).end)
    if wrappers.hasMoreWords { words.append(ResolvedWord(ResolvedText(hole: "$(xargs)"), range: place)) }
    if runsNestedShell(words) { return }
    let reader = CommandReader(script: tree.script, directory: environment.directory)
    let meaning = reader.meaning(of: PipedCommand(words: words, input: piped.input), feeders: feeders)
    if circumstances.isCondition, CommandWalk.asksForExistence(meaning.action) { testsExistence = true }
    commands.append(
      DeliveryCommand(
        place: SourceRange(tree.script.file, place), words: words, action: meaning.action,
        circumstances: circumstances, feeders: feeders.map(\.words), deletes: meaning.deletes,
        creates: meaning.creates, waits: meaning.waits))
  }

  private static func asksForExistence(_ action: DeliveryAction) -> Bool {
    switch action {
    case .kubectl(let command): command.verb == .get || command.verb == .other("describe")
    case .helm(let command):
      [.other("status"), .other("list"), .other("ls"), .other("get"), .other("history")].contains(command.verb)
    case .other: false
    }
  }

  /// `echo NAME=value >> $GITHUB_ENV`
  private mutating func handOn(_ piped: PipedCommand, _ stage: ShellStage) {
    guard piped.words.count == 2, piped.words[0].text.constant == "echo",
      stage.redirections.contains(where: { redirection in
        redirection.kind == .append && expansion.text(redirection.target).text.shown == "$GITHUB_ENV"
      })
    else { return }
    let text = piped.words[1].text
    guard let equals = text.literalPrefix.bytes.firstIndex(of: Ascii.equals) else { return }
    handedOn.append((ByteString(text.literalPrefix.bytes[..<equals]), text.dropping(equals + 1)))
  }

  // MARK: Nested scripts

  /// `bash -c 'script'`: walks the script instead of the command; false when it is none, or not known.
  private mutating func runsNestedShell(_ words: [ResolvedWord]) -> Bool {
    guard let name = words.first?.text.constant else { return false }
    switch GoPath.base(name).string {
    case "bash", "sh", "dash", "zsh", "ksh":
      let flag = words.firstIndex { word in
        guard let text = word.text.constant else { return false }
        return text.count > 1 && text[0] == UInt8(ascii: "-") && text[1] != UInt8(ascii: "-")
          && text.bytes.last == UInt8(ascii: "c")
      }
      guard let flag, flag + 1 < words.count else { return false }
      let before = environment
      environment.positional = words.dropFirst(flag + 3).map(\.text)
      runNested(words[flag + 1])
      environment = before
      return true
    case "eval":
      guard words.count == 2 else { return false }
      runNested(words[1])
      return true
    default: return false
    }
  }

  private mutating func runNested(_ word: ResolvedWord) {
    guard callDepth < 8 else { return }
    callDepth += 1
    let caller = tree
    tree = ShellParser.parse(NestedScript.text(of: word, in: tree.script.file))
    // What a hole brings in may close what looks open.
    if word.text.isConstant { noteFaults(of: tree) }
    _ = walk(tree.list)
    tree = caller
    callDepth -= 1
  }

  /// Walks the commands inside `$(…)`, which run before the command itself.
  private mutating func walkSubstitutions(in stage: ShellStage) {
    for list in SubstitutionFinder.lists(in: stage, tree.documents) {
      let before = (environment, circumstances)
      _ = walk(list)
      (environment, circumstances) = before
    }
  }
}
