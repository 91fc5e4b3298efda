import SourceText
import TemplateLanguage
import Values

/// Functions that look at what a list holds.
enum ListContents {
  static let functions: [Function] =
    ListParts.twins("reverse", [.any], cost: Cost(perUnit: 2), reverse)
    + ListParts.twins("compact", [.any], cost: Cost(perUnit: 4), compact)
    + ListParts.twins("uniq", [.any], unique)
    + ListParts.twins("without", [.any], variadic: .any, without)
    + ListParts.twins("has", [.any, .any], origins: .summary, has)

  private static func reverse(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find reverse on")
    return .list(elements.reversed(), origin: arguments[0].origin)
  }

  private static func compact(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot compact on")
    return .list(elements.filter { !$0.isEmpty }, origin: arguments[0].origin)
  }

  private static func unique(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find uniq on")
    var seen = ValueSet(evaluator)
    var kept: [Value] = []
    for element in elements where try seen.insert(element) { kept.append(element) }
    return .list(kept, origin: arguments[0].origin)
  }

  private static func without(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let elements = try arguments[0].elements(or: "Cannot find without on")
    var omitted = ValueSet(evaluator)
    for value in arguments.dropFirst() { try omitted.insert(value) }
    var kept: [Value] = []
    for element in elements where try !omitted.contains(element) { kept.append(element) }
    return .list(kept, origin: arguments[0].origin)
  }

  private static func has(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    if arguments[1].isNone { return false }
    for element in try arguments[1].elements(or: "Cannot find has on")
    where try deepEqual(arguments[0], element, evaluator) {
      return true
    }
    return false
  }
}

/// Values told apart by `reflect.DeepEqual`; texts, which most lists hold, by their hash.
private struct ValueSet {
  private let evaluator: Evaluator
  private var texts: Set<ByteString> = []
  private var numbers: Set<Number> = []
  private var others: [Value] = []

  /// Integers of one type are equal when their bits are.
  private struct Number: Hashable {
    var value: Int64
    var type: IntegerType
  }

  init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  func contains(_ value: Value) throws(FunctionError) -> Bool {
    switch value.datum {
    case .string(let text):
      try evaluator.spend(4 + text.count >> 4)
      return texts.contains(text.byteString)
    case .integer(let number, let type):
      try evaluator.spend(4)
      return numbers.contains(Number(value: number, type: type))
    default:
      try evaluator.spend(1 + others.count)
      for other in others where try deepEqual(other, value, evaluator) { return true }
      return false
    }
  }

  /// True when the value is new.
  @discardableResult mutating func insert(_ value: Value) throws(FunctionError) -> Bool {
    if try contains(value) { return false }
    switch value.datum {
    case .string(let text): texts.insert(text.byteString)
    case .integer(let number, let type): numbers.insert(Number(value: number, type: type))
    default: others.append(value)
    }
    return true
  }
}
