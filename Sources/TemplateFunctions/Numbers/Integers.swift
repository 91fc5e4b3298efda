import SourceText
import TemplateLanguage
import Values

/// Arithmetic on `int64`, and sequences of integers.
enum Integers {
  static let functions: [Function] = [
    Function("int", [.any], origins: .summary, cost: .constant) { .int(Int(Numbers.integer($1[0]))) },
    Function("int64", [.any], origins: .summary, cost: .constant) { .int64(Numbers.integer($1[0])) },
    Function("atoi", [.string], origins: .summary) {
      .int(Int(Numbers.parse($1.text(0).bytes, base: 10).clamped))
    },
    Function("toDecimal", [.any], origins: .summary) {
      .int64(Numbers.parse(($0.string($1[0]).text ?? Text()).bytes, base: 8).value ?? 0)
    },
    Function("add1", [.any], origins: .summary, cost: .constant) { .int64(Numbers.integer($1[0]) &+ 1) },
    Function("add", variadic: .any, origins: .summary, cost: .constant) {
      .int64($1.reduce(0) { $0 &+ Numbers.integer($1) })
    },
    Function("sub", [.any, .any], origins: .summary, cost: .constant) {
      .int64(Numbers.integer($1[0]) &- Numbers.integer($1[1]))
    },
    Function("mul", [.any], variadic: .any, origins: .summary, cost: .constant) {
      .int64($1.reduce(1) { $0 &* Numbers.integer($1) })
    },
    Function("div", [.any, .any], origins: .summary, cost: .constant) { (_, arguments) throws(FunctionError) in
      let (a, b) = try operands(arguments)
      return .int64(a.dividedReportingOverflow(by: b).partialValue)
    },
    Function("mod", [.any, .any], origins: .summary, cost: .constant) { (_, arguments) throws(FunctionError) in
      let (a, b) = try operands(arguments)
      return .int64(a.remainderReportingOverflow(dividingBy: b).partialValue)
    },
    Function("max", [.any], variadic: .any, origins: .summary, cost: .constant) { maximum($1) },
    Function("biggest", [.any], variadic: .any, origins: .summary) { maximum($1) },
    Function("min", [.any], variadic: .any, origins: .summary, cost: .constant) {
      .int64($1.lazy.map(Numbers.integer).min() ?? 0)
    },
    Function("until", [.int], origins: .none, cost: .constant) { (_, arguments) throws(FunctionError) in
      let count = arguments.integer(0)
      return list(try steps(from: 0, to: count, by: count < 0 ? -1 : 1))
    },
    Function("untilStep", [.int, .int, .int], origins: .none, cost: .constant) { (_, arguments) throws(FunctionError) in
      list(try steps(from: arguments.integer(0), to: arguments.integer(1), by: arguments.integer(2)))
    },
    Function("seq", variadic: .int, origins: .none, cost: .constant, body: sequence),
  ]

  private static func operands(_ arguments: [Value]) throws(FunctionError) -> (Int64, Int64) {
    let divisor = Numbers.integer(arguments[1])
    guard divisor != 0 else { throw FunctionError("runtime error: integer divide by zero") }
    return (Numbers.integer(arguments[0]), divisor)
  }

  private static func maximum(_ arguments: [Value]) -> Value {
    .int64(arguments.lazy.map(Numbers.integer).max() ?? 0)
  }

  // MARK: Sequences

  private static func steps(from start: Int, to stop: Int, by step: Int) throws(FunctionError) -> [Int] {
    guard start < stop ? step > 0 : start > stop && step < 0 else { return [] }
    let (distance, overflow) = stop.subtractingReportingOverflow(start)
    guard !overflow, distance / step <= Limit.elements else { throw .tooLarge }
    return Array(stride(from: start, to: stop, by: step))
  }

  private static func list(_ numbers: [Int]) -> Value {
    Value(.list(ListValue(numbers.map { .int($0) }, type: .int)))
  }

  /// The numbers of Unix's `seq`, separated by spaces: up to one, from one to another, or with a step between them.
  private static func sequence(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let bounds = arguments.indices.map { arguments.integer($0) }
    guard (1...3).contains(bounds.count), let end = bounds.last else { return "" }
    let start = bounds.count == 1 ? 1 : bounds[0]
    let direction = end < start ? -1 : 1
    let step = bounds.count == 3 ? bounds[1] : direction
    if direction < 0, step > 0 { return "" }
    let numbers = try steps(from: start, to: end &+ direction, by: step)
    return .string(numbers.map { String($0) }.joined(separator: " "))
  }
}
