import SourceText
import Values

// `range`
extension Execution {
  mutating func walkRange(_ branch: BranchNode, _ dot: Evaluated) throws(ExecutionError) -> Flow {
    current = branch.id
    try step()
    if isTracking { evaluator.site = site(branch.id) }
    let outer = variables.count
    let value = try evaluate(branch.pipeline, dot)
    let iterated = try iterate(branch, value.value)
    var flow = Flow.onward
    if isTracking, !iterated { skip(branch, .body) }
    if !iterated, let otherwise = branch.otherwise { flow = try walk(otherwise, dot) }
    variables.removeSubrange(outer...)
    return flow
  }

  /// Runs the body for each element; false when there is none.
  private mutating func iterate(_ branch: BranchNode, _ value: Value) throws(ExecutionError) -> Bool {
    var datum = value.datum
    if case .object(let object) = datum, object.kind != .struct { datum = object.underlying }
    let hasVariables = !branch.pipeline.declarations.isEmpty
    switch datum {
    case .list(let list):
      let isInterface = list.type == .any
      for (index, element) in list.elements.enumerated() {
        let key = hasVariables ? Value.int(index) : .none
        if try iterate(branch, key, Evaluated(element, isInterface: isInterface)) { break }
      }
      return list.count > 0
    case .map(let map):
      let isInterface = map.type != .string
      // A snapshot: the body may change the map.
      for entry in map.entries {
        let key = hasVariables ? Value.string(entry.key, origin: entry.keyOrigin) : .none
        if try iterate(branch, key, Evaluated(entry.value, isInterface: isInterface)) { break }
      }
      return !map.isEmpty
    case .bytes(let bytes):
      for (index, byte) in bytes.bytes.enumerated() {
        let element = Value(.integer(Int64(byte), .uint8), origin: value.origin)
        if try iterate(branch, .int(index), Evaluated(element)) { break }
      }
      return !bytes.isEmpty
    case .integer(let count, let type): return try iterate(branch, count, type, value)
    case .none: return false
    default: throw cannotIterate(value)
    }
  }

  private mutating func iterate(
    _ branch: BranchNode, _ count: Int64, _ type: IntegerType, _ value: Value
  ) throws(ExecutionError) -> Bool {
    if branch.pipeline.declarations.count > 1 {
      throw complaint(
        "can't use " + GoFormat.string(value) + " to iterate over more than one variable")
    }
    let limit = type.isSigned ? UInt64(max(0, count)) : UInt64(bitPattern: count)
    var index: UInt64 = 0
    var counted: (any TemplateObject)?
    if case .object(let object) = value.datum { counted = object }
    while index < limit {
      let number = Int64(bitPattern: index)
      let element = Value(counted?.counted(number) ?? .integer(number, type), origin: value.origin)
      if try iterate(branch, element, Evaluated(element)) { break }
      index += 1
    }
    return limit > 0
  }

  private func cannotIterate(_ value: Value) -> ExecutionError {
    complaint("range can't iterate over " + GoFormat.string(value))
  }

  /// Runs the body once; true when it ended by `break`.
  private mutating func iterate(
    _ branch: BranchNode, _ key: Value, _ element: Evaluated
  ) throws(ExecutionError) -> Bool {
    try step()
    let declarations = branch.pipeline.declarations
    let mark = variables.count
    if branch.pipeline.isAssignment, !declarations.isEmpty {
      if declarations.count > 1 {
        try assign(declarations[0], Evaluated(key))
        try assign(declarations[1], element)
      } else {
        try assign(declarations[0], element)
      }
    } else if declarations.count > 1 {
      variables[mark - 1].value = element
      variables[mark - 2].value = Evaluated(key)
    } else if declarations.count == 1 {
      variables[mark - 1].value = element
    }
    let flow = try walk(branch.body, element)
    variables.removeSubrange(mark...)
    return flow == .breakLoop
  }
}
