import SourceText
import Testing

@testable import Times

/// TZif files made by hand: version 2 with an empty first block.
private func file(times: [Int64], indices: [UInt8], zones: [(Int32, Bool, String)], rule: String) -> [UInt8] {
  func bytes(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
  func header(_ transitions: Int, _ zones: Int, _ characters: Int) -> [UInt8] {
    Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
      + [0, 0, 0, transitions, zones, characters].flatMap { bytes(UInt32($0)) }
  }
  var names: [UInt8] = []
  var rows: [UInt8] = []
  for (offset, daylight, name) in zones {
    rows += bytes(offset) + [daylight ? 1 : 0, UInt8(names.count)]
    names += Array(name.utf8) + [0]
  }
  return header(0, 1, 1) + [0, 0, 0, 0, 0, 0, 0] + header(times.count, zones.count, names.count)
    + times.flatMap(bytes) + indices + rows + names + Array("\n\(rule)\n".utf8)
}

@Suite struct LocationTests {
  private let berlin = file(
    times: [1_679_792_400, 1_698_541_200], indices: [1, 0], zones: [(3600, false, "CET"), (7200, true, "CEST")],
    rule: "CET-1CEST,M3.5.0,M10.5.0/3")

  private func load(_ data: [UInt8]) throws -> Location {
    try Location.named("Europe/Berlin") { _ in data }
  }

  @Test(
    arguments: [
      (1_679_792_399, "2023-03-26 01:59:59 +0100 CET"), (1_679_792_400, "2023-03-26 03:00:00 +0200 CEST"),
      (1_698_541_200, "2023-10-29 02:00:00 +0100 CET"), (1_720_000_000, "2024-07-03 11:46:40 +0200 CEST"),
      (1_735_000_000, "2024-12-24 01:26:40 +0100 CET"), (4_118_086_800, "2100-07-01 03:00:00 +0200 CEST"),
      (0, "1970-01-01 01:00:00 +0100 CET"),
    ] as [(Int64, String)])
  func offsets(seconds: Int64, expected: String) throws {
    #expect(GoTime(seconds: seconds, location: try load(berlin)).text.string == expected)
  }

  @Test func wallClock() throws {
    let location = try load(berlin)
    #expect(GoTime(year: 2024, month: 7, day: 1, hour: 12, location: location).text == "2024-07-01 12:00:00 +0200 CEST")
    // A time in the gap: one of the two offsets, as Go takes it.
    #expect(
      GoTime(year: 2023, month: 3, day: 26, hour: 2, minute: 30, location: location).text
        == "2023-03-26 03:30:00 +0200 CEST")
    let time = try GoTime(parsing: "2024-07-01 12:00 CEST", layout: "2006-01-02 15:04 MST", in: location)
    #expect(time.seconds == 1_719_828_000)
  }

  @Test func southernAndOddRules() throws {
    let sydney = file(
      times: [], indices: [], zones: [(36_000, false, "AEST")], rule: "AEST-10AEDT,M10.1.0,M4.1.0/3")
    #expect(GoTime(seconds: 1_704_067_200, location: try load(sydney)).text == "2024-01-01 11:00:00 +1100 AEDT")
    let fixed = file(times: [], indices: [], zones: [(-18_000, false, "-05")], rule: "<-05>5")
    #expect(GoTime(seconds: 0, location: try load(fixed)).text == "1969-12-31 19:00:00 -0500 -05")
    let julian = file(times: [], indices: [], zones: [(0, false, "AAA")], rule: "AAA0BBB-1:30,J60/0,300")
    #expect(GoTime(year: 2024, month: 3, day: 2, location: try load(julian)).zone.name == "BBB")
  }

  @Test func names() throws {
    #expect(try Location.named("") { _ in nil }.name == "UTC")
    #expect(try Location.named("Local") { _ in nil }.name == "UTC")
    for (name, message) in [
      ("Nope/Zone", "unknown time zone Nope/Zone"), ("../x", "time: invalid location name"),
      ("/etc/x", "time: invalid location name"), ("a\\b", "time: invalid location name"),
    ] {
      #expect {
        try Location.named(ByteString(name)) { _ in nil }
      } throws: {
        ($0 as? TimeError)?.message.string == message
      }
    }
  }

  /// Damaged data is refused or read, never a crash.
  @Test func damagedData() {
    var random = SplitMix(seed: 3)
    for length in 0..<berlin.count { _ = Location(name: "x", tzif: Array(berlin.prefix(length))) }
    for _ in 0..<5000 {
      var data = berlin
      for _ in 0..<4 { data[Int(random.next() % UInt64(data.count))] = UInt8(truncatingIfNeeded: random.next()) }
      guard let location = Location(name: "x", tzif: data) else { continue }
      for seconds: Int64 in [.min, 0, 1_690_000_000, 5_000_000_000, .max] {
        _ = GoTime(seconds: seconds, location: location).text
      }
    }
  }
}
