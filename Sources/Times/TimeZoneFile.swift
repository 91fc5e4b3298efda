import SourceText

/// Reading of TZif, the format of the time zone database (RFC 9636).
extension Location {
  /// Nil when the data is not TZif or contradicts itself.
  package convenience init?(name: ByteString, tzif data: [UInt8]) {
    var reader = TimeZoneReader(data: data)
    guard let file = reader.read() else { return nil }
    self.init(name: name, zones: file.zones, transitions: file.transitions, rule: file.rule)
  }
}

private struct TimeZoneReader {
  struct File {
    var zones: [ZonePeriod.Zone]
    var transitions: [Location.Transition]
    var rule: ZoneRule?
  }

  private struct Counts {
    var utcMarks = 0
    var standardMarks = 0
    var leapSeconds = 0
    var transitions = 0
    var zones = 0
    var characters = 0

    func size(timeBytes: Int) -> Int {
      transitions * (timeBytes + 1) + zones * 6 + characters + leapSeconds * (timeBytes + 4) + standardMarks
        + utcMarks
    }
  }

  let data: [UInt8]
  private var position = 0

  init(data: [UInt8]) { self.data = data }

  mutating func read() -> File? {
    guard let version = readHeader(), var counts = readCounts() else { return nil }
    var timeBytes = 4
    if version > 1 {
      // A second block with 64-bit times follows the old one.
      timeBytes = 8
      guard skip(counts.size(timeBytes: 4)), readHeader() != nil, let wide = readCounts() else { return nil }
      counts = wide
    }
    guard counts.zones > 0, counts.size(timeBytes: timeBytes) <= data.count - position else { return nil }
    guard var file = readBlock(counts, timeBytes: timeBytes) else { return nil }
    if version > 1 { file.rule = readFooter() }
    if file.transitions.isEmpty { file.transitions = [Location.Transition(time: .min, zone: 0)] }
    return file
  }

  /// The version (1 to 4), or nil when the magic is wrong.
  private mutating func readHeader() -> Int? {
    guard data.count - position >= 20, data[position..<position + 4].elementsEqual("TZif".utf8) else { return nil }
    let version = data[position + 4]
    position += 20
    switch version {
    case 0: return 1
    case UInt8(ascii: "2")...UInt8(ascii: "4"): return Int(version - 48)
    default: return nil
    }
  }

  private mutating func readCounts() -> Counts? {
    guard data.count - position >= 24 else { return nil }
    var counts = Counts()
    counts.utcMarks = Int(UInt32(truncatingIfNeeded: bigEndian(4)))
    counts.standardMarks = Int(UInt32(truncatingIfNeeded: bigEndian(4)))
    counts.leapSeconds = Int(UInt32(truncatingIfNeeded: bigEndian(4)))
    counts.transitions = Int(UInt32(truncatingIfNeeded: bigEndian(4)))
    counts.zones = Int(UInt32(truncatingIfNeeded: bigEndian(4)))
    counts.characters = Int(UInt32(truncatingIfNeeded: bigEndian(4)))
    return counts
  }

  /// The caller has checked that the block fits into the data.
  private mutating func readBlock(_ counts: Counts, timeBytes: Int) -> File? {
    let times = (0..<counts.transitions).map { _ in bigEndian(timeBytes) }
    let indices = (0..<counts.transitions).map { _ in Int(data[advance(1)]) }
    guard indices.allSatisfy({ $0 < counts.zones }) else { return nil }
    let rows = (0..<counts.zones).map { _ in (Int(bigEndian(4)), data[advance(1)], Int(data[advance(1)])) }
    let names = data[position..<position + counts.characters]
    position += counts.size(timeBytes: timeBytes) - counts.transitions * (timeBytes + 1) - counts.zones * 6
    var zones: [ZonePeriod.Zone] = []
    for (offset, daylight, name) in rows {
      guard name < names.count else { return nil }
      let bytes = names[(names.startIndex + name)...].prefix { $0 != 0 }
      zones.append(ZonePeriod.Zone(name: ByteString(bytes), offset: offset, isDaylightSaving: daylight != 0))
    }
    let transitions = zip(times, indices).map { Location.Transition(time: $0, zone: $1) }
    return File(zones: zones, transitions: transitions, rule: nil)
  }

  private func readFooter() -> ZoneRule? {
    let rest = data[position...]
    guard rest.count > 2, rest.first == 10, rest.last == 10 else { return nil }
    return ZoneRule(rest.dropFirst().dropLast())
  }

  private mutating func skip(_ count: Int) -> Bool {
    guard count <= data.count - position else { return false }
    position += count
    return true
  }

  private mutating func advance(_ count: Int) -> Int {
    position += count
    return position - count
  }

  /// A signed big-endian number of 4 or 8 bytes.
  private mutating func bigEndian(_ count: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in data[position..<position + count] { value = value << 8 | UInt64(byte) }
    position += count
    return count == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
