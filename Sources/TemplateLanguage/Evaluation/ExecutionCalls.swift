import SourceText
import Values

// Calls of functions and methods.
extension Execution {
  /// Calls a function with the arguments that are written behind its name.
  mutating func call(
    _ node: FunctionNode, errorsAt id: NodeID, _ operands: [Operand], _ final: Evaluated?, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    current = node.id
    let entry = evaluator.entry(at: Int(node.index))
    try step(entry.steps)
    try checkCount(entry.name, entry.parameters.count, isVariadic: entry.variadic != nil, operands, final)
    if entry.shortCircuit != .none {
      return try shortCircuit(entry.shortCircuit == .or, operands, final, dot)
    }
    var nils: UInt64 = 0
    // A parameter that is not listed takes anything.
    let arguments =
      entry.takesAnything
      ? try arguments([], nil, operands, final, dot, &nils)
      : try arguments(entry.parameters, entry.variadic, operands, final, dot, &nils)
    if nils != 0 || evaluator.nilInterfaceArguments != 0 { evaluator.nilInterfaceArguments = nils }
    if entry.perUnit > 0 { try stepForSize(entry, arguments) }
    if entry.runsTemplates { settle() }
    if entry.isCall { evaluator.callee = operands.first }
    let result: Value
    do throws(FunctionError) {
      result = try entry.body(evaluator, arguments)
    } catch {
      current = id
      throw failure(of: entry.name, error)
    }
    if case .string(let text) = result.datum {
      try charge(text.bytes.count)
      try step(text.bytes.count >> 3)
    }
    // A function may swallow the error that should have ended it.
    if evaluator.remainingSteps < 0 { throw limit(evaluator.exhaustion ?? "") }
    if isTracking, entry.isSummary {
      return Evaluated(summarized(result, entry, arguments), isInterface: result.isNone)
    }
    return Evaluated(result, isInterface: result.isNone)
  }

  /// Takes the steps that depend on how large the arguments are.
  private mutating func stepForSize(_ entry: FunctionEntry, _ arguments: [Value]) throws(ExecutionError) {
    var units = 0
    for argument in arguments { units &+= argument.size }
    if units > 0 { try step(units &* entry.perUnit) }
  }

  mutating func call(
    _ method: ObjectMethod, _ name: ByteString, _ id: NodeID, _ operands: [Operand], _ final: Evaluated?,
    _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    try step(Execution.stepsOfCall + method.steps)
    try checkCount(name, method.parameters.count, isVariadic: method.variadic != nil, operands, final)
    var nils: UInt64 = 0
    let arguments = try arguments(method.parameters, method.variadic, operands, final, dot, &nils)
    let result: Value
    do throws(FunctionError) {
      result = try method.call(arguments)
    } catch {
      current = id
      throw failure(of: name, error)
    }
    if case .string(let text) = result.datum { try charge(text.bytes.count) } else { try step(result.size &* 8) }
    return Evaluated(result)
  }

  private func failure(of name: ByteString, _ error: FunctionError) -> ExecutionError {
    if error.kind == .limit { return ExecutionError(.limit(error.message), at: place, frame: frame) }
    return ExecutionError(.call(function: name, error), at: place, frame: frame)
  }

  private func checkCount(
    _ name: ByteString, _ fixed: Int, isVariadic: Bool, _ operands: [Operand], _ final: Evaluated?
  ) throws(ExecutionError) {
    let written = operands.count
    let count = written + (final == nil ? 0 : 1)
    if isVariadic {
      guard count < fixed else { return }
      throw complaint(
        "wrong number of args for " + name + ByteString(": want at least \(fixed) got \(written)"))
    }
    guard count != fixed else { return }
    throw complaint("wrong number of args for " + name + ByteString(": want \(fixed) got \(count)"))
  }

  /// The values of the arguments, the one that came through the pipeline last.
  private mutating func arguments(
    _ parameters: [ParameterType], _ variadic: ParameterType?, _ operands: [Operand], _ final: Evaluated?,
    _ dot: Evaluated, _ nils: inout UInt64
  ) throws(ExecutionError) -> [Value] {
    func value(_ index: Int) throws(ExecutionError) -> Value {
      let type = index < parameters.count ? parameters[index] : variadic ?? .any
      guard index < operands.count else { return try convert(final ?? .invalid, to: type).value }
      let value = try argument(operands[index], type, dot)
      if value.isInterface, value.value.isNone { nils |= 1 << UInt64(min(63, index)) }
      return value.value
    }
    // A literal is allocated once, at its size; few calls have more than two arguments.
    let count = operands.count + (final == nil ? 0 : 1)
    switch count {
    case 0: return []
    case 1: return [try value(0)]
    case 2:
      let first = try value(0)
      return [first, try value(1)]
    default:
      var values: [Value] = []
      values.reserveCapacity(count)
      for index in 0..<count { values.append(try value(index)) }
      return values
    }
  }

  /// `and` and `or`: the first argument that decides, or the last.
  private mutating func shortCircuit(
    _ isOr: Bool, _ operands: [Operand], _ final: Evaluated?, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    var value = Evaluated.invalid
    for operand in operands {
      value = try argument(operand, .any, dot)
      if value.value.isTrue == isOr { return value }
    }
    return final ?? value
  }

  // MARK: Origins

  /// A result that depends on all arguments gets an origin that names them all.
  private func summarized(_ result: Value, _ entry: FunctionEntry, _ arguments: [Value]) -> Value {
    guard result.origin == .none else { return result }
    if case .string(let text) = result.datum, !text.runs.isEmpty { return result }
    var sources: [OriginID] = []
    for argument in arguments { argument.collectOrigins(into: &sources, depth: 0) }
    var result = result
    result.origin = evaluator.origins.derived(entry.name.string, from: sources)
    return result
  }
}

extension Value {
  /// The origins of a value and, where it has none itself, of its parts; at most 64.
  package func collectOrigins(into sources: inout [OriginID], depth: Int) {
    func add(_ origin: OriginID) {
      if origin != .none, sources.count < 64, !sources.contains(origin) { sources.append(origin) }
    }
    if case .string(let text) = datum, !text.runs.isEmpty {
      for run in text.runs { add(run.origin) }
      return
    }
    add(origin)
    guard origin == .none, depth < 4 else { return }
    switch datum {
    case .list(let list):
      for element in list.elements.prefix(64) { element.collectOrigins(into: &sources, depth: depth + 1) }
    case .map(let map):
      for entry in map.entries.prefix(64) { entry.value.collectOrigins(into: &sources, depth: depth + 1) }
    default: break
    }
  }
}
