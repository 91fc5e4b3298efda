import Testing
import Times

@Suite struct MomentTests {
  @Test(arguments: [
    ("2026-01-31T12:00:00Z", 1_769_860_800, 0), ("2026-01-31T13:00:00+01:00", 1_769_860_800, 0),
    ("2026-01-31 12:00:00", 1_769_860_800, 0), ("2026-01-31T12:00", 1_769_860_800, 0), ("2026-01-31", 1_769_817_600, 0),
    ("1769860800", 1_769_860_800, 0), ("-5", -5, 0), ("2026-01-31T12:00:00.25Z", 1_769_860_800, 250_000_000),
  ])
  func reads(text: String, seconds: Int, nanoseconds: Int) {
    let moment = Moment(text)
    #expect(moment?.seconds == Int64(seconds) && moment?.nanoseconds == Int32(nanoseconds))
  }

  @Test(arguments: ["", "today", "2026-02-30", "12:00", "1e9"])
  func refuses(text: String) { #expect(Moment(text) == nil) }
}
