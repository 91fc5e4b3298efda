import SourceText
import Testing

@testable import Times

@Suite struct FormattingTests {
  let time = GoTime(year: 2024, month: 2, day: 29, hour: 13, minute: 4, second: 5, nanosecond: 120_000_000)

  @Test(arguments: [
    ("2006-01-02T15:04:05Z07:00", "2024-02-29T13:04:05Z"),
    ("Mon Monday Jan January 1 01 2 02 _2", "Thu Thursday Feb February 2 02 29 29 29"),
    ("-0700 -07:00 Z0700 Z07:00 -07 MST", "+0000 +00:00 Z Z +00 UTC"),
    ("05.000 05.999 05,00 .0000000000000", "05.120 05.12 05,12 .120000000"),
    ("__2 002 3:4 PM pm 06", " 60 060 1:4 PM pm 24"),
    ("RFC3339", "RFC1119"), ("_2006", "_2024"), ("Januaryx Jany", "Februaryx Jany"),
    ("é 2006 日", "é 2024 日"), ("-070000 -07:00:00", "+000000 +00:00:00"),
    ("", ""),
  ])
  func layouts(layout: String, expected: String) {
    #expect(time.formatted(ByteString(layout)).string == expected)
  }

  @Test func strings() {
    #expect(time.text == "2024-02-29 13:04:05.12 +0000 UTC")
    #expect(GoTime.zero.text == "0001-01-01 00:00:00 +0000 UTC")
    #expect(GoTime(seconds: 0, monotonic: 1_500_000_001).text == "1970-01-01 00:00:00 +0000 UTC m=+1.500000001")
    let fixed = Location(fixed: "", offset: -5 * 3600 - 1800)
    #expect(GoTime(seconds: 0, location: fixed).text == "1969-12-31 18:30:00 -0530 -0530")
    #expect(time.jsonText == "2024-02-29T13:04:05.12Z")
    #expect(GoTime(year: 10_000).jsonText == nil)
    #expect(GoTime(year: -1).text == "-0001-01-01 00:00:00 +0000 UTC")
  }

  @Test func calendar() {
    for days in stride(from: Int64(-1_000_000), through: 1_000_000, by: 37) {
      #expect(CivilDate(daysSinceEpoch: days).daysSinceEpoch == days)
    }
    #expect(time.adding(years: 1, months: 0, days: 0).formatted("2006-01-02") == "2025-03-01")
    #expect(time.adding(years: 0, months: -26, days: 1).formatted("2006-01-02") == "2021-12-30")
    #expect(GoTime(year: 2024, month: 14, day: 0, hour: 25).formatted("2006-01-02 15") == "2025-02-01 01")
    #expect(time.weekday == 4)
    #expect(GoTime(seconds: -1).weekday == 3)
    // Wraps around, but answers.
    _ = time.adding(years: .max, months: .min, days: .max).text
    _ = GoTime(seconds: .min).text
    _ = GoTime(seconds: .max).adding(GoDuration(nanoseconds: .max)).text
  }

  @Test func arithmetic() {
    let other = time.adding(GoDuration(nanoseconds: -1_620_000_000))
    #expect(other.formatted("15:04:05.999999999") == "13:04:03.5")
    #expect(time.since(other) == GoDuration(nanoseconds: 1_620_000_000))
    #expect(GoTime(year: 2500).since(GoTime(year: 1000)).nanoseconds == .max)
    #expect(time.rounded(to: GoDuration(seconds: 3600)).formatted("15:04:05.9") == "13:00:00")
    #expect(time.truncated(to: GoDuration(seconds: 7)).formatted("15:04:05.9") == "13:04:03")
    #expect(time > other)
  }
}
