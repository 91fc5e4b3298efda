/// A range of scalar values, both ends included.
struct ScalarRange: Hashable, Sendable {
  var low: UInt32
  var high: UInt32

  init(_ low: UInt32, _ high: UInt32) {
    self.low = low
    self.high = high
  }
}

/// A set of scalar values: sorted ranges that neither touch nor overlap, and a bitmap of its ASCII members.
struct ScalarSet: Hashable, Sendable {
  let ranges: [ScalarRange]
  private let lowBits: UInt64
  private let highBits: UInt64

  /// Takes ranges in any order.
  init(_ unsorted: [ScalarRange]) {
    ranges = ScalarSet.normalized(unsorted)
    var bits: (UInt64, UInt64) = (0, 0)
    for range in ranges where range.low < 128 {
      for scalar in range.low...min(range.high, 127) {
        if scalar < 64 { bits.0 |= 1 << UInt64(scalar) } else { bits.1 |= 1 << UInt64(scalar - 64) }
      }
    }
    (lowBits, highBits) = bits
  }

  static let all = ScalarSet([ScalarRange(0, Scalars.highest)])
  static let allButNewline = ScalarSet([ScalarRange(0, 9), ScalarRange(11, Scalars.highest)])

  var inverted: ScalarSet {
    var result: [ScalarRange] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.low > next { result.append(ScalarRange(next, range.low - 1)) }
      next = range.high + 1
    }
    if next <= Scalars.highest { result.append(ScalarRange(next, Scalars.highest)) }
    return ScalarSet(result)
  }

  /// The only member, when there is just one.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].low == ranges[0].high else { return nil }
    return ranges[0].low
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    if scalar < 64 { return lowBits >> UInt64(scalar) & 1 != 0 }
    if scalar < 128 { return highBits >> UInt64(scalar - 64) & 1 != 0 }
    return containsLong(scalar)
  }

  private func containsLong(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if scalar > ranges[middle].high {
        low = middle + 1
      } else if scalar < ranges[middle].low {
        high = middle
      } else {
        return true
      }
    }
    return false
  }

  private static func normalized(_ unsorted: [ScalarRange]) -> [ScalarRange] {
    guard unsorted.count > 1 else { return unsorted }
    var result: [ScalarRange] = []
    for range in unsorted.sorted(by: { $0.low < $1.low }) {
      if let last = result.last, range.low <= last.high + 1 {
        result[result.count - 1].high = max(last.high, range.high)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
