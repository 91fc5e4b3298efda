import SourceText
import TemplateLanguage
import Values

/// Functions that take elements out of a list or put some in. Each has a `must…` twin, which differs in Go's code only.
enum ListParts {
  static let functions: [Function] =
    [
      Function("list", variadic: .any, origins: .none) { .list($1) },
      Function("tuple", variadic: .any, origins: .none) { .list($1) },
      Function("concat", variadic: .any, origins: .none, body: concatenate),
    ]
    + twins("first", [.any], first) + twins("last", [.any], last)
    + twins("rest", [.any], rest) + twins("initial", [.any], initial)
    + twins("append", [.any, .any], push) + twins("push", [.any, .any], push)
    + twins("prepend", [.any, .any], prepend)
    + twins("slice", [.any], variadic: .any, slice) + twins("chunk", [.int, .any], chunk)

  /// The rows of a function and of its `must…` twin.
  static func twins(
    _ name: String, _ parameters: [ParameterType], variadic: ParameterType? = nil, origins: OriginRule = .copy,
    _ body: @escaping Function.Body
  ) -> [Function] {
    [name, Function.twinName(of: name)].map {
      Function($0, parameters, variadic: variadic, origins: origins, body: body)
    }
  }

  private static func first(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    try arguments[0].elements(or: "Cannot find first on").first ?? .none
  }

  private static func last(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    try arguments[0].elements(or: "Cannot find last on").last ?? .none
  }

  private static func rest(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find rest on")
    let rest = ListValue(Array(elements.dropFirst()), isNil: elements.isEmpty)
    return Value(.list(rest), origin: arguments[0].origin)
  }

  private static func initial(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find initial on")
    let initial = ListValue(Array(elements.dropLast()), isNil: elements.isEmpty)
    return Value(.list(initial), origin: arguments[0].origin)
  }

  private static func push(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    .list(try arguments[0].elements(or: "Cannot push on") + [arguments[1]], origin: arguments[0].origin)
  }

  private static func prepend(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    .list([arguments[1]] + (try arguments[0].elements(or: "Cannot prepend on")), origin: arguments[0].origin)
  }

  private static func concatenate(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    var all: [Value] = []
    for argument in arguments {
      guard let elements = argument.elements else {
        if argument.isNone { throw .nilDereference }
        throw FunctionError("Cannot concat type \(argument.kind.rawValue) as list")
      }
      all += elements
      guard all.count <= Limit.elements else { throw .tooLarge }
    }
    return Value(.list(ListValue(all, isNil: all.isEmpty)))
  }

  private static func slice(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "list should be type of slice or array but", naming: "")
    if elements.isEmpty { return .none }
    let start = arguments.count > 1 ? Int(Numbers.integer(arguments[1])) : 0
    let end = arguments.count > 2 ? Int(Numbers.integer(arguments[2])) : elements.count
    guard start >= 0, start <= end, end <= elements.count else {
      throw FunctionError("reflect.Value.Slice: slice index out of bounds")
    }
    return arguments[0].slice(Array(elements[start..<end]))
  }

  /// The library computes with floats, and so do we: sizes of zero and below fail, or give nothing, as there.
  private static func chunk(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let size = arguments.integer(0)
    let elements = try arguments[1].elements(or: "Cannot chunk")
    let chunks = (Double(elements.count - 1) / Double(size)).rounded(.down) + 1
    guard chunks >= 0, let count = Int(exactly: chunks) else { throw .tooLarge }
    var result: [Value] = []
    for index in 0..<count {
      let rest = Double(elements.count).truncatingRemainder(dividingBy: Double(size))
      let length = index == count - 1 && rest != 0 ? Int(rest) : size
      guard length >= 0 else { throw .tooLarge }
      let start = index &* size
      result.append(.list(Array(elements[start..<min(start + length, elements.count)])))
    }
    let list = ListValue(result, type: .other("[][]interface {}"))
    return Value(.list(list), origin: arguments[1].origin)
  }
}
