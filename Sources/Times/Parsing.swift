import SourceText

extension GoTime {
  /// Go's `ParseInLocation`: without a zone in the text the time is one of `location`.
  package init(parsing text: ByteString, layout: ByteString, in location: Location) throws(TimeError) {
    try self.init(parsing: text, layout: layout, unzoned: location, local: location)
  }

  /// Go's `Parse`: without a zone in the text the time is UTC; `local` decides what abbreviations mean.
  package init(parsing text: ByteString, layout: ByteString, local: Location) throws(TimeError) {
    try self.init(parsing: text, layout: layout, unzoned: .utc, local: local)
  }

  private init(
    parsing text: ByteString, layout: ByteString, unzoned: Location, local: Location
  ) throws(TimeError) {
    var parser = TimeParser(text: text, layout: layout)
    try parser.scan()
    self = try parser.result(unzoned: unzoned, local: local)
  }
}

/// Reads a text by a layout, element by element.
private struct TimeParser {
  /// What one element can answer besides success.
  private enum Refusal: Error {
    /// The text has not the element's form.
    case malformed
    /// The number is none of that part of a date.
    case outOfRange(String)
  }

  private let text: ByteString
  private let layout: ByteString
  private var scanner: LayoutScanner
  private var rest: ArraySlice<UInt8>

  private var year = 0
  private var month: Int?
  private var day: Int?
  private var dayOfYear: Int?
  private var hour = 0
  private var minute = 0
  private var second = 0
  private var nanosecond = 0
  private var isAfternoon: Bool?
  private var isUTC = false
  private var zoneOffset: Int?
  private var zoneName: ByteString = ""

  init(text: ByteString, layout: ByteString) {
    self.text = text
    self.layout = layout
    scanner = LayoutScanner(layout)
    rest = text.bytes[...]
  }

  // MARK: Errors

  private func mismatch(_ found: ArraySlice<UInt8>, _ element: ArraySlice<UInt8>) -> TimeError {
    var message: ByteString = "parsing time "
    message.append(quoted(text.bytes[...]))
    message.append(" as ")
    message.append(quoted(layout.bytes[...]))
    message.append(": cannot parse ")
    message.append(quoted(found))
    message.append(" as ")
    message.append(quoted(element))
    return TimeError(message)
  }

  private func failure(_ reason: ByteString) -> TimeError {
    TimeError("parsing time " + quoted(text.bytes[...]) + ": " + reason)
  }

  // MARK: Scanning

  mutating func scan() throws(TimeError) {
    while true {
      let (literal, element, range) = scanner.next()
      guard skip(literal) else { throw mismatch(rest, literal) }
      guard let element else { break }
      let before = rest
      do {
        try read(element)
      } catch {
        switch error {
        case .malformed: throw mismatch(before, layout.bytes[range])
        case .outOfRange(let part): throw failure(ByteString(part + " out of range"))
        }
      }
    }
    guard rest.isEmpty else { throw failure("extra text: " + quoted(rest)) }
  }

  /// Passes literal text; spaces in the layout match any number of them. `rest` stops at the difference.
  private mutating func skip(_ literal: ArraySlice<UInt8>) -> Bool {
    let space = UInt8(ascii: " ")
    var literal = literal
    while let expected = literal.first {
      if expected == space {
        if let next = rest.first, next != space { return false }
        literal = literal.drop { $0 == space }
        rest = rest.drop { $0 == space }
        continue
      }
      guard rest.first == expected else { return false }
      literal = literal.dropFirst()
      rest = rest.dropFirst()
    }
    return true
  }

  private mutating func read(_ element: LayoutElement) throws(Refusal) {
    switch element {
    case .shortYear:
      let short = try wholeNumber(ofCount: 2)
      year = short + (short >= 69 ? 1900 : 2000)
    case .longYear:
      guard let first = rest.first, isDigit(first) else { throw .malformed }
      year = try wholeNumber(ofCount: 4)
    case .longMonth: month = try name(of: CalendarNames.months) + 1
    case .shortMonth: month = try name(of: CalendarNames.months, prefix: 3) + 1
    case .month(let padding): month = try number(padding, in: 1...12, "month")
    case .longWeekday: _ = try name(of: CalendarNames.weekdays)
    case .shortWeekday: _ = try name(of: CalendarNames.weekdays, prefix: 3)
    case .day(let padding):
      if padding == .space { skipSpace() }
      day = try number(isFixed: padding == .zero)
    case .dayOfYear(let padding): try readDayOfYear(padding)
    case .hour: hour = try number(.none, in: 0...23, "hour")
    case .hour12(let padding): hour = try number(padding, in: 0...12, "hour")
    case .minute(let padding): minute = try number(padding, in: 0...59, "minute")
    case .second(let padding):
      second = try number(padding, in: 0...59, "second")
      try readUnannouncedFraction()
    case .upperMeridiem: try readMeridiem("AM", "PM")
    case .lowerMeridiem: try readMeridiem("am", "pm")
    case .zoneName: try readZoneName()
    case .offset(let form): try readOffset(form)
    case .fraction(let digits, _, trimsZeros: false): try readFraction(count: digits + 1)
    case .fraction(_, _, trimsZeros: true):
      if startsWithFraction { try readFraction(count: 1 + rest.dropFirst().prefix(while: isDigit).count) }
    }
  }

  private mutating func skipSpace() {
    if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
  }

  private mutating func take(_ count: Int) throws(Refusal) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw .malformed }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// Exactly `count` bytes that are a number; Go lets a sign stand among them.
  private mutating func wholeNumber(ofCount count: Int) throws(Refusal) -> Int {
    guard let number = Times.wholeNumber(try take(count)) else { throw .malformed }
    return number
  }

  /// One or two digits; two when `isFixed`.
  private mutating func number(isFixed: Bool) throws(Refusal) -> Int {
    let digits = rest.prefix(2).prefix(while: isDigit)
    guard !digits.isEmpty, digits.count == 2 || !isFixed else { throw .malformed }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private mutating func number(
    _ padding: LayoutElement.Padding, in range: ClosedRange<Int>, _ part: String
  ) throws(Refusal) -> Int {
    let value = try number(isFixed: padding == .zero)
    guard range.contains(value) else { throw .outOfRange(part) }
    return value
  }

  private mutating func readDayOfYear(_ padding: LayoutElement.Padding) throws(Refusal) {
    if padding == .space {
      skipSpace()
      skipSpace()
    }
    let digits = rest.prefix(3).prefix(while: isDigit)
    guard !digits.isEmpty, digits.count == 3 || padding != .zero else { throw .malformed }
    rest = rest.dropFirst(digits.count)
    dayOfYear = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  /// The index of the name that the text begins with, in any case.
  private mutating func name(of names: [String], prefix: Int = .max) throws(Refusal) -> Int {
    for (index, name) in names.enumerated() {
      let letters = name.utf8.prefix(prefix)
      guard rest.count >= letters.count,
        zip(rest, letters).allSatisfy({ $0 == $1 || ($0 | 0x20 == $1 | 0x20 && (0x61...0x7A).contains($1 | 0x20)) })
      else { continue }
      rest = rest.dropFirst(letters.count)
      return index
    }
    throw .malformed
  }

  private mutating func readMeridiem(_ morning: String, _ afternoon: String) throws(Refusal) {
    let word = try take(2)
    if word.elementsEqual(afternoon.utf8) {
      isAfternoon = true
    } else if word.elementsEqual(morning.utf8) {
      // Once both are seen, Go lets the afternoon win.
      isAfternoon = isAfternoon ?? false
    } else {
      throw .malformed
    }
  }

  // MARK: Fractions

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

  private var startsWithFraction: Bool {
    guard let first = rest.first, let next = rest.dropFirst().first else { return false }
    return TimeParser.isSeparator(first) && isDigit(next)
  }

  /// A fraction after the seconds is accepted though the layout has none.
  private mutating func readUnannouncedFraction() throws(Refusal) {
    guard startsWithFraction else { return }
    var lookahead = scanner
    if case .fraction = lookahead.next().element { return }
    try readFraction(count: 1 + rest.dropFirst().prefix(while: isDigit).count)
  }

  /// A separator and `count - 1` digits.
  private mutating func readFraction(count: Int) throws(Refusal) {
    let whole = try take(count)
    guard let separator = whole.first, TimeParser.isSeparator(separator) else { throw .malformed }
    let digits = whole.dropFirst().prefix(9)
    guard let value = Times.wholeNumber(digits) else { throw .malformed }
    guard value >= 0 else { throw .outOfRange("fractional second") }
    nanosecond = value
    for _ in digits.count..<9 { nanosecond *= 10 }
  }

  // MARK: Zones

  private mutating func readOffset(_ form: LayoutElement.Offset) throws(Refusal) {
    if form.usesZ && rest.first == UInt8(ascii: "Z") {
      rest = rest.dropFirst()
      isUTC = true
      return
    }
    let pieces = form.precision == .hours ? 1 : form.precision == .minutes ? 2 : 3
    let whole = try take(1 + 2 * pieces + (form.hasColons ? pieces - 1 : 0))
    var numbers: [Int] = []
    var digits = whole.dropFirst()
    for index in 0..<pieces {
      if index > 0 && form.hasColons {
        guard digits.first == UInt8(ascii: ":") else { throw .malformed }
        digits = digits.dropFirst()
      }
      let pair = digits.prefix(2)
      guard pair.allSatisfy(isDigit) else { throw .malformed }
      numbers.append(pair.reduce(0) { $0 * 10 + Int($1 - 48) })
      digits = digits.dropFirst(2)
    }
    // Go accepts the upper bounds themselves, because people write them.
    for (value, (limit, part)) in zip(numbers, [(24, "hour"), (60, "minute"), (60, "second")])
    where value > limit {
      throw .outOfRange("time zone offset " + part)
    }
    let offset = numbers[0] * 3600 + (pieces > 1 ? numbers[1] * 60 : 0) + (pieces > 2 ? numbers[2] : 0)
    switch whole.first {
    case UInt8(ascii: "+"): zoneOffset = offset
    case UInt8(ascii: "-"): zoneOffset = -offset
    default: throw .malformed
    }
  }

  private mutating func readZoneName() throws(Refusal) {
    if rest.starts(with: "UTC".utf8) {
      rest = rest.dropFirst(3)
      isUTC = true
      return
    }
    guard let length = ZoneAbbreviation.length(rest) else { throw .malformed }
    zoneName = ByteString(rest.prefix(length))
    rest = rest.dropFirst(length)
  }

  // MARK: Result

  mutating func result(unzoned: Location, local: Location) throws(TimeError) -> GoTime {
    if isAfternoon == true && hour < 12 {
      hour += 12
    } else if isAfternoon == false && hour == 12 {
      hour = 0
    }
    try settleDayOfYear()
    let month = month ?? 1
    let day = day ?? 1
    guard day >= 1, day <= CivilDate.days(inMonth: month, year: Int64(year)) else {
      throw failure("day out of range")
    }
    if isUTC { return time(month, day, in: .utc) }
    if let zoneOffset { return time(month, day, offset: zoneOffset, local) }
    if !zoneName.isEmpty { return time(month, day, named: zoneName, local) }
    return time(month, day, in: unzoned)
  }

  /// Turns the day of the year into a month and a day, or compares it with those that were read.
  private mutating func settleDayOfYear() throws(TimeError) {
    guard var number = dayOfYear else { return }
    var (foundMonth, foundDay) = (0, 0)
    if CivilDate.isLeap(Int64(year)) {
      if number == 60 {
        (foundMonth, foundDay) = (2, 29)
      } else if number > 60 {
        number -= 1
      }
    }
    guard number >= 1, number <= 365 else { throw failure("day-of-year out of range") }
    if foundMonth == 0 {
      foundMonth = (number - 1) / 31 + 1
      if CivilDate.daysBefore(month: foundMonth + 1) < number { foundMonth += 1 }
      foundDay = number - CivilDate.daysBefore(month: foundMonth)
    }
    if let month, month != foundMonth { throw failure("day-of-year does not match month") }
    month = foundMonth
    if let day, day != foundDay { throw failure("day-of-year does not match day") }
    day = foundDay
  }

  private func time(_ month: Int, _ day: Int, in location: Location) -> GoTime {
    GoTime(
      year: Int64(year), month: Int64(month), day: Int64(day), hour: Int64(hour), minute: Int64(minute),
      second: Int64(second), nanosecond: Int64(nanosecond), location: location)
  }

  /// The local zone is used when it had that offset then, otherwise one made for the occasion.
  private func time(_ month: Int, _ day: Int, offset: Int, _ local: Location) -> GoTime {
    var result = time(month, day, in: .utc)
    result.seconds -= Int64(offset)
    let zone = local.period(at: result.seconds).zone
    let isLocal = zone.offset == offset && (zoneName.isEmpty || zone.name == zoneName)
    result.location = isLocal ? local : Location(fixed: zoneName, offset: offset)
    return result
  }

  /// An abbreviation that the local zone does not know gets the offset zero, `GMT+3` its hours.
  private func time(_ month: Int, _ day: Int, named name: ByteString, _ local: Location) -> GoTime {
    var result = time(month, day, in: .utc)
    if let offset = local.offset(named: name, near: result.seconds) {
      result.seconds -= Int64(offset)
      result.location = local
      return result
    }
    var offset = 0
    if name.count > 3 && name.hasPrefix("GMT") { offset = (Times.wholeNumber(name.bytes[3...]) ?? 0) * 3600 }
    result.location = Location(fixed: name, offset: offset)
    return result
  }
}

/// The forms of zone abbreviations that Go recognises.
enum ZoneAbbreviation {
  /// How many bytes of `text` are one; nil when it begins with none.
  static func length(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= 3, let first = text.first else { return nil }
    if text.starts(with: "ChST".utf8) || text.starts(with: "MeST".utf8) { return 4 }
    if text.starts(with: "GMT".utf8) { return 3 + signedHours(text.dropFirst(3)) }
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      let length = signedHours(text)
      return length > 0 ? length : nil
    }
    let letters = text.prefix(6).prefix { (0x41...0x5A).contains($0) }
    switch letters.count {
    case 3: return 3
    case 4: return letters.last == UInt8(ascii: "T") || letters.elementsEqual("WITA".utf8) ? 4 : nil
    case 5: return letters.last == UInt8(ascii: "T") ? 5 : nil
    default: return nil
    }
  }

  /// The length of a sign and a number up to 23; 0 when there is none.
  private static func signedHours(_ text: ArraySlice<UInt8>) -> Int {
    guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return 0 }
    var rest = text.dropFirst()
    guard let hours = leadingNumber(&rest), rest.count < text.count - 1, hours <= 23 else { return 0 }
    return text.count - rest.count
  }
}
