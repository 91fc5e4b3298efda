import SourceText
import Values

/// A value together with its static type, as far as Go's messages and conversions depend on it.
struct Evaluated {
  var value: Value
  /// True for what was taken out of a map or list of `interface {}` and has not passed through a pipeline since.
  /// A nil with this type is Go's nil interface, without it Go's invalid value.
  var isInterface: Bool

  init(_ value: Value, isInterface: Bool = false) {
    self.value = value
    self.isInterface = isInterface
  }

  static var invalid: Evaluated { Evaluated(.none) }

  /// The Go type that messages name.
  var goType: ByteString { ByteString(isInterface ? "interface {}" : value.goType) }
}

/// How a list of nodes ended.
enum Flow {
  case onward, breakLoop, continueLoop
}

/// One running template: its variables and what it has printed.
struct Execution {
  struct Variable {
    var symbol: Int32
    var value: Evaluated
  }

  let evaluator: Evaluator
  let tree: TemplateTree
  let table: SyntaxTable
  let isTracking: Bool
  /// The file's place in the origin table; nil when origins are not tracked.
  let state: FileState?
  var variables: [Variable]
  var output: TextBuilder
  /// The node at which Go would report an error now.
  var current = NodeID(0)
  /// What is left of the steps and bytes that were drawn from the render's budgets.
  private var steps = 0
  private var bytes = 0
  /// The calls under which this template runs.
  let frame: FrameID
  /// The bytes of the template's file.
  private let source: [UInt8]

  /// What calls take: to evaluate arguments and to hand them over, and to set a template up.
  static let stepsOfCall = 6
  static let stepsOfTemplate = 12

  init(_ evaluator: Evaluator, _ tree: TemplateTree, dot: Value, capacity: Int = 0) {
    self.evaluator = evaluator
    self.tree = tree
    table = tree.table
    isTracking = evaluator.origins.isTracking
    state = isTracking ? evaluator.state(of: tree.table) : nil
    variables = [Variable(symbol: 0, value: Evaluated(dot))]
    output = TextBuilder(tracking: isTracking, capacity: capacity)
    frame = evaluator.frame
    source = tree.table.file.text.bytes
  }

  // MARK: Errors

  func complaint(_ message: ByteString, nilPath: [ByteString] = []) -> ExecutionError {
    ExecutionError(.complaint(message), at: place, frame: frame, nilPath: nilPath)
  }

  var place: ExecutionError.Place {
    ExecutionError.Place(tree: tree, node: current)
  }

  /// Takes steps, and checks what limits the render.
  @inline(__always) mutating func step(_ count: Int = 1) throws(ExecutionError) {
    if steps < count { try drawSteps(count) }
    steps &-= count
  }

  /// Takes `count` steps and a reserve from the render's budget.
  private mutating func drawSteps(_ count: Int) throws(ExecutionError) {
    let wanted = count - steps
    if wanted > evaluator.remainingSteps || evaluator.mustRunAlone { evaluator.remainingSteps = -1 }
    if let reason = evaluator.exhaustion { throw limit(reason) }
    let drawn = min(evaluator.remainingSteps, wanted + 1000)
    evaluator.remainingSteps -= drawn
    steps += drawn
  }

  /// Gives back what was drawn from the render's budgets and not used.
  mutating func settle() {
    if evaluator.remainingSteps >= 0 { evaluator.remainingSteps += steps }
    evaluator.remainingBytes += bytes
    steps = 0
    bytes = 0
  }

  func checkStack() throws(ExecutionError) {
    if StackGuard.address() < evaluator.stackFloor { throw limit("templates are nested too deep") }
  }

  /// Accounts for text that was made.
  @inline(__always) mutating func charge(_ count: Int) throws(ExecutionError) {
    if count > bytes { try drawBytes(count) }
    bytes &-= count
  }

  /// Takes `count` bytes and a reserve from the render's budget.
  private mutating func drawBytes(_ count: Int) throws(ExecutionError) {
    guard count <= TextBuilder.mostBytes else {
      throw limit("one text has more than \(TextBuilder.mostBytes) bytes")
    }
    let wanted = count - bytes
    guard wanted <= evaluator.remainingBytes else {
      throw limit("the render made more than \(evaluator.limits.outputBytes) bytes of text")
    }
    let drawn = min(evaluator.remainingBytes, wanted + 65536)
    evaluator.remainingBytes -= drawn
    bytes += drawn
  }

  func limit(_ message: String) -> ExecutionError {
    ExecutionError(.limit(ByteString(message)), at: place, frame: frame)
  }

  // MARK: Nodes

  mutating func walk(_ list: [Node], _ dot: Evaluated) throws(ExecutionError) -> Flow {
    for node in list {
      switch node {
      case .text(let text):
        try printLiteral(text)
      case .action(let action):
        current = action.id
        try step()
        enterSite(action.id)
        let value = try evaluate(action.pipeline, dot)
        if action.pipeline.declarations.isEmpty {
          current = action.id
          try print(value.value, at: action.id)
        }
      case .conditional(let branch), .with(let branch):
        let flow = try walkBranch(branch, isWith: node.isWith, dot)
        if flow != .onward { return flow }
      case .range(let branch):
        try checkStack()
        let flow = try walkRange(branch, dot)
        if flow != .onward { return flow }
      case .template(let call): try walkTemplate(call, dot)
      case .breakLoop(let id):
        current = id
        return .breakLoop
      case .continueLoop(let id):
        current = id
        return .continueLoop
      }
    }
    return .onward
  }

  private mutating func printLiteral(_ text: TextNode) throws(ExecutionError) {
    current = text.id
    try charge(text.range.count)
    output.append(literal: source, text.range.start..<text.range.end, site: site(text.id), frame: frame)
  }

  @inline(__always) func site(_ id: NodeID) -> SiteID {
    guard let state else { return .none }
    return SiteID(state.sites.rawValue &+ UInt32(bitPattern: id.rawValue))
  }

  private func enterSite(_ id: NodeID) {
    if isTracking { evaluator.site = site(id) }
  }

  private mutating func walkBranch(
    _ branch: BranchNode, isWith: Bool, _ dot: Evaluated
  ) throws(ExecutionError) -> Flow {
    current = branch.id
    try step()
    try checkStack()
    enterSite(branch.id)
    let mark = variables.count
    let value = try evaluate(branch.pipeline, dot)
    var flow = Flow.onward
    if value.value.isTrue {
      if isTracking, branch.otherwise != nil { skip(branch, .otherwise) }
      flow = try walk(branch.body, isWith ? value : dot)
    } else {
      if isTracking { skip(branch, .body) }
      if let otherwise = branch.otherwise { flow = try walk(otherwise, dot) }
    }
    variables.removeSubrange(mark...)
    return flow
  }

  /// Records which side of a branch was not run.
  func skip(_ branch: BranchNode, _ side: SkippedBranch.Side) {
    evaluator.origins.skip(SkippedBranch(site: site(branch.id), frame: frame, side: side))
  }

  private mutating func walkTemplate(_ call: TemplateNode, _ dot: Evaluated) throws(ExecutionError) {
    current = call.id
    try step(Execution.stepsOfTemplate)
    try checkStack()
    enterSite(call.id)
    guard let tree = evaluator.scope[call.name] else {
      throw ExecutionError(.undefinedTemplate(call.name), at: place, frame: frame)
    }
    guard evaluator.templateDepth < evaluator.limits.templateDepth else {
      throw complaint(ByteString("exceeded maximum template depth (\(evaluator.limits.templateDepth))"))
    }
    var data = Evaluated.invalid
    if let pipeline = call.pipeline { data = try evaluate(pipeline, dot) }
    if isTracking { evaluator.frame = evaluator.origins.enter(call.name.string, from: site(call.id), in: frame) }
    evaluator.templateDepth += 1
    settle()
    var inner = Execution(evaluator, tree, dot: data.value)
    swap(&inner.output, &output)
    _ = try inner.walk(tree.nodes, data)
    swap(&inner.output, &output)
    inner.settle()
    evaluator.templateDepth -= 1
    if isTracking {
      evaluator.frame = frame
      evaluator.site = site(call.id)
    }
  }
}

extension Node {
  fileprivate var isWith: Bool {
    if case .with = self { return true }
    return false
  }
}
