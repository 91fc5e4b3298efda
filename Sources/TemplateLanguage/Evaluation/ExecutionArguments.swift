import SourceText
import Values

// Arguments, checked and converted by the type of their parameter.
extension Execution {
  mutating func argument(
    _ operand: Operand, _ type: ParameterType, _ dot: Evaluated
  ) throws(ExecutionError) -> Evaluated {
    current = operand.id
    let value: Evaluated
    switch operand {
    case .dot: value = dot
    case .none:
      guard type.canBeNil else { throw complaint("cannot assign nil to " + type.goName) }
      return Evaluated(type.nilValue)
    case .field(let node): value = try field(node.names, node.id, dot, [], nil, dot)
    case .variable(let node): value = try variable(node, [], nil, dot)
    case .pipeline(let pipeline):
      try checkStack()
      value = try evaluate(pipeline, dot)
    case .function(let node): value = try call(node, errorsAt: node.id, [], nil, dot)
    case .chain(let node): value = try chain(node, [], nil, dot)
    case .bool, .number, .string: return try constant(operand, as: type)
    }
    if case .any = type { return value }
    // What was evaluated last is where Go reports a wrong type.
    return try convert(value, to: type)
  }

  private mutating func constant(_ operand: Operand, as type: ParameterType) throws(ExecutionError) -> Evaluated {
    switch type.constantKind {
    case .any: return try constant(operand)
    case .bool:
      if case .bool(let id, let value) = operand { return Evaluated(.bool(value, origin: origin(of: id))) }
      throw mismatch("bool", operand)
    case .string:
      if case .string(let node) = operand { return Evaluated(.string(node.value, origin: origin(of: node.id))) }
      throw mismatch("string", operand)
    case .integer(let kind):
      if case .number(let node) = operand, let value = node.constant.integer {
        return Evaluated(Value(.integer(value, kind), origin: origin(of: node.id)))
      }
      throw mismatch("integer", operand)
    case .unsigned(let kind):
      if case .number(let node) = operand, let value = node.constant.unsigned {
        return Evaluated(Value(.integer(kind.wrap(value), kind), origin: origin(of: node.id)))
      }
      throw mismatch("unsigned integer", operand)
    case .float:
      if case .number(let node) = operand, let value = node.constant.float {
        return Evaluated(.float(value, origin: origin(of: node.id)))
      }
      throw mismatch("float", operand)
    case .other:
      throw complaint("can't handle " + GoSyntax.text(of: operand) + " for arg of type " + type.goName)
    }
  }

  private func mismatch(_ kind: ByteString, _ operand: Operand) -> ExecutionError {
    complaint("expected " + kind + "; found " + GoSyntax.text(of: operand))
  }

  /// Checks that a value can be given to a parameter of `type`.
  func convert(_ evaluated: Evaluated, to type: ParameterType) throws(ExecutionError) -> Evaluated {
    if case .any = type { return evaluated }
    if evaluated.value.isNone, !evaluated.isInterface {
      guard type.canBeNil else { throw complaint("invalid value; expected " + type.goName) }
      return Evaluated(type.nilValue)
    }
    guard type.accepts(evaluated.value) else {
      // One step of unwrapping has been tried by now, so that the concrete type is named.
      let found = evaluated.value.isNone ? "interface {}" : ByteString(evaluated.value.goType)
      throw complaint("wrong type for value; expected " + type.goName + "; got " + found)
    }
    return evaluated
  }
}

extension ParameterType {
  /// What a constant must be to stand for a parameter of the type.
  enum ConstantKind {
    case any, bool, string, float, other
    case integer(IntegerType)
    case unsigned(IntegerType)
  }

  var constantKind: ConstantKind {
    switch self {
    case .any: .any
    case .bool: .bool
    case .int: .integer(.int)
    case .int64: .integer(.int64)
    case .float64: .float
    case .string: .string
    case .map, .list, .stringList: .other
    case .named(let name):
      integerType.map { $0.isSigned ? .integer($0) : .unsigned($0) } ?? (name == "float32" ? .float : .other)
    }
  }

  /// The integer type that the parameter's name stands for.
  private var integerType: IntegerType? {
    guard case .named(let name) = self else { return nil }
    // A constant may be a duration: a count of nanoseconds.
    return name == "time.Duration" ? .int64 : IntegerType.named(name)
  }

  /// The type's name in Go.
  package var goName: ByteString {
    switch self {
    case .any: "interface {}"
    case .bool: "bool"
    case .int: "int"
    case .int64: "int64"
    case .float64: "float64"
    case .string: "string"
    case .map: "map[string]interface {}"
    case .list: "[]interface {}"
    case .stringList: "[]string"
    case .named(let name): ByteString(name)
    }
  }

  /// Whether an untyped nil can stand for the parameter.
  var canBeNil: Bool {
    switch self {
    case .any, .map, .list, .stringList: true
    case .bool, .int, .int64, .float64, .string: false
    case .named(let name): name.hasPrefix("*") || name.hasPrefix("[") || name.hasPrefix("map[") || name == "error"
    }
  }

  /// What the function gets for a nil.
  var nilValue: Value {
    switch self {
    case .map: Value(.map(MapValue(isNil: true)))
    case .list: Value(.list(ListValue([], isNil: true)))
    case .stringList: Value(.list(ListValue([], type: .string, isNil: true)))
    default: .none
    }
  }

  /// Whether Go could assign the value to the parameter.
  func accepts(_ value: Value) -> Bool {
    switch (self, value.datum) {
    case (.any, _), (.bool, .bool), (.int, .integer(_, .int)), (.int64, .integer(_, .int64)), (.float64, .float),
      (.string, .string):
      return true
    case (.map, .map(let map)):
      // A named map type is assignable to the plain one that underlies it.
      return map.type == .any || (map.type.holdsInterfaces && map.type != .string)
    case (.list, .list(let list)): return list.type == .any
    case (.stringList, .list(let list)): return list.type == .string
    case (.named(let name), .integer(_, let type)): return type.name == name
    case (.named(let name), _): return value.goType == name || value.goType == "*" + name
    default: return false
    }
  }
}

extension IntegerType {
  static func named(_ name: String) -> IntegerType? {
    switch name {
    case "int": .int
    case "int8": .int8
    case "int16": .int16
    case "int32": .int32
    case "int64": .int64
    case "uint": .uint
    case "uint8": .uint8
    case "uint16": .uint16
    case "uint32": .uint32
    case "uint64": .uint64
    default: nil
    }
  }

  /// The value as a variable of the type holds it.
  func wrap(_ value: UInt64) -> Int64 {
    switch self {
    case .uint8: Int64(UInt8(truncatingIfNeeded: value))
    case .uint16: Int64(UInt16(truncatingIfNeeded: value))
    case .uint32: Int64(UInt32(truncatingIfNeeded: value))
    default: Int64(bitPattern: value)
    }
  }
}
