import SourceText

extension GoTime {
  /// The layout of RFC 3339 with a fraction where there is one, in which JSON carries times.
  package static let rfc3339 = ByteString("2006-01-02T15:04:05.999999999Z07:00")

  /// Go's `Format`.
  package func formatted(_ layout: ByteString) -> ByteString {
    let parts = parts
    var scanner = LayoutScanner(layout)
    var out = ByteString()
    while true {
      let (literal, element, _) = scanner.next()
      out.append(literal)
      guard let element else { return out }
      parts.append(element, to: &out)
    }
  }

  /// Go's `String()`: `2024-01-31 10:20:30 +0000 UTC`, with ` m=+0.000012345` when there is a monotonic reading.
  package var text: ByteString {
    var out = formatted("2006-01-02 15:04:05.999999999 -0700 MST")
    if let monotonic {
      out.append(monotonic < 0 ? " m=-" : " m=+")
      let (seconds, rest) = monotonic.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
      out.append("\(seconds).")
      out.append(Int64(rest), width: 9)
    }
    return out
  }

  /// Go's `GoString()`: the call that makes the time.
  package var sourceText: ByteString {
    let parts = parts
    let zone: ByteString =
      switch location.name {
      case "UTC": "time.UTC"
      case "Local": "time.Local"
      default: "time.Location(" + GoQuote.quoted(location.name) + ")"
      }
    let month = CalendarNames.months[parts.date.month - 1]
    return ByteString(
      "time.Date(\(parts.date.year), time.\(month), \(parts.date.day), \(parts.hour), \(parts.minute), \(parts.second), "
        + "\(parts.nanosecond), ") + zone + ")"
  }

  /// The text of Go's `MarshalJSON`, without quotes; nil when RFC 3339 cannot say it (a year of five digits).
  package var jsonText: ByteString? {
    let parts = parts
    guard (0...9999).contains(parts.date.year), abs(parts.zone.offset) < 24 * 3600 else { return nil }
    return formatted(GoTime.rfc3339)
  }
}

extension TimeParts {
  func append(_ element: LayoutElement, to out: inout ByteString) {
    switch element {
    case .longYear: out.append(date.year, width: 4)
    case .shortYear: out.append(max(date.year, 0) % 100, width: 2)
    case .longMonth: out.append(CalendarNames.months[date.month - 1])
    case .shortMonth: out.append(CalendarNames.months[date.month - 1].utf8.prefix(3))
    case .month(let padding): TimeParts.append(date.month, padding, width: 2, to: &out)
    case .longWeekday: out.append(CalendarNames.weekdays[weekday])
    case .shortWeekday: out.append(CalendarNames.weekdays[weekday].utf8.prefix(3))
    case .day(let padding): TimeParts.append(date.day, padding, width: 2, to: &out)
    case .dayOfYear(let padding): TimeParts.append(date.dayOfYear, padding, width: 3, to: &out)
    case .hour: out.append(Int64(hour), width: 2)
    case .hour12(let padding):
      TimeParts.append(hour % 12 == 0 ? 12 : hour % 12, padding, width: 2, to: &out)
    case .minute(let padding): TimeParts.append(minute, padding, width: 2, to: &out)
    case .second(let padding): TimeParts.append(second, padding, width: 2, to: &out)
    case .upperMeridiem: out.append(hour >= 12 ? "PM" : "AM")
    case .lowerMeridiem: out.append(hour >= 12 ? "pm" : "am")
    case .zoneName: appendZoneName(to: &out)
    case .offset(let form): appendOffset(form, to: &out)
    case .fraction(let digits, let separator, let trimsZeros):
      appendFraction(digits, separator, trimsZeros: trimsZeros, to: &out)
    }
  }

  private static func append(
    _ number: Int, _ padding: LayoutElement.Padding, width: Int, to out: inout ByteString
  ) {
    switch padding {
    case .none: out.append(String(number))
    case .zero: out.append(Int64(number), width: width)
    case .space:
      let digits = String(number)
      out.append(repeatElement(UInt8(ascii: " "), count: max(0, width - digits.utf8.count)))
      out.append(digits)
    }
  }

  private func appendZoneName(to out: inout ByteString) {
    guard zone.name.isEmpty else {
      out.append(zone.name)
      return
    }
    let minutes = zone.offset / 60
    out.append(minutes < 0 ? "-" : "+")
    out.append(Int64(abs(minutes) / 60), width: 2)
    out.append(Int64(abs(minutes) % 60), width: 2)
  }

  private func appendOffset(_ form: LayoutElement.Offset, to out: inout ByteString) {
    if form.usesZ && zone.offset == 0 {
      out.append(UInt8(ascii: "Z"))
      return
    }
    let minutes = zone.offset / 60
    out.append(minutes < 0 ? "-" : "+")
    out.append(Int64(abs(minutes) / 60), width: 2)
    if form.precision == .hours { return }
    if form.hasColons { out.append(UInt8(ascii: ":")) }
    out.append(Int64(abs(minutes) % 60), width: 2)
    if form.precision == .minutes { return }
    if form.hasColons { out.append(UInt8(ascii: ":")) }
    // Less than a minute west has a positive sign and a negative count of seconds: so Go has it.
    out.append(Int64((minutes < 0 ? -zone.offset : zone.offset) % 60), width: 2)
  }

  private func appendFraction(
    _ digits: Int, _ separator: UInt8, trimsZeros: Bool, to out: inout ByteString
  ) {
    if trimsZeros && (digits == 0 || nanosecond == 0) { return }
    out.append(separator)
    out.append(Int64(nanosecond), width: 9)
    if digits < 9 { out.bytes.removeLast(9 - digits) }
    guard trimsZeros else { return }
    while out.bytes.last == UInt8(ascii: "0") { out.bytes.removeLast() }
    if out.bytes.last == separator { out.bytes.removeLast() }
  }
}
