import SourceText
import Testing

@testable import Times

@Suite struct DurationTests {
  @Test(arguments: [
    ("0", "0s"), ("1h15m30.918s", "1h15m30.918s"), ("-1.5h", "-1h30m0s"), ("1500us", "1.5ms"), ("3ns", "3ns"),
    (".5s", "500ms"), ("1.s", "1s"), ("100h", "100h0m0s"), ("1µs2μs", "3µs"), ("+5m", "5m0s"),
    ("9223372036854775807ns", "2562047h47m16.854775807s"), ("-9223372036854775808ns", "-2562047h47m16.854775808s"),
    ("0.3333333333333333333h", "20m0s"),
  ])
  func accepted(text: String, printed: String) throws {
    #expect(try GoDuration(parsing: ByteString(text)).text.string == printed)
  }

  @Test(arguments: [
    ("", #"time: invalid duration """#), ("1", #"time: missing unit in duration "1""#),
    ("1d", #"time: unknown unit "d" in duration "1d""#), (".h", #"time: invalid duration ".h""#),
    ("x", #"time: invalid duration "x""#), ("-", #"time: invalid duration "-""#),
    ("9223372036854775808ns", #"time: invalid duration "9223372036854775808ns""#),
    ("1\"", #"time: unknown unit "\"" in duration "1\"""#),
  ])
  func refused(text: String, message: String) {
    #expect {
      try GoDuration(parsing: ByteString(text))
    } throws: {
      ($0 as? TimeError)?.message.string == message
    }
  }

  @Test func conversions() {
    let duration = GoDuration(nanoseconds: 5_400_500_000_000)
    #expect(duration.hours == 1.5001388888888889)
    #expect(duration.minutes == 90.00833333333334)
    #expect(duration.seconds == 5400.5)
    #expect(duration.milliseconds == 5_400_500)
    #expect(duration.rounded(to: GoDuration(seconds: 60)).text == "1h30m0s")
    #expect(GoDuration(nanoseconds: -1500).rounded(to: GoDuration(nanoseconds: 1000)).text == "-2µs")
    #expect(GoDuration(nanoseconds: .max).rounded(to: GoDuration(seconds: 3600)).nanoseconds == .max)
    #expect(GoDuration(nanoseconds: .min).magnitude.nanoseconds == .max)
    #expect(GoDuration(nanoseconds: .min).truncated(to: GoDuration(seconds: 1)).text == "-2562047h47m16s")
  }
}
