import SourceText
import TemplateLanguage
import Values

/// spf13/cast: any value as a number, zero where that fails.
enum Numbers {
  /// `cast.ToInt64`: texts as Go writes constants (`0x10`, `0b1`, `017`, `1_000`, also `1.00`).
  static func integer(_ value: Value) -> Int64 {
    switch value.datum {
    case .integer(let number, _): number
    case .float(let number): truncated(number)
    case .bool(let flag): flag ? 1 : 0
    case .string(let text): GoNumber.signed(withoutZeroDecimals(text.bytes[...])) ?? 0
    case .object(let object):
      // Of the named types only the calendar's are known to the library.
      object.goType == "time.Month" || object.goType == "time.Weekday" ? integer(Value(object.underlying)) : 0
    case .none, .bytes, .list, .map: 0
    }
  }

  /// `cast.ToFloat64`.
  static func float(_ value: Value) -> Double {
    switch value.datum {
    case .integer(let number, let type): type.isSigned ? Double(number) : Double(UInt64(bitPattern: number))
    case .float(let number): number
    case .bool(let flag): flag ? 1 : 0
    case .string(let text): float(text.bytes) ?? 0
    case .object: Double(integer(value))
    case .none, .bytes, .list, .map: 0
    }
  }

  /// Go's conversion of a float on amd64: what does not fit is the smallest integer.
  static func truncated(_ number: Double) -> Int64 { Int64(exactly: number.rounded(.towardZero)) ?? .min }

  /// `1.00` without its zeros and point, as the library cuts them before it reads an integer.
  private static func withoutZeroDecimals(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var sawZero = false
    for index in text.indices.reversed() {
      switch text[index] {
      case UInt8(ascii: "."): if sawZero { return text[..<index] }
      case UInt8(ascii: "0"): sawZero = true
      default: return text
      }
    }
    return text
  }

  /// Go's `strconv.ParseFloat`: the names of infinities and NaN are numbers, what is too large is none.
  static func float(_ bytes: [UInt8]) -> Double? {
    if let number = GoNumber.float(bytes[...]) { return number }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    switch text {
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    case "nan": return .nan
    default: return nil
    }
  }

  /// Go's `strconv.ParseInt` of digits in one base up to ten. `clamped` is what callers see that ignore the error: the
  /// limit that was passed, or zero.
  static func parse(_ text: [UInt8], base: UInt64) -> (value: Int64?, clamped: Int64) {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty else { return (nil, 0) }
    var number: UInt64 = 0
    var overflowed = false
    for byte in digits {
      guard byte >= 0x30, byte < 0x30 + base else { return (nil, 0) }
      let (scaled, over) = number.multipliedReportingOverflow(by: base)
      let (sum, carried) = scaled.addingReportingOverflow(UInt64(byte - 0x30))
      number = sum
      overflowed = overflowed || over || carried
    }
    let limit: UInt64 = isNegative ? 1 << 63 : UInt64(Int64.max)
    if overflowed || number > limit { return (nil, isNegative ? .min : .max) }
    let value = isNegative ? Int64(bitPattern: 0 &- number) : Int64(number)
    return (value, value)
  }
}
