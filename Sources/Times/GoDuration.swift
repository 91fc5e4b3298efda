import SourceText

/// Why a date, a zone name or a duration was refused, in Go's words.
package struct TimeError: Error, Hashable, Sendable {
  package var message: ByteString
  package init(_ message: ByteString) { self.message = message }
}

/// Go's `time.Duration`: a signed count of nanoseconds.
package struct GoDuration: Hashable, Comparable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  /// A duration of whole seconds; wraps around as Go's multiplication does.
  package init(seconds: Int64) { nanoseconds = seconds &* GoDuration.second }

  package static let second: Int64 = 1_000_000_000
  package static let minute = 60 * second
  package static let hour = 60 * minute

  package static func < (left: GoDuration, right: GoDuration) -> Bool { left.nanoseconds < right.nanoseconds }

  package var microseconds: Int64 { nanoseconds / 1000 }
  package var milliseconds: Int64 { nanoseconds / 1_000_000 }
  package var seconds: Double { inUnits(of: GoDuration.second) }
  package var minutes: Double { inUnits(of: GoDuration.minute) }
  package var hours: Double { inUnits(of: GoDuration.hour) }

  /// The whole and the fractional part are converted apart, as Go does, for the same rounding.
  private func inUnits(of unit: Int64) -> Double {
    Double(nanoseconds / unit) + Double(nanoseconds % unit) / Double(unit)
  }

  /// The absolute value; the most negative duration becomes the longest one.
  package var magnitude: GoDuration {
    GoDuration(nanoseconds: nanoseconds == .min ? .max : abs(nanoseconds))
  }

  /// Rounded towards zero to a multiple of `unit`.
  package func truncated(to unit: GoDuration) -> GoDuration {
    guard unit.nanoseconds > 0 else { return self }
    return GoDuration(nanoseconds: nanoseconds - nanoseconds % unit.nanoseconds)
  }

  /// Rounded to the nearest multiple of `unit`, halves away from zero; saturates.
  package func rounded(to unit: GoDuration) -> GoDuration {
    guard unit.nanoseconds > 0 else { return self }
    let rest = (nanoseconds % unit.nanoseconds).magnitude
    let towardsZero = nanoseconds - nanoseconds % unit.nanoseconds
    if rest &+ rest < unit.nanoseconds.magnitude { return GoDuration(nanoseconds: towardsZero) }
    let step = nanoseconds < 0 ? -unit.nanoseconds : unit.nanoseconds
    let (away, overflow) = towardsZero.addingReportingOverflow(step)
    if overflow { return GoDuration(nanoseconds: nanoseconds < 0 ? .min : .max) }
    return GoDuration(nanoseconds: away)
  }

  /// Go's `String()`: `72h3m0.5s`, `1.5ms`, `0s`.
  package var text: ByteString {
    guard nanoseconds != 0 else { return "0s" }
    let magnitude = nanoseconds.magnitude
    var out = nanoseconds < 0 ? "-" : ""
    if magnitude < UInt64(GoDuration.second) {
      let (unit, digits) =
        magnitude < 1000 ? ("ns", 0) : magnitude < 1_000_000 ? ("µs", 3) : ("ms", 6)
      return ByteString(out + GoDuration.decimal(magnitude, fractionDigits: digits) + unit)
    }
    let minutes = magnitude / UInt64(GoDuration.minute)
    if minutes >= 60 { out += "\(minutes / 60)h" }
    if minutes > 0 { out += "\(minutes % 60)m" }
    return ByteString(
      out + GoDuration.decimal(magnitude % UInt64(GoDuration.minute), fractionDigits: 9) + "s")
  }

  /// `value / 10^fractionDigits` without trailing zeros.
  private static func decimal(_ value: UInt64, fractionDigits: Int) -> String {
    var scale: UInt64 = 1
    for _ in 0..<fractionDigits { scale *= 10 }
    var fraction = value % scale
    guard fraction > 0 else { return "\(value / scale)" }
    var width = fractionDigits
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    let digits = String(fraction)
    return "\(value / scale)." + String(repeating: "0", count: width - digits.count) + digits
  }
}

extension GoDuration {
  /// Go's `ParseDuration`: `1h30m`, `-1.5h`, `300ms`.
  package init(parsing text: ByteString) throws(TimeError) {
    let invalid = TimeError("time: invalid duration " + quoted(text.bytes[...]))
    var rest = text.bytes[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    if rest.elementsEqual([UInt8(ascii: "0")]) {
      self.init(nanoseconds: 0)
      return
    }
    guard !rest.isEmpty else { throw invalid }
    let limit: UInt64 = 1 << 63
    var total: UInt64 = 0
    while !rest.isEmpty {
      let piece = try GoDuration.piece(&rest, of: text, invalid)
      total = total &+ piece
      guard total <= limit else { throw invalid }
    }
    if isNegative {
      self.init(nanoseconds: Int64(bitPattern: 0 &- total))
    } else {
      guard total < limit else { throw invalid }
      self.init(nanoseconds: Int64(bitPattern: total))
    }
  }

  /// Reads one number with its unit, in nanoseconds (at most 2^63).
  private static func piece(
    _ rest: inout ArraySlice<UInt8>, of text: ByteString, _ invalid: TimeError
  ) throws(TimeError) -> UInt64 {
    let before = rest.count
    guard let whole = leadingNumber(&rest) else { throw invalid }
    var hasDigits = rest.count < before
    var fraction: (value: UInt64, scale: Double) = (0, 1)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      let before = rest.count
      fraction = leadingFraction(&rest)
      hasDigits = hasDigits || rest.count < before
    }
    guard hasDigits else { throw invalid }
    let unit = try self.unit(&rest, of: text)
    guard whole <= (1 << 63) / unit else { throw invalid }
    var value = whole * unit
    if fraction.value > 0 {
      value = value &+ UInt64(Double(fraction.value) * (Double(unit) / fraction.scale))
      guard value <= 1 << 63 else { throw invalid }
    }
    return value
  }

  private static func unit(_ rest: inout ArraySlice<UInt8>, of text: ByteString) throws(TimeError) -> UInt64 {
    let end = rest.firstIndex { $0 == UInt8(ascii: ".") || isDigit($0) } ?? rest.endIndex
    let name = rest[..<end]
    guard !name.isEmpty else {
      throw TimeError("time: missing unit in duration " + quoted(text.bytes[...]))
    }
    rest = rest[end...]
    switch String(decoding: name, as: UTF8.self) {
    case "ns": return 1
    case "us", "\u{B5}s", "\u{3BC}s": return 1000
    case "ms": return 1_000_000
    case "s": return UInt64(second)
    case "m": return UInt64(minute)
    case "h": return UInt64(hour)
    default:
      throw TimeError("time: unknown unit " + quoted(name) + " in duration " + quoted(text.bytes[...]))
    }
  }

  /// Reads digits as a fraction `value / scale`; digits beyond what fits are skipped.
  private static func leadingFraction(_ rest: inout ArraySlice<UInt8>) -> (value: UInt64, scale: Double) {
    var value: UInt64 = 0
    var scale = 1.0
    var isFull = false
    while let digit = rest.first, isDigit(digit) {
      rest = rest.dropFirst()
      if isFull { continue }
      guard value <= UInt64(Int64.max) / 10, value * 10 + UInt64(digit - 48) <= 1 << 63 else {
        isFull = true
        continue
      }
      value = value * 10 + UInt64(digit - 48)
      scale *= 10
    }
    return (value, scale)
  }
}
