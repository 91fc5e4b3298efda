import SourceText

/// The POSIX `TZ` rule in the footer of a TZif file, for example `CET-1CEST,M3.5.0,M10.5.0/3`: it tells the offsets
/// of all years after the last transition.
struct ZoneRule: Sendable {
  /// A day of the year and a time on it.
  struct Change: Sendable {
    enum Day: Sendable {
      /// `Jn`: 1 to 365, the leap day never counted.
      case julian(Int)
      /// `n`: 0 to 365, the leap day counted.
      case zeroBased(Int)
      /// `Mm.w.d`: the w-th weekday d of month m, the 5th meaning the last.
      case weekday(month: Int, week: Int, day: Int)
    }
    var day: Day
    /// Seconds after the start of that day by the clock in force before the change.
    var time: Int
  }

  let standard: ZonePeriod.Zone
  let daylight: (zone: ZonePeriod.Zone, starts: Change, ends: Change)?

  /// Nil when the rule cannot be read.
  init?(_ text: ArraySlice<UInt8>) {
    var reader = ZoneRuleReader(rest: text)
    guard let name = reader.name(), let offset = reader.offset() else { return nil }
    standard = ZonePeriod.Zone(name: name, offset: -offset)
    guard let next = reader.rest.first, next != UInt8(ascii: ",") else {
      daylight = nil
      return
    }
    guard let daylightName = reader.name() else { return nil }
    var daylightOffset = standard.offset + 3600
    if let next = reader.rest.first, next != UInt8(ascii: ",") {
      guard let given = reader.offset() else { return nil }
      daylightOffset = -given
    }
    if reader.rest.isEmpty { reader.rest = Array(",M3.2.0,M11.1.0".utf8)[...] }
    guard let starts = reader.change(), let ends = reader.change(), reader.rest.isEmpty else { return nil }
    daylight = (
      ZonePeriod.Zone(name: daylightName, offset: daylightOffset, isDaylightSaving: true), starts, ends
    )
  }

  /// The period around `seconds`; `notBefore` is where the rule begins to hold.
  func period(at seconds: Int64, notBefore: Int64) -> ZonePeriod {
    guard let daylight else { return ZonePeriod(zone: standard, start: notBefore, end: .max) }
    let year = CivilDate(daysSinceEpoch: floorDivide(seconds, 86_400)).year
    let yearStart = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch &* 86_400
    let second = seconds &- yearStart
    var first = daylight.starts.second(in: year) - Int64(standard.offset)
    var last = daylight.ends.second(in: year) - Int64(daylight.zone.offset)
    var (inside, outside) = (daylight.zone, standard)
    // South of the equator daylight saving spans the turn of the year.
    if last < first {
      (first, last) = (last, first)
      (inside, outside) = (outside, inside)
    }
    // The bounds of Go: a period outside the year's pair of changes ends with the year.
    let yearLength: Int64 = CivilDate.isLeap(year) ? 366 * 86_400 : 365 * 86_400
    if second < first { return ZonePeriod(zone: outside, start: yearStart, end: yearStart &+ first) }
    if second >= last {
      return ZonePeriod(zone: outside, start: yearStart &+ last, end: yearStart &+ yearLength)
    }
    return ZonePeriod(zone: inside, start: yearStart &+ first, end: yearStart &+ last)
  }
}

extension ZoneRule.Change {
  /// Seconds from the start of the year (by the wall clock) to the change.
  func second(in year: Int64) -> Int64 {
    switch day {
    case .julian(let number):
      let leap = CivilDate.isLeap(year) && number >= 60 ? 1 : 0
      return Int64(number - 1 + leap) * 86_400 + Int64(time)
    case .zeroBased(let number):
      return Int64(number) * 86_400 + Int64(time)
    case .weekday(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1)
      let firstWeekday = Int(((first.daysSinceEpoch % 7) + 11) % 7)
      var dayOfMonth = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if dayOfMonth > CivilDate.days(inMonth: month, year: year) { dayOfMonth -= 7 }
      return Int64(first.dayOfYear - 1 + dayOfMonth - 1) * 86_400 + Int64(time)
    }
  }
}

private struct ZoneRuleReader {
  var rest: ArraySlice<UInt8>

  /// An abbreviation: at least three letters, or anything between angle brackets.
  mutating func name() -> ByteString? {
    if rest.first == UInt8(ascii: "<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      defer { rest = rest[(end + 1)...] }
      return ByteString(rest[(rest.startIndex + 1)..<end])
    }
    let stops = Array("0123456789,-+".utf8)
    let end = rest.firstIndex(where: stops.contains) ?? rest.endIndex
    guard end - rest.startIndex >= 3 else { return nil }
    defer { rest = rest[end...] }
    return ByteString(rest[..<end])
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func offset() -> Int? {
    var isNegative = false
    if rest.first == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    } else if rest.first == UInt8(ascii: "-") {
      rest = rest.dropFirst()
      isNegative = true
    }
    guard let hours = number(0...(24 * 7)) else { return nil }
    var total = hours * 3600
    if skip(":") {
      guard let minutes = number(0...59) else { return nil }
      total += minutes * 60
      if skip(":") {
        guard let seconds = number(0...59) else { return nil }
        total += seconds
      }
    }
    return isNegative ? -total : total
  }

  /// `,` and a day with an optional `/time`.
  mutating func change() -> ZoneRule.Change? {
    guard skip(",") else { return nil }
    let day: ZoneRule.Change.Day
    if skip("J") {
      guard let number = number(1...365) else { return nil }
      day = .julian(number)
    } else if skip("M") {
      guard let month = number(1...12), skip("."), let week = number(1...5), skip("."),
        let weekday = number(0...6)
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    } else {
      guard let number = number(0...365) else { return nil }
      day = .zeroBased(number)
    }
    guard skip("/") else { return ZoneRule.Change(day: day, time: 2 * 3600) }
    guard let time = offset() else { return nil }
    return ZoneRule.Change(day: day, time: time)
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    guard let first = rest.first, isDigit(first) else { return nil }
    var value = 0
    while let digit = rest.first, isDigit(digit) {
      value = value * 10 + Int(digit - 48)
      guard value <= range.upperBound else { return nil }
      rest = rest.dropFirst()
    }
    return range.contains(value) ? value : nil
  }
}
