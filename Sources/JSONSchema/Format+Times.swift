import SourceText

extension Format {
  @Sendable static func duration(_ text: ByteString) -> ByteString? {
    guard text.bytes.first == UInt8(ascii: "P") else { return "must start with P" }
    if text.count == 1 { return "nothing after P" }
    let body = text[1..<text.count]
    if body.bytes.last == UInt8(ascii: "W") {
      if body.count == 1 { return "no number in week" }
      return body.bytes.dropLast().allSatisfy(isDigit) ? nil : "invalid week"
    }
    let halves: [StaticString] = ["YMD", "HMS"]
    for (index, half) in split(body, at: "T").enumerated() {
      if index > 0 && half.isEmpty { return "no time elements" }
      if index >= halves.count { return "more than one T" }
      if let fault = elements(half, units: halves[index]) { return fault }
    }
    return nil
  }

  /// The fault of numbers with units that must come in the order given.
  private static func elements(_ text: ByteString, units: StaticString) -> ByteString? {
    let all = units.withUTF8Buffer { Array($0) }
    var left = all[...]
    var rest = text.bytes[...]
    while !rest.isEmpty {
      let digits = rest.prefix(while: isDigit)
      if digits.isEmpty { return "missing number" }
      rest = rest.dropFirst(digits.count)
      guard let unit = rest.first else { return "missing unit" }
      guard let place = left.firstIndex(of: unit) else {
        let quoted = MessageText.quoted(rune: UInt32(unit))
        return all.contains(unit) ? "unit " + quoted + " out of order" : "invalid unit " + quoted
      }
      left = left[(place + 1)...]
      rest = rest.dropFirst()
    }
    return nil
  }

  @Sendable static func period(_ text: ByteString) -> ByteString? {
    guard let slash = text.bytes.firstIndex(of: UInt8(ascii: "/")) else { return "missing slash" }
    let start = text[0..<slash]
    let end = text[(slash + 1)..<text.count]
    if start.hasPrefix("P") {
      if let fault = duration(start) { return "invalid start duration: " + fault }
    } else {
      if let fault = dateTime(start) { return "invalid start date-time: " + fault }
      if end.hasPrefix("P") { return duration(end).map { "invalid end duration: " + $0 } }
    }
    return dateTime(end).map { "invalid end date-time: " + $0 }
  }

  @Sendable static func dateTime(_ text: ByteString) -> ByteString? {
    if text.count < 20 { return "less than 20 characters long" }
    if text[10] != UInt8(ascii: "t"), text[10] != UInt8(ascii: "T") { return "11th character must be t or T" }
    if let fault = date(text[0..<10]) { return "invalid date element: " + fault }
    return time(text[11..<text.count]).map { "invalid time element: " + $0 }
  }

  /// `time.Parse("2006-01-02", text)`.
  @Sendable static func date(_ text: ByteString) -> ByteString? {
    var rest = text.bytes[...]
    var fields: [Int] = []
    let prefix: ByteString = "parsing time " + GoQuote.quoted(text)
    for (layout, count) in [("2006", 4), ("-", 0), ("01", 2), ("-", 0), ("02", 2)] {
      let digits = rest.prefix(count)
      let isRead =
        count == 0 ? rest.first == UInt8(ascii: "-") : digits.count == count && digits.allSatisfy(isDigit)
      guard isRead else {
        return prefix + " as \"2006-01-02\": cannot parse " + GoQuote.quoted(ByteString(rest)) + " as "
          + GoQuote.quoted(ByteString(layout))
      }
      if count > 0 { fields.append(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }) }
      // Go looks at the month as soon as it has it.
      if fields.count == 2, count > 0, !(1...12 ~= fields[1]) { return prefix + ": month out of range" }
      rest = rest.dropFirst(max(count, 1))
    }
    if !rest.isEmpty { return prefix + ": extra text: " + GoQuote.quoted(ByteString(rest)) }
    return 1...lastDay(year: fields[0], month: fields[1]) ~= fields[2] ? nil : prefix + ": day out of range"
  }

  private static func lastDay(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  @Sendable static func time(_ text: ByteString) -> ByteString? {
    let colon = UInt8(ascii: ":")
    if text.count < 9 { return "less than 9 characters long" }
    if text[2] != colon || text[5] != colon { return "missing colon in correct place" }
    guard let hour = twoDigits(text[0..<2]), let minute = twoDigits(text[3..<5]), let second = twoDigits(text[6..<8])
    else { return "invalid hour/min/sec" }
    if min(hour, minute, second) < 0 { return "non-positive hour/min/sec" }
    if hour > 23 || minute > 59 || second > 60 { return "hour/min/sec out of range" }
    var rest = text.bytes[8...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: isDigit)
      if digits.isEmpty { return "no digits in second fraction" }
      rest = rest.dropFirst(1 + digits.count)
    }
    var minutes = hour * 60 + minute
    switch offset(ByteString(rest)) {
    case .minutes(let shift): minutes -= shift
    case .fault(let fault): return fault
    }
    if minutes < 0 { minutes += 24 * 60 }
    return second >= 60 && minutes != 23 * 60 + 59 ? "invalid leap second" : nil
  }

  private enum Offset {
    case minutes(Int)
    case fault(ByteString)
  }

  private static func offset(_ text: ByteString) -> Offset {
    if text == "z" || text == "Z" { return .minutes(0) }
    if text.count != 6 { return .fault("offset must be 6 characters long") }
    let isPlus = text[0] == UInt8(ascii: "+")
    if !isPlus && text[0] != UInt8(ascii: "-") { return .fault("offset must begin with plus/minus") }
    if text[3] != UInt8(ascii: ":") { return .fault("missing colon in offset in correct place") }
    guard let hours = twoDigits(text[1..<3]), let minutes = twoDigits(text[4..<6]) else {
      return .fault("invalid hour/min in offset")
    }
    if min(hours, minutes) < 0 { return .fault("non-positive hour/min in offset") }
    if hours > 23 || minutes > 59 { return .fault("hour/min in offset out of range") }
    return .minutes((isPlus ? 1 : -1) * (hours * 60 + minutes))
  }

  /// Go's `strconv.Atoi` of two bytes, which may start with a sign.
  private static func twoDigits(_ text: ByteString) -> Int? { Int(text.string) }
}
