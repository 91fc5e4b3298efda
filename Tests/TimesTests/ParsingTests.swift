import SourceText
import Testing

@testable import Times

@Suite struct ParsingTests {
  @Test(arguments: [
    ("2006-01-02T15:04:05Z07:00", "2020-02-29T01:02:03+05:30", "2020-02-29 01:02:03 +0530 +0530"),
    ("2006-01-02T15:04:05Z07:00", "2020-02-29T01:02:03.25Z", "2020-02-29 01:02:03.25 +0000 UTC"),
    ("2006-01-02 MST", "2020-02-29 EST", "2020-02-29 00:00:00 +0000 EST"),
    ("2006-01-02 MST", "2020-02-29 GMT-3", "2020-02-28 21:00:00 -0300 GMT-3"),
    ("Jan _2 2006 3:04pm", "fEb  3 2021 12:09am", "2021-02-03 00:09:00 +0000 UTC"),
    ("2006 002", "2024 061", "2024-03-01 00:00:00 +0000 UTC"),
    ("Monday, 02-Jan-06 15:04:05", "Friday, 03-Feb-69 4:05:06", "1969-02-03 04:05:06 +0000 UTC"),
    ("", "", "0000-01-01 00:00:00 +0000 UTC"),
    ("15:04:05.000", "01:02:03.456", "0000-01-01 01:02:03.456 +0000 UTC"),
  ])
  func accepted(layout: String, text: String, expected: String) throws {
    let time = try GoTime(parsing: ByteString(text), layout: ByteString(layout), in: .utc)
    #expect(time.text.string == expected)
  }

  @Test(arguments: [
    ("2006-01-02", "nope", #"parsing time "nope" as "2006-01-02": cannot parse "nope" as "2006""#),
    ("2006-01-02", "2020-02-30", #"parsing time "2020-02-30": day out of range"#),
    ("2006-01-02", "2020-13-30", #"parsing time "2020-13-30": month out of range"#),
    ("2006-01-02", "2020-01-02x", #"parsing time "2020-01-02x": extra text: "x""#),
    ("2006-01-02", "2020/01/02", #"parsing time "2020/01/02" as "2006-01-02": cannot parse "/01/02" as "-""#),
    ("15:04", "25:00", #"parsing time "25:00": hour out of range"#),
    ("Jan", "Foo", #"parsing time "Foo" as "Jan": cannot parse "Foo" as "Jan""#),
    ("2006 002", "2023 366", #"parsing time "2023 366": day-of-year out of range"#),
    ("Jan 002", "Mar 001", #"parsing time "Mar 001": day-of-year does not match month"#),
    ("Z07:00", "+25:00", #"parsing time "+25:00": time zone offset hour out of range"#),
    ("2006", "é\"", #"parsing time "\xc3\xa9\"" as "2006": cannot parse "\xc3\xa9\"" as "2006""#),
  ])
  func refused(layout: String, text: String, message: String) {
    #expect {
      try GoTime(parsing: ByteString(text), layout: ByteString(layout), in: .utc)
    } throws: {
      ($0 as? TimeError)?.message.string == message
    }
  }

  /// Whatever is formatted with a complete layout is read back.
  @Test func roundTrip() throws {
    var random = SplitMix(seed: 7)
    let layout: ByteString = "Mon Jan _2 2006 15:04:05.999999999 -07:00"
    for _ in 0..<2000 {
      let offset = Int(random.next() % 1440) * 60 - 43_200
      let time = GoTime(
        seconds: Int64(random.next() % 4_000_000_000) - 1_000_000_000,
        nanoseconds: Int64(random.next() % 1_000_000_000),
        location: Location(fixed: "", offset: offset))
      let back = try GoTime(parsing: time.formatted(layout), layout: layout, in: .utc)
      #expect(back == time)
      #expect(back.zone.offset == offset)
    }
  }

  /// No layout and no text may crash.
  @Test func hostileInput() {
    var random = SplitMix(seed: 11)
    let alphabet = Array("JanuaryMonday2006010203040506_-+:Z.,9 PMpmMST".utf8) + [0, 0xFF, 0xC3]
    for _ in 0..<20_000 {
      let layout = ByteString(
        (0..<random.next() % 12).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
      let text = ByteString((0..<random.next() % 12).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
      let time = try? GoTime(parsing: text, layout: layout, in: .utc)
      _ = (time ?? .zero).formatted(layout)
    }
  }
}

/// A small seeded generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
