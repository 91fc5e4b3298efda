import Kubernetes

/// A number of pods, or a share of them in per cent: the API's IntOrString.
package enum Amount: Hashable, Sendable, CustomStringConvertible {
  case pods(Int)
  case percent(Int)

  package enum Rounding: Hashable, Sendable {
    case up
    case down
  }

  /// Reads an integer or a text of the shape `25%`; nil for anything else, which the API server rejects.
  package init?(_ node: Node) {
    if let count = node.integer {
      self = .pods(Self.bounded(count))
    } else if let text = node.string, text.hasSuffix("%") {
      let digits = text.dropLast()
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      self = .percent(Self.bounded(Int(digits) ?? .max))
    } else {
      return nil
    }
  }

  /// The API counts with 32 bits.
  private static func bounded(_ count: Int) -> Int { Int(Int32(clamping: count)) }

  /// How many of `total` pods are meant. A number stands for itself, even where it is larger than the total. Kubernetes
  /// rounds shares by `GetScaledValueFromIntOrPercent` (apimachinery, pkg/util/intstr).
  package func of(_ total: Int, rounding: Rounding) -> Int {
    switch self {
    case .pods(let count): return count
    case .percent(let percent):
      let (product, isTooLarge) = total.multipliedReportingOverflow(by: percent)
      guard !isTooLarge else { return .max }
      let quotient = product / 100
      return rounding == .up && product % 100 > 0 ? quotient + 1 : quotient
    }
  }

  /// `0` or `0%`.
  package var isZero: Bool { self == .pods(0) || self == .percent(0) }

  package var description: String {
    switch self {
    case .pods(let count): String(count)
    case .percent(let percent): "\(percent)%"
    }
  }
}
