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

  /// As the end of a pipeline leaves it: the static type is forgotten.
  var unwrapped: Evaluated { Evaluated(value) }

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

  init(_ evaluator: Evaluator, _ tree: TemplateTree, dot: Value) {
    self.evaluator = evaluator
    self.tree = tree
    table = tree.table
    isTracking = evaluator.origins.isTracking
    state = isTracking ? evaluator.state(of: tree.table) : nil
    variables = [Variable(symbol: 0, value: Evaluated(dot))]
    output = TextBuilder(tracking: isTracking)
  }

  // MARK: Errors

  func complaint(_ message: ByteString, nilPath: [ByteString] = []) -> ExecutionError {
    ExecutionError(.complaint(message), at: place, frame: evaluator.frame, nilPath: nilPath)
  }

  var place: ExecutionError.Place {
    ExecutionError.Place(template: tree.name, table: table, node: current)
  }

  /// Takes one step, and checks what limits the render.
  mutating func step() throws(ExecutionError) {
    evaluator.remainingSteps &-= 1
    if evaluator.remainingSteps < 0 { throw limit("the render took more than \(evaluator.limits.steps) steps") }
  }

  func checkStack() throws(ExecutionError) {
    if StackGuard.address() < evaluator.stackFloor { throw limit("templates are nested too deep") }
  }

  mutating func charge(_ bytes: Int) throws(ExecutionError) {
    evaluator.remainingBytes &-= bytes
    if evaluator.remainingBytes < 0 {
      throw limit("the render made more than \(evaluator.limits.outputBytes) bytes of text")
    }
  }

  func limit(_ message: String) -> ExecutionError {
    ExecutionError(.limit(ByteString(message)), at: place, frame: evaluator.frame)
  }

  // MARK: Nodes

  mutating func walk(_ list: [Node], _ dot: Evaluated) throws(ExecutionError) -> Flow {
    for node in list {
      switch node {
      case .text(let text):
        try printLiteral(text)
      case .action(let action):
        try step()
        current = action.id
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
    output.append(
      literal: table.file.text.bytes[text.range.start..<text.range.end], site: site(text.id),
      frame: evaluator.frame)
  }

  func site(_ id: NodeID) -> SiteID {
    guard let state else { return .none }
    return SiteID(state.sites.rawValue &+ UInt32(bitPattern: id.rawValue))
  }

  private func enterSite(_ id: NodeID) {
    if isTracking { evaluator.site = site(id) }
  }

  private mutating func walkBranch(
    _ branch: BranchNode, isWith: Bool, _ dot: Evaluated
  ) throws(ExecutionError) -> Flow {
    try step()
    try checkStack()
    current = branch.id
    enterSite(branch.id)
    let mark = variables.count
    let value = try evaluate(branch.pipeline, dot)
    var flow = Flow.onward
    if value.value.isTrue {
      flow = try walk(branch.body, isWith ? value : dot)
    } else if let otherwise = branch.otherwise {
      flow = try walk(otherwise, dot)
    }
    variables.removeSubrange(mark...)
    return flow
  }

  private mutating func walkTemplate(_ call: TemplateNode, _ dot: Evaluated) throws(ExecutionError) {
    try step()
    try checkStack()
    current = call.id
    enterSite(call.id)
    guard let tree = evaluator.scope[call.name] else {
      throw complaint("template " + GoQuote.quote(call.name) + " not defined")
    }
    guard evaluator.templateDepth < evaluator.limits.templateDepth else {
      throw complaint(ByteString("exceeded maximum template depth (\(evaluator.limits.templateDepth))"))
    }
    var data = Evaluated.invalid
    if let pipeline = call.pipeline { data = try evaluate(pipeline, dot) }
    let outer = (evaluator.frame, evaluator.site)
    if isTracking {
      evaluator.frame = evaluator.origins.enter(call.name.string, from: site(call.id), in: outer.0)
    }
    evaluator.templateDepth += 1
    var inner = Execution(evaluator, tree, dot: data.value)
    swap(&inner.output, &output)
    _ = try inner.walk(tree.nodes, data)
    swap(&inner.output, &output)
    evaluator.templateDepth -= 1
    (evaluator.frame, evaluator.site) = outer
  }
}

extension Node {
  fileprivate var isWith: Bool {
    if case .with = self { return true }
    return false
  }
}
