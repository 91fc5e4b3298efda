import Configuration
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("2027-03-31", true), ("2028-02-29", true), ("2027-02-29", false), ("2000-02-29", true), ("1900-02-29", false),
    ("2027-13-01", false), ("2027-00-10", false), ("2027-1-01", false), ("2027-01-1", false), ("27-01-01", false),
    ("2027-01-01x", false), ("", false), ("--", false), ("２027-01-01", false),
  ])
  func reads(_ text: String, _ isDay: Bool) {
    #expect((Day(text) != nil) == isDay)
    if isDay { #expect(Day(text)?.description == text) }
  }

  @Test(arguments: [
    (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (951_782_400, "2000-02-29"),
    (1_795_478_400, "2026-11-24"), (-1, "1969-12-31"), (-86_401, "1969-12-30"), (4_107_542_400, "2100-03-01"),
  ])
  func comesFromATime(_ seconds: Int64, _ text: String) {
    #expect(Day(secondsSince1970: seconds).description == text)
  }

  @Test func isOrdered() throws {
    let days = try ["2026-12-31", "2027-01-01", "2027-01-02", "2027-02-01"].map { try #require(Day($0)) }
    #expect(days == days.shuffled().sorted())
  }
}
