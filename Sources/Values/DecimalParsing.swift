import SourceText

/// Reads decimal numbers the way Go's `strconv.ParseFloat` does.
package enum DecimalParsing {
  /// The float64 nearest to `bytes`, which must be `[+-]digits[.digits][e[+-]digits]`; infinite when it is out of
  /// range, nil when it is no such number.
  package static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let parts = Parts(bytes) else { return nil }
    // Below 2^53 both the digits and the power of ten are exact, so one operation rounds correctly.
    if parts.digitCount <= 19, parts.mantissa <= 1 << 53, abs(parts.exponent) <= 22 {
      let digits = Double(parts.mantissa)
      let power = powersOfTen[abs(parts.exponent)]
      let magnitude = parts.exponent < 0 ? digits / power : digits * power
      return parts.isNegative ? -magnitude : magnitude
    }
    return Double(String(decoding: bytes, as: UTF8.self))
  }

  package static func double(_ bytes: [UInt8]) -> Double? { bytes.withUnsafeBufferPointer { double($0) } }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The number as digits and a power of ten.
  private struct Parts {
    var isNegative = false
    var mantissa: UInt64 = 0
    /// Significant digits; above 19 `mantissa` is not the number any more.
    var digitCount = 0
    var exponent = 0

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      var index = 0
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
        isNegative = bytes[index] == UInt8(ascii: "-")
        index += 1
      }
      var sawDigit = false
      var sawPoint = false
      while index < bytes.count {
        let byte = bytes[index]
        if byte == UInt8(ascii: ".") {
          if sawPoint { return nil }
          sawPoint = true
        } else if byte &- 48 < 10 {
          sawDigit = true
          if digitCount > 0 || byte != 48 { digitCount += 1 }
          if digitCount <= 19 { mantissa = mantissa &* 10 &+ UInt64(byte &- 48) }
          if sawPoint { exponent -= 1 }
        } else {
          break
        }
        index += 1
      }
      guard sawDigit else { return nil }
      guard index < bytes.count else { return }
      guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return nil }
      index += 1
      var isNegativeExponent = false
      if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
        isNegativeExponent = bytes[index] == UInt8(ascii: "-")
        index += 1
      }
      guard index < bytes.count else { return nil }
      var written = 0
      while index < bytes.count {
        guard bytes[index] &- 48 < 10 else { return nil }
        if written < 100_000 { written = written * 10 + Int(bytes[index] &- 48) }
        index += 1
      }
      exponent += isNegativeExponent ? -written : written
    }
  }
}
