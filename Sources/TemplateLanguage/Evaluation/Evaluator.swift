import SourceText
import Values

/// Runs parsed templates for one render. Belongs to one thread; functions get it as their first argument.
package final class Evaluator {
  package let set: TemplateSet
  package let functions: FunctionTable
  package let origins: OriginTable
  package let environment: Environment
  package let limits: Limits
  /// The functions that were called so far, by their index in the table: most renders call few of the three hundred.
  private var entries: [FunctionEntry?]

  /// Counts down; shared by all templates of the render.
  var remainingSteps: Int
  var remainingBytes: Int
  var stackFloor: UInt = 0
  var scope: TemplateScope
  /// The action that runs, for the frames of templates that functions call.
  var site = SiteID.none
  var frame = FrameID.none
  var templateDepth = 0
  /// The names of the calls of `include` that run, outermost first.
  var included: [ByteString] = []
  var expansionDepth = 0
  var sources = GeneratedSources()
  /// The operand that names the function of a `call`; nil when the value came through a pipeline.
  var callee: Operand?
  private var states: [ObjectIdentifier: FileState] = [:]
  /// What functions keep between calls, by type.
  var memories: [ObjectIdentifier: any FunctionMemory] = [:]
  /// Bit `i` is set while a function runs whose argument `i` is a nil of static type `interface {}`, which a few of
  /// Go's builtin functions tell from an untyped nil.
  package internal(set) var nilInterfaceArguments: UInt64 = 0
  /// True while other evaluators read the same data on other threads.
  let isBesideOthers: Bool
  /// True once a template wanted what only one that runs alone may have: what it made is not to be used.
  package internal(set) var mustRunAlone = false

  package init(
    set: TemplateSet, functions: FunctionTable, origins: OriginTable, environment: Environment,
    limits: Limits = Limits()
  ) {
    self.set = set
    self.functions = functions
    self.origins = origins
    self.environment = environment
    self.limits = limits
    entries = Array(repeating: nil, count: functions.functions.count)
    isBesideOthers = false
    remainingSteps = limits.steps
    remainingBytes = limits.outputBytes
    scope = TemplateScope(set)
  }

  /// One of `count` that run templates of `other`'s render at the same time, on data that is shared. It has a part
  /// of what the render may use up: a render that needs more runs one template after the other.
  package init(beside other: Evaluator, count: Int) {
    set = other.set
    functions = other.functions
    origins = other.origins
    environment = other.environment
    limits = other.limits
    // Threads that count references to one object wait for each other.
    entries = Array(repeating: nil, count: other.entries.count)
    isBesideOthers = true
    remainingSteps = limits.steps / (4 * count)
    remainingBytes = limits.outputBytes / (4 * count)
    scope = TemplateScope(set)
  }

  /// What a call of the function at `index` of the table needs.
  func entry(at index: Int) -> FunctionEntry {
    if let entry = entries[index] { return entry }
    let entry = FunctionEntry(functions.functions[index])
    entries[index] = entry
    return entry
  }

  /// Runs the template of that name with `data` as its dot: what Helm does for each file.
  package func execute(_ name: ByteString, data: Value) throws(ExecutionError) -> Text {
    stackFloor = StackGuard.floor(below: limits.stackBytes)
    limits.supervision?.begin(name)
    guard let tree = scope[name] else { throw ExecutionError(.missingTemplate(name), at: nil) }
    frame = .none
    site = .none
    templateDepth = 0
    expansionDepth = 0
    mustRunAlone = false
    included.removeAll(keepingCapacity: true)
    return try run(tree, data, frame: .none)
  }

  /// Runs a tree in the present scope.
  func run(_ tree: TemplateTree, _ data: Value, frame: FrameID) throws(ExecutionError) -> Text {
    if StackGuard.address() < stackFloor {
      throw ExecutionError(.limit("templates are nested too deep"), at: nil, frame: frame)
    }
    let outer = (self.frame, site)
    self.frame = frame
    // The text of a file is about as long as its source, that of a named template mostly short.
    let capacity = templateDepth == 0 && included.isEmpty ? tree.table.file.text.count : 128
    var execution = Execution(self, tree, dot: data, capacity: capacity)
    _ = try execution.walk(tree.nodes, Evaluated(data))
    execution.settle()
    (self.frame, site) = outer
    return execution.output.finish()
  }

  /// The sites and constants of a file in this render's origin table.
  func state(of table: SyntaxTable) -> FileState {
    if let state = states[ObjectIdentifier(table)] { return state }
    let state = FileState(table, origins)
    states[ObjectIdentifier(table)] = state
    return state
  }
}

/// A function as calls need it: behind one reference, with its name as bytes.
final class FunctionEntry {
  /// Functions whose arguments are not all evaluated.
  enum ShortCircuit { case none, and, or }

  let name: ByteString
  let parameters: [ParameterType]
  let variadic: ParameterType?
  let isSummary: Bool
  let body: Function.Body
  /// True when every argument is taken as it is.
  let takesAnything: Bool
  let shortCircuit: ShortCircuit
  let isCall: Bool
  /// What every call takes, and what it takes for each unit of its arguments' sizes.
  let steps: Int
  let perUnit: Int
  /// True for the functions that run templates, which share this render's budgets.
  let runsTemplates: Bool

  init(_ function: Function) {
    // A copy: threads that count references to one object wait for each other.
    parameters = function.parameters.map { $0 }
    variadic = function.variadic
    isSummary = function.origins == .summary
    body = function.body
    takesAnything = function.parameters.allSatisfy { $0 == .any } && (function.variadic ?? .any) == .any
    name = ByteString(function.name)
    runsTemplates = function.name == "include" || function.name == "tpl"
    steps = Execution.stepsOfCall + function.cost.fixed
    perUnit = function.cost.perUnit
    isCall = function.name == "call"
    shortCircuit = function.name == "and" ? .and : function.name == "or" ? .or : .none
  }
}

/// Where a file's nodes stand in the origin table of one render.
final class FileState {
  let sites: SiteID
  private let table: SyntaxTable
  private var constants: [Int32: OriginID] = [:]

  init(_ table: SyntaxTable, _ origins: OriginTable) {
    self.table = table
    sites = origins.addSites(of: table.file, table.places.map(\.range))
  }

  func constant(_ id: NodeID, _ origins: OriginTable) -> OriginID {
    if let origin = constants[id.rawValue] { return origin }
    let origin = origins.constant(table.file, table.places[Int(id.rawValue)].range)
    constants[id.rawValue] = origin
    return origin
  }
}
