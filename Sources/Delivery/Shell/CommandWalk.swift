import SourceText

/// Walks a script in the order in which it runs, carries constants along, and collects its commands.
struct CommandWalk {
  var commands: [DeliveryCommand] = []
  /// What could not be read.
  private(set) var faults: [(kind: ShellFault.Kind, place: SourceRange)] = []
  var environment: ShellEnvironment
  var circumstances = Circumstances()
  /// Variables that the script hands to later steps (`>> $GITHUB_ENV`).
  var handedOn: [(ByteString, ResolvedText)] = []

  var tree: ShellTree
  /// The scripts that this one may call.
  let library: ScriptLibrary
  /// The paths of the scripts that were called.
  var calledFiles: Set<String> = []
  /// The scripts that are being walked, the outermost first.
  var openFiles: [SourceFile] = []
  /// Scripts are parsed once, however often they are called.
  var parsedFiles: [SourceFile: ShellTree] = [:]
  var functions: [ByteString: Function] = [:]
  var calledFunctions: Set<ByteString> = []
  var callDepth = 0
  /// Which call of a function or script is walked, and how many there were.
  var call = 0
  var callCount = 0
  /// Commands that may still be walked over; loops and functions are laid out, and a script may not grow for ever.
  var fuel = 20_000
  /// Set while a condition is walked: whether it asks if something exists.
  var testsExistence = false

  /// Calls nested deeper are not laid out.
  static let deepestCall = 8

  struct Function {
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

  init(
    _ tree: ShellTree, environment: ShellEnvironment = ShellEnvironment(), library: ScriptLibrary = ScriptLibrary()
  ) {
    self.tree = tree
    self.environment = environment
    self.library = library
    openFiles = [tree.script.file]
    noteFaults(of: tree)
  }

  mutating func noteFaults(of tree: ShellTree) {
    faults += tree.faults.map { ($0.kind, SourceRange(tree.script.file, tree.script.place($0.range))) }
  }

  func place(_ range: ByteRange) -> SourceRange { SourceRange(tree.script.file, tree.script.place(range)) }

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
      circumstances.masks = outer.masks
      circumstances.follows = outer.follows
    }
    if let sign = statement.background { mask(.background, sign) }
    let masks = circumstances.masks
    var flow = Flow.normal
    let pipelines = [statement.first] + statement.rest.map(\.pipeline)
    for (index, pipeline) in pipelines.enumerated() {
      if index > 0 { circumstances.follows = statement.rest[index - 1].isAnd ? .and : .or }
      circumstances.masks = masks
      if let alternative = alternative(statement, after: index) { mask(.alternative, alternative) }
      if pipeline.isNegated { mask(.negation, ByteRange(pipeline.range.start, pipeline.range.start + 1)) }
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

  mutating func mask(_ kind: Circumstances.Mask.Kind, _ range: ByteRange) {
    circumstances.masks.append(Circumstances.Mask(kind, place(range)))
  }

  /// What follows behind `||` and cannot fail.
  private func alternative(_ statement: ShellStatement, after index: Int) -> ByteRange? {
    for link in statement.rest.dropFirst(index) where !link.isAnd {
      guard case .simple(let command)? = link.pipeline.stages.first?.command else { return nil }
      let name = command.words.first?.bare ?? ""
      guard ["true", ":", "echo", "printf", "warn"].contains(name) || isCleanExit(command) else { return nil }
      return ByteRange(link.sign.start, link.pipeline.range.end)
    }
    return nil
  }

  /// `exit 0`, `return 0`
  private func isCleanExit(_ command: ShellSimpleCommand) -> Bool {
    ["exit", "return"].contains(command.words.first?.bare ?? "") && command.words.dropFirst().first?.bare == "0"
  }

  private mutating func walk(_ pipeline: ShellPipeline) -> Flow {
    if pipeline.stages.count == 1 { return walk(pipeline.stages[0], feeders: []) }
    var feeders: [PipedCommand] = []
    let masks = circumstances.masks
    let wasFeeding = circumstances.feedsPipe
    for (index, stage) in pipeline.stages.enumerated() {
      // Each part of a pipe has a shell of its own.
      let before = environment
      circumstances.masks = masks
      circumstances.feedsPipe = wasFeeding || index + 1 < pipeline.stages.count
      if pipeline.pipes.indices.contains(index), !environment.options.failsWithPipes {
        mask(.pipe, pipeline.pipes[index])
      }
      _ = walk(stage, feeders: feeders)
      if case .simple(let command) = stage.command { feeders.append(piped(command, stage)) }
      environment = before
    }
    circumstances.masks = masks
    circumstances.feedsPipe = wasFeeding
    return .normal
  }

  // MARK: Commands

  mutating func walk(_ stage: ShellStage, feeders: [PipedCommand]) -> Flow {
    fuel -= 1
    guard fuel > 0 else { return .exited }
    if !commands.isEmpty, StatusReads.reads(stage) { commands[commands.count - 1].circumstances.isStatusRead = true }
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
}
