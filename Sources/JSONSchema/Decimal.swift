import SourceText
import Values

/// An exact decimal number: `digits × 10^exponent`, without zeros at either end of `digits`; zero has none.
struct Decimal: Sendable, Equatable {
  private(set) var isNegative = false
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// Exponents beyond this are refused, as Go's rationals refuse them.
  static let largestExponent = 1_000_000
  /// More digits than this are not divided: no factor of a 64-bit number is that long.
  private static let longestDivisor = 400

  /// Nil for what is no finite number.
  init?(_ number: Instance.Number) {
    switch number {
    case .integer(let value):
      self.init(digits: Array(String(value.magnitude).utf8), exponent: 0, isNegative: value < 0)
    case .unsigned(let value): self.init(digits: Array(String(value).utf8), exponent: 0, isNegative: false)
    case .float(let value):
      guard value.isFinite else { return nil }
      let (digits, point) = GoFloat.shortest(value)
      self.init(digits: digits, exponent: point - digits.count, isNegative: value < 0)
    case .literal(let text): self.init(text: text)
    }
  }

  private init(digits: [UInt8], exponent: Int, isNegative: Bool) {
    let zero = UInt8(ascii: "0")
    let start = digits.firstIndex { $0 != zero } ?? digits.count
    let end = (digits.lastIndex { $0 != zero } ?? -1) + 1
    guard start < end else { return }
    self.digits = digits[start..<end].map { $0 - zero }
    self.exponent = exponent + digits.count - end
    self.isNegative = isNegative
  }

  /// Reads a JSON number.
  private init?(text: ByteString) {
    var digits: [UInt8] = []
    var fraction = 0
    var isFraction = false
    var exponent = 0
    for (index, byte) in text.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte)
        if isFraction { fraction += 1 }
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        let rest = text.bytes[(index + 1)...].drop { $0 == UInt8(ascii: "+") }
        guard let value = Int(String(decoding: rest, as: UTF8.self)), abs(value) <= Decimal.largestExponent else {
          return nil
        }
        exponent = value
        self.init(
          digits: digits, exponent: exponent - fraction, isNegative: text.bytes.first == UInt8(ascii: "-"))
        return
      default: break
      }
    }
    self.init(digits: digits, exponent: -fraction, isNegative: text.bytes.first == UInt8(ascii: "-"))
  }

  var isZero: Bool { digits.isEmpty }
  var isInteger: Bool { exponent >= 0 || isZero }

  /// The value as an `Int`, wrapping round as Go's conversion does; nil when it is no integer.
  var wrappedInteger: Int? {
    guard isInteger else { return nil }
    var value = digits.reduce(UInt64(0)) { $0 &* 10 &+ UInt64($1) }
    for _ in 0..<min(exponent, 64) { value = value &* 10 }
    let signed = Int(truncatingIfNeeded: value)
    return isNegative ? 0 &- signed : signed
  }

  /// Negative, zero or positive.
  func compared(to other: Decimal) -> Int {
    if isNegative != other.isNegative { return isNegative ? -1 : 1 }
    let order = comparedMagnitude(to: other)
    return isNegative ? -order : order
  }

  private func comparedMagnitude(to other: Decimal) -> Int {
    if isZero || other.isZero { return digits.count - other.digits.count }
    let point = digits.count + exponent
    let otherPoint = other.digits.count + other.exponent
    if point != otherPoint { return point < otherPoint ? -1 : 1 }
    return ByteString(digits).compared(to: ByteString(other.digits))
  }

  /// True when the quotient is an integer.
  func isMultiple(of divisor: Decimal) -> Bool {
    if isZero { return true }
    guard !divisor.isZero, divisor.digits.count <= Decimal.longestDivisor,
      digits.count <= Decimal.longestDivisor
    else { return false }
    // (a / b) × 10^shift is an integer when b's twos and fives are covered and the rest of b divides a.
    var (dividend, twos, fives) = Decimal.withoutTwosAndFives(digits)
    let (rest, divisorTwos, divisorFives) = Decimal.withoutTwosAndFives(divisor.digits)
    let shift = exponent - divisor.exponent
    twos += shift - divisorTwos
    fives += shift - divisorFives
    guard twos >= 0, fives >= 0 else { return false }
    Decimal.reduce(&dividend, modulo: rest)
    return dividend.isEmpty
  }

  /// Splits off the factors 2 and 5 of a number given by its digits.
  private static func withoutTwosAndFives(_ digits: [UInt8]) -> (rest: [UInt8], twos: Int, fives: Int) {
    var rest = digits
    var twos = 0
    var fives = 0
    while let last = rest.last, last % 2 == 0, rest != [0] {
      rest = divided(rest, by: 2)
      twos += 1
    }
    while let last = rest.last, last == 5 {
      rest = divided(rest, by: 5)
      fives += 1
    }
    return (rest, twos, fives)
  }

  private static func divided(_ digits: [UInt8], by divisor: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(digits.count)
    var remainder: UInt8 = 0
    for digit in digits {
      let value = remainder * 10 + digit
      if !result.isEmpty || value >= divisor { result.append(value / divisor) }
      remainder = value % divisor
    }
    return result
  }

  /// Long division by schoolbook subtraction; leaves the remainder, without leading zeros.
  private static func reduce(_ digits: inout [UInt8], modulo divisor: [UInt8]) {
    var remainder: [UInt8] = []
    for digit in digits {
      if !(remainder.isEmpty && digit == 0) { remainder.append(digit) }
      while isLess(divisor, orEqual: remainder) { subtract(divisor, from: &remainder) }
    }
    digits = remainder
  }

  private static func isLess(_ left: [UInt8], orEqual right: [UInt8]) -> Bool {
    left.count != right.count ? left.count < right.count : !right.lexicographicallyPrecedes(left)
  }

  private static func subtract(_ small: [UInt8], from large: inout [UInt8]) {
    var borrow: UInt8 = 0
    for index in 0..<large.count {
      let place = large.count - 1 - index
      let take = borrow + (index < small.count ? small[small.count - 1 - index] : 0)
      borrow = large[place] < take ? 1 : 0
      large[place] = large[place] + borrow * 10 - take
    }
    let zeros = large.prefix { $0 == 0 }.count
    large.removeFirst(zeros)
  }
}
