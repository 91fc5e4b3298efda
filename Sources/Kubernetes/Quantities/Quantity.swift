import SourceText

/// An amount as Kubernetes writes it: `500m`, `1.5Gi`, `2e3`.
///
/// Held exactly in billionths, the finest that the API keeps: what is finer is rounded away from zero, what is beyond
/// 2⁶³−1 is that. Source: the grammar and the rules of rounding of k8s.io/apimachinery, api/resource.
package struct Quantity: Sendable {
  /// Billionths of the resource's unit: of a core, of a byte.
  package let nanos: Int128
  package let suffix: Suffix
  /// The number in front of the suffix, as written.
  package let number: String

  package enum Suffix: Hashable, Sendable {
    case none
    /// `n`, `u`, `m`, `k`, `M`, `G`, `T`, `P`, `E`, by their power of ten.
    case decimal(String, power: Int)
    /// `Ki` to `Ei`, by their power of two.
    case binary(String, power: Int)
    /// `e3`, `E-2`.
    case exponent(String, power: Int)

    package var text: String {
      switch self {
      case .none: ""
      case .decimal(let text, _), .binary(let text, _), .exponent(let text, _): text
      }
    }
  }

  /// Nil for a text that is no quantity.
  package init?(_ text: String) {
    guard let split = QuantityText(text) else { return nil }
    number = split.number
    suffix = split.suffix
    nanos = split.nanos
  }

  /// Nil for mappings and sequences, and for scalars that are no quantity.
  package init?(_ node: Node?) {
    guard let node, let text = node.scalar else { return nil }
    self.init(node.integer.map(String.init) ?? text)
  }

  package var isZero: Bool { nanos == 0 }

  /// A whole number of the resource's unit.
  package init(units: Int) {
    nanos = Int128(units) * QuantityText.nano
    suffix = .none
    number = String(units)
  }

  /// Whole units, rounded up; clamped to what an Int holds.
  package var units: Int { Int(clamping: nanos / QuantityText.nano + (nanos % QuantityText.nano > 0 ? 1 : 0)) }
}

extension Quantity: Comparable, Hashable {
  /// By amount only: `1` equals `1000m`.
  package static func == (left: Quantity, right: Quantity) -> Bool { left.nanos == right.nanos }
  package static func < (left: Quantity, right: Quantity) -> Bool { left.nanos < right.nanos }
  package func hash(into hasher: inout Hasher) { hasher.combine(nanos) }
}

/// A quantity's text taken apart.
private struct QuantityText {
  static let nano: Int128 = 1_000_000_000
  /// The API holds no amount beyond this.
  static let largest = Int128(Int64.max) * nano

  let isNegative: Bool
  let whole: [UInt8]
  let fraction: [UInt8]
  let number: String
  let suffix: Quantity.Suffix

  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let sign = rest.first.flatMap { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") ? $0 : nil }
    if sign != nil { rest = rest.dropFirst() }
    isNegative = sign == UInt8(ascii: "-")
    whole = Array(rest.prefix(while: Self.isDigit))
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      fraction = Array(rest.dropFirst().prefix(while: Self.isDigit))
      rest = rest.dropFirst(1 + fraction.count)
    } else {
      fraction = []
    }
    guard !(whole.isEmpty && fraction.isEmpty), let suffix = Self.suffix(String(decoding: rest, as: UTF8.self)) else {
      return nil
    }
    self.suffix = suffix
    number = String(text.dropLast(suffix.text.count))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static let decimals: [String: Int] = [
    "n": -9, "u": -6, "m": -3, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
  ]
  private static let binaries: [String: Int] = ["Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60]

  private static func suffix(_ text: String) -> Quantity.Suffix? {
    if text.isEmpty { return Quantity.Suffix.none }
    if let power = decimals[text] { return .decimal(text, power: power) }
    if let power = binaries[text] { return .binary(text, power: power) }
    guard text.first == "e" || text.first == "E", let power = Int(text.dropFirst()) else { return nil }
    return .exponent(text, power: power)
  }

  var nanos: Int128 {
    let amount =
      switch suffix {
      case .none: shifted(by: 0)
      case .decimal(_, let power), .exponent(_, let power): shifted(by: power)
      case .binary(_, let power): doubled(power)
      }
    return isNegative ? -amount : amount
  }

  /// The number times a power of ten, in billionths.
  private func shifted(by power: Int) -> Int128 {
    let digits = whole + fraction
    guard digits.contains(where: { $0 != UInt8(ascii: "0") }) else { return 0 }
    let point = whole.count + min(max(power, -1000), 1000) + 9
    let (amount, isCut) = Self.read(digits, upTo: point)
    guard amount < Self.largest else { return Self.largest }
    return amount + (isCut ? 1 : 0)
  }

  /// The number times a power of two, in billionths; of the fraction eighteen digits count in full.
  private func doubled(_ power: Int) -> Int128 {
    let (units, _) = Self.read(whole, upTo: whole.count)
    guard units <= Int128(Int64.max) >> Int128(power) else { return Self.largest }
    let (part, isCut) = Self.read(fraction, upTo: 18)
    let (quotient, remainder) = (part << Int128(power)).quotientAndRemainder(dividingBy: Self.nano)
    let amount = (units << Int128(power)) * Self.nano + quotient + (remainder > 0 || isCut ? 1 : 0)
    return min(amount, Self.largest)
  }

  /// The digits before `point` as a number, zeros filled in where there are none; whether digits behind it were left
  /// out that are not zero. Stops growing beyond the largest amount.
  private static func read(_ digits: [UInt8], upTo point: Int) -> (amount: Int128, isCut: Bool) {
    var amount: Int128 = 0
    var index = 0
    while index < point {
      guard amount <= largest else { return (largest, false) }
      amount = amount * 10 + (index < digits.count ? Int128(digits[index] - UInt8(ascii: "0")) : 0)
      index += 1
    }
    return (amount, digits.dropFirst(max(0, point)).contains { $0 != UInt8(ascii: "0") })
  }
}
