import SourceText
import TemplateLanguage
import Values

extension GoFunctions {
  static let collections: [Function] = [
    Function("len", [.any], origins: .summary, cost: .constant) { evaluator, arguments throws(FunctionError) in
      if arguments[0].isNone {
        throw FunctionError(
          evaluator.nilInterfaceArguments & 1 == 1
            ? "len of nil pointer" : "reflect: call of reflect.Value.Type on zero Value")
      }
      guard let length = length(of: arguments[0].datum) else {
        throw FunctionError("len of type \(arguments[0].goType)")
      }
      return .int(length)
    },
    Function("index", [.any], variadic: .any, origins: .copy, cost: .constant) { _, arguments throws(FunctionError) in
      if arguments[0].isNone { throw FunctionError("index of untyped nil") }
      var value = arguments[0]
      for index in arguments.dropFirst() {
        if value.isNone { throw FunctionError("index of nil pointer") }
        value = try element(of: value, at: index)
      }
      return value
    },
    Function("slice", [.any], variadic: .any, origins: .copy, cost: .constant) { _, arguments throws(FunctionError) in
      try slice(arguments[0], Array(arguments.dropFirst()))
    },
  ]

  private static func length(of datum: Datum) -> Int? {
    switch datum {
    case .string(let text): text.count
    case .bytes(let bytes): bytes.count
    case .list(let list): list.count
    case .map(let map): map.count
    case .object(let object):
      if case .object = object.underlying { nil } else { object.kind == .struct ? nil : length(of: object.underlying) }
    case .none, .bool, .integer, .float: nil
    }
  }

  private static func element(of value: Value, at index: Value) throws(FunctionError) -> Value {
    var datum = value.datum
    if case .object(let object) = datum {
      guard object.kind != .struct, object.kind != .ptr else {
        // Go follows a pointer first.
        let type = object.goType.hasPrefix("*") ? String(object.goType.dropFirst()) : object.goType
        throw FunctionError("can't index item of type \(type)")
      }
      datum = object.underlying
    }
    switch datum {
    case .map(let map):
      if index.isNone { throw FunctionError("value is nil; should be of type string") }
      guard let key = index.text else { throw FunctionError("value has type \(index.goType); should be string") }
      return map[key.byteString] ?? map.type.zeroElement
    case .list(let list):
      return list.elements[try position(index, limit: list.count, "reflect: slice index out of range")]
    case .string(let text):
      let place = try position(index, limit: text.count, "reflect: string index out of range")
      return Value(.integer(Int64(text.bytes[place]), .uint8), origin: value.origin)
    case .bytes(let bytes):
      let place = try position(index, limit: bytes.count, "reflect: slice index out of range")
      return Value(.integer(Int64(bytes[place]), .uint8), origin: value.origin)
    default: throw FunctionError("can't index item of type \(value.goType)")
    }
  }

  /// An index below `limit`. Go tells one step too far (a panic of reflect) from further (its own check).
  private static func position(
    _ index: Value, limit: Int, _ atLimit: String
  ) throws(FunctionError) -> Int {
    let position = try bound(index, limit: limit)
    if position == limit { throw FunctionError(atLimit) }
    return position
  }

  /// An index of at most `limit`.
  private static func bound(_ index: Value, limit: Int) throws(FunctionError) -> Int {
    guard case .integer(let number, let type) = index.datum else {
      throw FunctionError(
        index.isNone ? "cannot index slice/array with nil" : "cannot index slice/array with type \(index.goType)")
    }
    guard number >= 0, number <= Int64(limit) else {
      throw FunctionError(
        "index out of range: \(type.isSigned ? String(number) : String(Int64(bitPattern: UInt64(bitPattern: number))))")
    }
    return Int(number)
  }

  private static func slice(_ value: Value, _ indices: [Value]) throws(FunctionError) -> Value {
    if value.isNone { throw FunctionError("slice of untyped nil") }
    if indices.count > 3 { throw FunctionError("too many slice indexes: \(indices.count)") }
    var datum = value.datum
    if case .object(let object) = datum, object.kind != .struct { datum = object.underlying }
    let count: Int
    switch datum {
    case .string(let text):
      if indices.count == 3 { throw FunctionError("cannot 3-index slice a string") }
      count = text.count
    case .list(let list): count = list.count
    case .bytes(let bytes): count = bytes.count
    default: throw FunctionError("can't slice item of type \(value.goType)")
    }
    var bounds = [0, count, count]
    for (place, index) in indices.enumerated() { bounds[place] = try bound(index, limit: count) }
    if indices.count < 3 { bounds[2] = max(bounds[1], bounds[2]) }
    if bounds[0] > bounds[1] { throw FunctionError("invalid slice index: \(bounds[0]) > \(bounds[1])") }
    if bounds[1] > bounds[2] { throw FunctionError("invalid slice index: \(bounds[1]) > \(bounds[2])") }
    return part(of: datum, bounds[0]..<bounds[1], origin: value.origin)
  }

  private static func part(of datum: Datum, _ range: Range<Int>, origin: OriginID) -> Value {
    switch datum {
    case .string(let text):
      var builder = TextBuilder(tracking: !text.runs.isEmpty)
      builder.append(text, range, origin: origin)
      return .string(builder.finish(), origin: origin)
    case .list(let list): return Value(.list(ListValue(Array(list.elements[range]), type: list.type)), origin: origin)
    case .bytes(let bytes): return Value(.bytes(bytes[range]), origin: origin)
    default: return .none
    }
  }
}
