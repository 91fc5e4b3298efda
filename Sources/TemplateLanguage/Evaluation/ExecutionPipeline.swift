import SourceText
import Values

// Pipelines, commands and variables.
extension Execution {
  mutating func evaluate(_ pipeline: Pipeline, _ dot: Evaluated) throws(ExecutionError) -> Evaluated {
    current = pipeline.id
    if pipeline.commands.count == 1, pipeline.declarations.isEmpty {
      var value = try evaluate(pipeline.commands[0], dot, final: nil)
      value.isInterface = false
      return value
    }
    var value: Evaluated?
    for command in pipeline.commands {
      value = try evaluate(command, dot, final: value)
      value?.isInterface = false
    }
    let result = value ?? .invalid
    for variable in pipeline.declarations {
      if pipeline.isAssignment {
        try assign(variable, result)
      } else {
        variables.append(Variable(symbol: variable.symbol, value: result))
      }
    }
    return result
  }

  private mutating func evaluate(
    _ command: Command, _ dot: Evaluated, final: Evaluated?
  ) throws(ExecutionError) -> Evaluated {
    switch command.head {
    case .field(let node):
      current = node.id
      return try field(node.names, node.id, dot, command.arguments, final, dot)
    case .chain(let node): return try chain(node, command.arguments, final, dot)
    case .function(let node): return try call(node, errorsAt: command.id, command.arguments, final, dot)
    case .pipeline(let pipeline):
      try rejectArguments(command.arguments, final, of: command.head)
      try checkStack()
      return try evaluate(pipeline, dot)
    case .variable(let node): return try variable(node, command.arguments, final, dot)
    case .dot, .none, .bool, .number, .string: break
    }
    current = command.head.id
    try rejectArguments(command.arguments, final, of: command.head)
    switch command.head {
    case .dot: return dot
    case .none: throw complaint("nil is not a command")
    default: return try constant(command.head)
    }
  }

  func rejectArguments(
    _ arguments: [Operand], _ final: Evaluated?, of operand: Operand
  ) throws(ExecutionError) {
    guard !arguments.isEmpty || final != nil else { return }
    throw complaint("can't give argument to non-function " + GoSyntax.text(of: operand))
  }

  /// The value of a boolean, number or string where any type is welcome.
  mutating func constant(_ operand: Operand) throws(ExecutionError) -> Evaluated {
    switch operand {
    case .bool(let id, let value): return Evaluated(.bool(value, origin: origin(of: id)))
    case .string(let node): return Evaluated(.string(node.value, origin: origin(of: node.id)))
    case .number(let node):
      current = node.id
      let origin = origin(of: node.id)
      switch node.constant.ideal {
      case .int(let value): return Evaluated(Value(.integer(value, .int), origin: origin))
      case .float(let value): return Evaluated(.float(value, origin: origin))
      case .complex(let real, let imaginary):
        return Evaluated(Value(.object(ComplexNumber(real, imaginary)), origin: origin))
      case .overflow: throw complaint(node.constant.source + " overflows int")
      }
    default: return .invalid
    }
  }

  func origin(of id: NodeID) -> OriginID {
    state?.constant(id, evaluator.origins) ?? .none
  }

  // MARK: Variables

  mutating func variable(
    _ node: VariableNode, _ arguments: [Operand], _ final: Evaluated?, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    current = node.id
    let value = variables[try index(of: node)].value
    guard !node.fields.isEmpty else {
      try rejectArguments(arguments, final, of: .variable(node))
      return value
    }
    return try field(node.fields, node.id, value, arguments, final, dot)
  }

  mutating func assign(_ node: VariableNode, _ value: Evaluated) throws(ExecutionError) {
    variables[try index(of: node)].value = value
  }

  private mutating func index(of node: VariableNode) throws(ExecutionError) -> Int {
    let slot = Int(node.slot)
    if slot >= 0, slot < variables.count, variables[slot].symbol == node.symbol { return slot }
    try step(variables.count >> 4)
    guard let index = variables.lastIndex(where: { $0.symbol == node.symbol }) else {
      throw complaint("undefined variable: " + node.name)
    }
    return index
  }
}
