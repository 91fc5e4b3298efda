/// A length of time in whole seconds, the unit of every field of the API that this room computes with. Sums and
/// products stop at the largest number instead of overflowing.
package struct Seconds: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  package let count: Int

  package init(_ count: Int) { self.count = count }
  package init(integerLiteral count: Int) { self.count = count }

  /// `95 s`.
  package var description: String { "\(count) s" }

  package static func < (left: Seconds, right: Seconds) -> Bool { left.count < right.count }

  package static func + (left: Seconds, right: Seconds) -> Seconds {
    let (sum, isTooLarge) = left.count.addingReportingOverflow(right.count)
    return Seconds(isTooLarge ? (left.count < 0 ? .min : .max) : sum)
  }

  package static func - (left: Seconds, right: Seconds) -> Seconds {
    let (difference, isTooLarge) = left.count.subtractingReportingOverflow(right.count)
    return Seconds(isTooLarge ? (left.count < 0 ? .min : .max) : difference)
  }

  package static func * (times: Int, seconds: Seconds) -> Seconds {
    let (product, isTooLarge) = times.multipliedReportingOverflow(by: seconds.count)
    return Seconds(isTooLarge ? ((times < 0) == (seconds.count < 0) ? .max : .min) : product)
  }
}
