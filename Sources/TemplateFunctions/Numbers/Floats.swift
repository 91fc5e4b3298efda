import SourceText
import TemplateLanguage
import Values

/// Arithmetic on `float64`; sums and products are exact decimals in between.
enum Floats {
  static let functions: [Function] = [
    Function("float64", [.any], origins: .summary, cost: .constant) { .float(Numbers.float($1[0])) },
    Function("floor", [.any], origins: .summary) { .float(Numbers.float($1[0]).rounded(.down)) },
    Function("ceil", [.any], origins: .summary) { .float(Numbers.float($1[0]).rounded(.up)) },
    Function("round", [.any, .int], variadic: .float64, origins: .summary) {
      .float(round(Numbers.float($1[0]), places: $1.integer(1), from: $1.count > 2 ? $1.float(2) : 0.5))
    },
    Function("maxf", [.any], variadic: .any, origins: .summary) { extreme($1, isMaximum: true) },
    Function("minf", [.any], variadic: .any, origins: .summary) { extreme($1, isMaximum: false) },
    Function("add1f", [.any], origins: .summary) { (_, arguments) throws(FunctionError) in
      try fold([arguments[0], 1]) { (a, b) in a + b }
    },
    Function("addf", variadic: .any, origins: .summary) { (_, arguments) throws(FunctionError) in
      try fold([0] + arguments) { (a, b) in a + b }
    },
    Function("subf", [.any], variadic: .any, origins: .summary) { (_, arguments) throws(FunctionError) in
      try fold(arguments) { (a, b) in a - b }
    },
    Function("mulf", [.any], variadic: .any, origins: .summary) { (_, arguments) throws(FunctionError) in
      try fold(arguments) { (a, b) in a * b }
    },
    Function("divf", [.any], variadic: .any, origins: .summary) { (_, arguments) throws(FunctionError) in
      try fold(arguments) { (a, b) throws(FunctionError) in
        guard let quotient = a.divided(by: b) else { throw FunctionError("decimal division by 0") }
        return quotient
      }
    },
  ]

  private static func fold(
    _ values: [Value], _ combine: (Decimal, Decimal) throws(FunctionError) -> Decimal
  ) throws(FunctionError) -> Value {
    var result = try decimal(values[0])
    for value in values.dropFirst() { result = try combine(result, try decimal(value)) }
    return .float(result.double)
  }

  private static func decimal(_ value: Value) throws(FunctionError) -> Decimal {
    let number = Numbers.float(value)
    guard let decimal = Decimal(number) else {
      throw FunctionError("Cannot create a Decimal from \(GoFloat.general(number))")
    }
    return decimal
  }

  /// Go's `math.Max` and `math.Min`: infinities win over NaN, NaN over numbers, and +0 is above -0.
  private static func extreme(_ values: [Value], isMaximum: Bool) -> Value {
    let numbers = values.map(Numbers.float)
    let winner: Double = isMaximum ? .infinity : -.infinity
    return .float(
      numbers.dropFirst().reduce(numbers[0]) { a, b in
        if a == winner || b == winner { return winner }
        if a.isNaN || b.isNaN { return .nan }
        if a == 0, b == 0 { return (a.sign == .minus) == isMaximum ? b : a }
        return (a > b) == isMaximum ? a : b
      })
  }

  private static func round(_ value: Double, places: Int, from limit: Double) -> Double {
    let scale = Power.ten(places)
    let scaled = scale * value
    let fraction = scaled.isInfinite ? .nan : scaled.truncatingRemainder(dividingBy: 1)
    return scaled.rounded(fraction >= limit ? .up : .down) / scale
  }
}

/// Go's `math.Pow(10, n)`, step by step: C's differs from it in the last bit of large powers.
private enum Power {
  static func ten(_ exponent: Int) -> Double {
    if exponent == 0 { return 1 }
    if exponent == 1 { return 10 }
    var (significand, scale) = (1.0, 0)
    // 10 is 0.625 × 2⁴.
    var (factor, factorScale) = (0.625, 4)
    var rest = exponent.magnitude
    while rest != 0 {
      if factorScale < -(1 << 12) || factorScale > 1 << 12 {
        scale += factorScale
        break
      }
      if rest & 1 == 1 {
        significand *= factor
        scale += factorScale
      }
      factor *= factor
      factorScale <<= 1
      if factor < 0.5 {
        factor += factor
        factorScale -= 1
      }
      rest >>= 1
    }
    if exponent < 0 {
      significand = 1 / significand
      scale = -scale
    }
    return Double(sign: .plus, exponent: scale, significand: significand)
  }
}
