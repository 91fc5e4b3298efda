/// A day of the proleptic Gregorian calendar.
package struct CivilDate: Hashable, Sendable {
  /// The astronomical year: 0 is 1 BC.
  package var year: Int64
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int

  package init(year: Int64, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that lies `days` days after 1970-01-01.
  package init(daysSinceEpoch days: Int64) {
    // Count from 0000-03-01, so that the leap day is the last of its year.
    let shifted = days &+ 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01; hostile years wrap around instead of trapping.
  package var daysSinceEpoch: Int64 {
    let shiftedYear = month <= 2 ? year &- 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear &- era &* 400
    let shiftedMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// 1 for the first of January.
  package var dayOfYear: Int {
    CivilDate.daysBefore(month: month) + day + (month > 2 && CivilDate.isLeap(year) ? 1 : 0)
  }

  package static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// How many days a month of a year has.
  package static func days(inMonth month: Int, year: Int64) -> Int {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    return 30 + (month + month / 8) % 2
  }

  /// Days of a common year before the first of `month` (1 to 13).
  static func daysBefore(month: Int) -> Int {
    let cumulative = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]
    return cumulative[month - 1]
  }
}

/// The quotient rounded towards negative infinity; `divisor` must be positive.
func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
