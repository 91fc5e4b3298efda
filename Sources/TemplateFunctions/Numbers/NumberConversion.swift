import SourceText
import Values

/// spf13/cast: any value as a number, zero where that fails.
enum Numbers {
  /// `cast.ToInt64`: texts as Go writes constants (`0x10`, `0b1`, `017`, `1_000`, also `1.00`).
  static func integer(_ value: Value) -> Int64 {
    switch value.datum {
    case .integer(let number, _): number
    case .float(let number): truncated(number)
    case .bool(let flag): flag ? 1 : 0
    case .string(let text): parse(withoutZeroDecimals(text.bytes[...]), base: 0).value ?? 0
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
    case .string(let text): FloatText.parse(text.bytes) ?? 0
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

  /// Go's `strconv.ParseInt`: the number, or the limit that was passed; `value` is nil on any error.
  static func parse(_ text: ArraySlice<UInt8>, base: Int) -> (value: Int64?, clamped: Int64) {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var radix = base
    var hasPrefix = false
    if base == 0 {
      guard isUnderscored(rest) else { return (nil, 0) }
      (radix, hasPrefix) = prefix(of: rest)
      rest = rest.dropFirst(hasPrefix ? 2 : radix == 8 ? 1 : 0)
      // `0` itself and `00` are octal numbers without further digits.
      if radix == 8, !hasPrefix, rest.isEmpty { return (0, 0) }
    }
    guard !rest.isEmpty else { return (nil, 0) }
    var number: UInt64 = 0
    var overflowed = false
    for byte in rest where !(base == 0 && byte == UInt8(ascii: "_")) {
      guard let digit = digit(byte), digit < radix else { return (nil, 0) }
      let (scaled, over) = number.multipliedReportingOverflow(by: UInt64(radix))
      let (sum, carried) = scaled.addingReportingOverflow(UInt64(digit))
      number = sum
      overflowed = overflowed || over || carried
    }
    let limit: UInt64 = isNegative ? 1 << 63 : 1 << 63 - 1
    if overflowed || number > limit { return (nil, isNegative ? .min : .max) }
    let value = isNegative ? Int64(bitPattern: 0 &- number) : Int64(number)
    return (value, value)
  }

  private static func prefix(of text: ArraySlice<UInt8>) -> (radix: Int, hasPrefix: Bool) {
    guard text.first == UInt8(ascii: "0"), text.count > 1 else { return (10, false) }
    switch text[text.startIndex + 1] | 0x20 {
    case UInt8(ascii: "x"): return text.count > 2 ? (16, true) : (8, false)
    case UInt8(ascii: "o"): return text.count > 2 ? (8, true) : (8, false)
    case UInt8(ascii: "b"): return text.count > 2 ? (2, true) : (8, false)
    default: return (8, false)
    }
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x61...0x7A: Int(byte) - 0x61 + 10
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    default: nil
    }
  }

  /// Whether every underscore stands between digits, or between a base prefix and a digit.
  static func isUnderscored(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.contains(UInt8(ascii: "_")) else { return true }
    var rest = text
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var previous: UInt8 = UInt8(ascii: "^")
    var isHexadecimal = false
    if rest.count >= 2, rest.first == UInt8(ascii: "0") {
      let mark = rest[rest.startIndex + 1] | 0x20
      if [UInt8(ascii: "b"), UInt8(ascii: "o"), UInt8(ascii: "x")].contains(mark) {
        previous = UInt8(ascii: "0")
        isHexadecimal = mark == UInt8(ascii: "x")
        rest = rest.dropFirst(2)
      }
    }
    for byte in rest {
      let isDigit = (0x30...0x39).contains(byte) || isHexadecimal && (0x61...0x66).contains(byte | 0x20)
      if isDigit {
        previous = UInt8(ascii: "0")
      } else if byte == UInt8(ascii: "_") {
        guard previous == UInt8(ascii: "0") else { return false }
        previous = byte
      } else {
        guard previous != UInt8(ascii: "_") else { return false }
        previous = UInt8(ascii: "!")
      }
    }
    return previous != UInt8(ascii: "_")
  }
}
