/// A whole number of any length, in limbs of nine decimal digits, the lowest first.
struct Natural {
  private static let base: UInt64 = 1_000_000_000
  private static let limbDigits = 9
  /// Without zeros at the end; empty is zero.
  private var limbs: [UInt64]

  private init(limbs: [UInt64]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
  }

  /// From decimal digits in ASCII.
  init(digits: [UInt8]) {
    var limbs: [UInt64] = []
    var end = digits.count
    while end > 0 {
      let start = max(0, end - Self.limbDigits)
      limbs.append(digits[start..<end].reduce(0) { $0 * 10 + UInt64($1 &- 0x30) })
      end = start
    }
    self.init(limbs: limbs)
  }

  var isZero: Bool { limbs.isEmpty }

  var description: String {
    guard let top = limbs.last else { return "0" }
    return limbs.dropLast().reversed().reduce(into: String(top)) { text, limb in
      let digits = String(limb)
      text += String(repeating: "0", count: Self.limbDigits - digits.utf8.count) + digits
    }
  }

  static func < (left: Natural, right: Natural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    return left.limbs.reversed().lexicographicallyPrecedes(right.limbs.reversed())
  }

  static func + (left: Natural, right: Natural) -> Natural {
    var sum: [UInt64] = []
    var carry: UInt64 = 0
    for index in 0..<max(left.limbs.count, right.limbs.count) {
      let total = left.limb(index) + right.limb(index) + carry
      sum.append(total % base)
      carry = total / base
    }
    return Natural(limbs: sum + [carry])
  }

  /// The difference; `left` must not be below `right`.
  static func - (left: Natural, right: Natural) -> Natural {
    var difference: [UInt64] = []
    var borrow: UInt64 = 0
    for index in left.limbs.indices {
      let subtrahend = right.limb(index) + borrow
      borrow = left.limbs[index] < subtrahend ? 1 : 0
      difference.append(left.limbs[index] + borrow * base - subtrahend)
    }
    return Natural(limbs: difference)
  }

  static func * (left: Natural, right: Natural) -> Natural {
    var product = [UInt64](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (i, a) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in right.limbs.enumerated() {
        let total = product[i + j] + a * b + carry
        product[i + j] = total % base
        carry = total / base
      }
      product[i + right.limbs.count] += carry
    }
    return Natural(limbs: product)
  }

  func scaled(byPowerOfTen power: Int) -> Natural {
    guard power > 0, !isZero else { return self }
    var factor: UInt64 = 1
    for _ in 0..<(power % Self.limbDigits) { factor *= 10 }
    let shifted = [UInt64](repeating: 0, count: power / Self.limbDigits) + limbs
    return Natural(limbs: shifted) * Natural(limbs: [factor])
  }

  /// Long division, each limb of the quotient found by halving: numbers here have a few dozen limbs at most.
  func quotientAndRemainder(dividingBy divisor: Natural) -> (quotient: Natural, remainder: Natural) {
    var quotient = [UInt64](repeating: 0, count: limbs.count)
    var remainder = Natural(limbs: [])
    for index in limbs.indices.reversed() {
      remainder = Natural(limbs: [limbs[index]] + remainder.limbs)
      var (low, high) = (UInt64(0), Self.base)
      while high - low > 1 {
        let middle = (low + high) / 2
        if remainder < divisor * Natural(limbs: [middle]) { high = middle } else { low = middle }
      }
      quotient[index] = low
      remainder = remainder - divisor * Natural(limbs: [low])
    }
    return (Natural(limbs: quotient), remainder)
  }

  private func limb(_ index: Int) -> UInt64 { index < limbs.count ? limbs[index] : 0 }
}
