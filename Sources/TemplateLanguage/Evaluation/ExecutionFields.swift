import SourceText
import Values

// Fields, map keys and methods.
extension Execution {
  mutating func chain(
    _ node: ChainNode, _ arguments: [Operand], _ final: Evaluated?, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    current = node.id
    let root: Evaluated
    switch node.root {
    case .none: throw complaint("indirection through explicit nil in " + GoSyntax.text(of: .chain(node)))
    case .pipeline(let pipeline):
      try checkStack()
      current = pipeline.id
      root = try evaluate(pipeline, dot)
    case .function(let function):
      root = try call(function, errorsAt: function.id, [], nil, dot)
    case .chain(let inner): root = try chain(inner, [], nil, dot)
    default: root = .invalid
    }
    return try field(node.fields, node.id, root, arguments, final, dot)
  }

  /// Walks `names` from `receiver`; the last may be a method and gets the arguments.
  mutating func field(
    _ names: [ByteString], _ id: NodeID, _ receiver: Evaluated, _ arguments: [Operand], _ final: Evaluated?,
    _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    var value = receiver
    let last = names.count - 1
    for index in 0..<last {
      value = try field(names, index, id, value, [], nil, dot)
    }
    return try field(names, last, id, value, arguments, final, dot)
  }

  private mutating func field(
    _ names: [ByteString], _ index: Int, _ id: NodeID, _ receiver: Evaluated, _ arguments: [Operand],
    _ final: Evaluated?, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    let name = names[index]
    switch receiver.value.datum {
    case .map(let map):
      if !arguments.isEmpty || final != nil { throw complaint(name + " is not a method but has arguments") }
      return element(of: map, at: name)
    case .none:
      // An invalid value has no fields and no error; a nil interface is an error.
      guard receiver.isInterface else { return .invalid }
      throw complaint(
        "nil pointer evaluating interface {}." + name, nilPath: nilPath(id, names[..<index]))
    case .object(let object):
      return try member(name, of: object, id, receiver, arguments, final, dot)
    default: throw noField(name, receiver)
    }
  }

  private func element(of map: MapValue, at name: ByteString) -> Evaluated {
    if let value = map[name] { return Evaluated(value, isInterface: map.type.holdsInterfaces) }
    return Evaluated(map.type.zeroElement, isInterface: map.type.holdsInterfaces)
  }

  private func noField(_ name: ByteString, _ receiver: Evaluated) -> ExecutionError {
    complaint("can't evaluate field " + name + " in type " + receiver.goType)
  }

  private mutating func member(
    _ name: ByteString, of object: any TemplateObject, _ id: NodeID, _ receiver: Evaluated, _ arguments: [Operand],
    _ final: Evaluated?, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    if let method = object.method(name) { return try call(method, name, id, arguments, final, dot) }
    let hasArguments = !arguments.isEmpty || final != nil
    let isMap = object.kind == .map
    if let value = object.field(name) {
      if hasArguments {
        throw complaint(
          name + (isMap ? " is not a method but has arguments" : " has arguments but cannot be invoked as function"))
      }
      return Evaluated(value, isInterface: value.isNone)
    }
    guard isMap else { throw noField(name, receiver) }
    if hasArguments { throw complaint(name + " is not a method but has arguments") }
    guard case .map(let map) = object.underlying else { return .invalid }
    return element(of: map, at: name)
  }

  /// The names that lead to a nil, as far as the syntax tells them.
  private func nilPath(_ id: NodeID, _ names: ArraySlice<ByteString>) -> [ByteString] {
    guard case .operand(.variable(let variable)) = tree.node(id) else { return Array(names) }
    return [variable.name] + names
  }
}

extension MapType {
  /// True when the elements' static type is `interface {}`.
  var holdsInterfaces: Bool {
    switch self {
    case .any: true
    case .string: false
    case .other(let name): !name.hasPrefix("map[") || name.hasSuffix("interface {}")
    }
  }

  /// What a missing key gives.
  package var zeroElement: Value {
    switch self {
    case .any: return .none
    case .string: return ""
    case .other(let name):
      guard !holdsInterfaces, let bracket = name.firstIndex(of: "]") else { return .none }
      let element = name[name.index(after: bracket)...]
      if element == "string" { return "" }
      if element == "bool" { return false }
      if element.hasPrefix("[]") {
        return Value(.list(ListValue([], type: .other(String(element)), isNil: true)))
      }
      return .none
    }
  }
}
