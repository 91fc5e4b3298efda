import SourceText
import Values

/// A decimal of any length, as shopspring/decimal computes: `±digits × 10^exponent`.
struct Decimal {
  private var magnitude: Natural
  private var isNegative: Bool
  private var exponent: Int

  /// The shortest decimal that reads back as `value`; nil for NaN and the infinities.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let (digits, point) = GoFloat.shortest(value)
    magnitude = Natural(digits: digits)
    isNegative = value < 0
    exponent = digits.isEmpty ? 0 : point - digits.count
  }

  private init(_ magnitude: Natural, isNegative: Bool, exponent: Int) {
    self.magnitude = magnitude
    self.isNegative = isNegative && !magnitude.isZero
    self.exponent = exponent
  }

  /// The nearest float.
  var double: Double {
    let text = (isNegative ? "-" : "") + magnitude.description + "e\(exponent)"
    return Double(text) ?? 0
  }

  static func + (left: Decimal, right: Decimal) -> Decimal {
    let exponent = min(left.exponent, right.exponent)
    let a = left.magnitude.scaled(byPowerOfTen: left.exponent - exponent)
    let b = right.magnitude.scaled(byPowerOfTen: right.exponent - exponent)
    if left.isNegative == right.isNegative {
      return Decimal(a + b, isNegative: left.isNegative, exponent: exponent)
    }
    return a < b
      ? Decimal(b - a, isNegative: right.isNegative, exponent: exponent)
      : Decimal(a - b, isNegative: left.isNegative, exponent: exponent)
  }

  static func - (left: Decimal, right: Decimal) -> Decimal {
    left + Decimal(right.magnitude, isNegative: !right.isNegative, exponent: right.exponent)
  }

  static func * (left: Decimal, right: Decimal) -> Decimal {
    Decimal(
      left.magnitude * right.magnitude, isNegative: left.isNegative != right.isNegative,
      exponent: left.exponent + right.exponent)
  }

  /// The quotient to 16 places, halves away from zero; nil for a division by zero.
  func divided(by divisor: Decimal) -> Decimal? {
    guard !divisor.magnitude.isZero else { return nil }
    let places = 16
    let shift = exponent - divisor.exponent + places
    let numerator = magnitude.scaled(byPowerOfTen: max(shift, 0))
    let denominator = divisor.magnitude.scaled(byPowerOfTen: max(-shift, 0))
    var (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if !(remainder + remainder < denominator) { quotient = quotient + Natural(digits: [UInt8(ascii: "1")]) }
    return Decimal(quotient, isNegative: isNegative != divisor.isNegative, exponent: -places)
  }
}
