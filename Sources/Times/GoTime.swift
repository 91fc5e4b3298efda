import SourceText

/// Go's `time.Time`: an instant to the nanosecond and the location in which it is shown.
package struct GoTime: Sendable {
  /// Seconds since 1970-01-01 00:00:00 UTC.
  package var seconds: Int64
  /// 0 to 999 999 999.
  package var nanoseconds: Int32
  package var location: Location
  /// Go's reading of the monotonic clock, in nanoseconds since the program began. `time.Now` sets it, most
  /// operations drop it, and `String()` shows it.
  package var monotonic: Int64?

  /// Any count of nanoseconds is carried into the seconds, as by `time.Unix`.
  package init(seconds: Int64, nanoseconds: Int64 = 0, location: Location = .utc, monotonic: Int64? = nil) {
    let carry = floorDivide(nanoseconds, GoDuration.second)
    self.seconds = seconds &+ carry
    self.nanoseconds = Int32(nanoseconds - carry * GoDuration.second)
    self.location = location
    self.monotonic = monotonic
  }

  /// Go's zero time, 0001-01-01 00:00:00 UTC.
  package static let zero = GoTime(seconds: secondsAtYearOne)
  private static let secondsAtYearOne: Int64 = -62_135_596_800

  /// Go's `time.Date`: fields out of their range are carried into the next ones (October 32 is November 1).
  package init(
    year: Int64, month: Int64 = 1, day: Int64 = 1, hour: Int64 = 0, minute: Int64 = 0, second: Int64 = 0,
    nanosecond: Int64 = 0, location: Location = .utc
  ) {
    let monthIndex = month &- 1
    let years = floorDivide(monthIndex, 12)
    let first = CivilDate(year: year &+ years, month: Int(monthIndex &- years &* 12) + 1, day: 1)
    let carry = floorDivide(nanosecond, GoDuration.second)
    let days = first.daysSinceEpoch &+ (day &- 1)
    let local = days &* 86_400 &+ hour &* 3600 &+ minute &* 60 &+ second &+ carry
    seconds = local &- location.offset(ofLocal: local)
    nanoseconds = Int32(nanosecond &- carry &* GoDuration.second)
    self.location = location
  }

  // MARK: Parts

  /// The zone in force: its abbreviation, and its offset in seconds east of UTC.
  package var zone: (name: ByteString, offset: Int) {
    let period = location.period(at: seconds)
    return (period.zone.name, period.zone.offset)
  }
  /// Whether daylight saving time is in force.
  package var isDaylightSaving: Bool { location.period(at: seconds).zone.isDaylightSaving }

  private var localSeconds: Int64 { seconds &+ Int64(location.period(at: seconds).zone.offset) }

  package var date: CivilDate { CivilDate(daysSinceEpoch: floorDivide(localSeconds, 86_400)) }
  package var year: Int64 { date.year }
  /// 1 to 12.
  package var month: Int { date.month }
  package var day: Int { date.day }
  package var dayOfYear: Int { date.dayOfYear }
  /// 0 for Sunday.
  package var weekday: Int { GoTime.weekday(ofDay: floorDivide(localSeconds, 86_400)) }
  package var hour: Int { secondOfDay / 3600 }
  package var minute: Int { secondOfDay / 60 % 60 }
  package var second: Int { secondOfDay % 60 }

  private var secondOfDay: Int {
    let local = localSeconds
    return Int(local &- floorDivide(local, 86_400) &* 86_400)
  }

  /// All parts with one look at the zone.
  var parts: TimeParts {
    let zone = location.period(at: seconds).zone
    let local = seconds &+ Int64(zone.offset)
    let days = floorDivide(local, 86_400)
    return TimeParts(
      date: CivilDate(daysSinceEpoch: days), weekday: GoTime.weekday(ofDay: days),
      secondOfDay: Int(local &- days &* 86_400), nanosecond: Int(nanoseconds), zone: zone)
  }

  private static func weekday(ofDay days: Int64) -> Int { Int(((days % 7) + 11) % 7) }

  package var isZero: Bool { seconds == GoTime.secondsAtYearOne && nanoseconds == 0 }
  package var unixMilliseconds: Int64 { seconds &* 1000 &+ Int64(nanoseconds) / 1_000_000 }
  package var unixMicroseconds: Int64 { seconds &* 1_000_000 &+ Int64(nanoseconds) / 1000 }
  package var unixNanoseconds: Int64 { seconds &* GoDuration.second &+ Int64(nanoseconds) }

  // MARK: Arithmetic

  /// The same instant shown in another location.
  package func `in`(_ location: Location) -> GoTime {
    GoTime(seconds: seconds, nanoseconds: Int64(nanoseconds), location: location)
  }

  package func adding(_ duration: GoDuration) -> GoTime {
    GoTime(
      seconds: seconds &+ duration.nanoseconds / GoDuration.second,
      nanoseconds: Int64(nanoseconds) + duration.nanoseconds % GoDuration.second, location: location,
      monotonic: monotonic.map { $0 &+ duration.nanoseconds })
  }

  /// Go's `AddDate`: calendar arithmetic, normalised (January 31 plus one month is March 2 or 3).
  package func adding(years: Int64, months: Int64, days: Int64) -> GoTime {
    let parts = parts
    return GoTime(
      year: parts.date.year &+ years, month: Int64(parts.date.month) &+ months,
      day: Int64(parts.date.day) &+ days, second: Int64(parts.secondOfDay), nanosecond: Int64(nanoseconds),
      location: location)
  }

  /// Go's `Sub`: saturates at the longest durations, 292 years.
  package func since(_ earlier: GoTime) -> GoDuration {
    if let own = monotonic, let other = earlier.monotonic { return GoDuration(nanoseconds: own &- other) }
    let exact =
      (Int128(seconds) - Int128(earlier.seconds)) * Int128(GoDuration.second)
      + Int128(nanoseconds - earlier.nanoseconds)
    return GoDuration(nanoseconds: Int64(clamping: exact))
  }

  /// Rounded down to a multiple of `unit` since the zero time.
  package func truncated(to unit: GoDuration) -> GoTime {
    var result = self
    result.monotonic = nil
    guard unit.nanoseconds > 0 else { return result }
    return result.adding(GoDuration(nanoseconds: -remainder(unit)))
  }

  /// Rounded to the nearest multiple of `unit` since the zero time, halves up.
  package func rounded(to unit: GoDuration) -> GoTime {
    var result = self
    result.monotonic = nil
    guard unit.nanoseconds > 0 else { return result }
    let rest = remainder(unit)
    let isBelowHalf = UInt64(rest) + UInt64(rest) < UInt64(unit.nanoseconds)
    return result.adding(GoDuration(nanoseconds: isBelowHalf ? -rest : unit.nanoseconds - rest))
  }

  private func remainder(_ unit: GoDuration) -> Int64 {
    let total =
      (Int128(seconds) - Int128(GoTime.secondsAtYearOne)) * Int128(GoDuration.second) + Int128(nanoseconds)
    let rest = Int64(total % Int128(unit.nanoseconds))
    return rest < 0 ? rest + unit.nanoseconds : rest
  }
}

/// Equality and order are those of the instant, as Go's `Equal` and `Before`.
extension GoTime: Comparable {
  package static func == (left: GoTime, right: GoTime) -> Bool {
    left.seconds == right.seconds && left.nanoseconds == right.nanoseconds
  }
  package static func < (left: GoTime, right: GoTime) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// An instant taken apart in its location.
struct TimeParts {
  var date: CivilDate
  /// 0 for Sunday.
  var weekday: Int
  var secondOfDay: Int
  var nanosecond: Int
  var zone: ZonePeriod.Zone

  var hour: Int { secondOfDay / 3600 }
  var minute: Int { secondOfDay / 60 % 60 }
  var second: Int { secondOfDay % 60 }
}
