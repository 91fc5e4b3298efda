import SourceText

/// A stretch of time during which a location keeps one offset.
package struct ZonePeriod: Hashable, Sendable {
  /// An offset with its name, such as `CEST`.
  package struct Zone: Hashable, Sendable {
    package var name: ByteString
    /// Seconds east of UTC.
    package var offset: Int
    package var isDaylightSaving: Bool

    package init(name: ByteString, offset: Int, isDaylightSaving: Bool = false) {
      self.name = name
      self.offset = offset
      self.isDaylightSaving = isDaylightSaving
    }
  }

  package var zone: Zone
  /// The first second, and the first second after it.
  package var start: Int64
  package var end: Int64
}

/// Go's `*time.Location`: a region's offsets through history.
package final class Location: Sendable {
  struct Transition: Sendable {
    var time: Int64
    /// Index into `zones`.
    var zone: Int
  }

  /// What `String()` gives: `UTC`, `Local`, `Europe/Berlin`.
  package let name: ByteString
  let zones: [ZonePeriod.Zone]
  let transitions: [Transition]
  /// The rule for the time after the last transition.
  let rule: ZoneRule?
  private let firstZone: Int

  package static let utc = Location(name: "UTC", zones: [], transitions: [], rule: nil)

  init(name: ByteString, zones: [ZonePeriod.Zone], transitions: [Transition], rule: ZoneRule?) {
    self.name = name
    self.zones = zones
    self.transitions = transitions
    self.rule = rule
    firstZone = Location.zoneBeforeTransitions(zones, transitions)
  }

  /// Go's `FixedZone`: one offset for all time.
  package convenience init(fixed name: ByteString, offset: Int) {
    self.init(
      name: name, zones: [ZonePeriod.Zone(name: name, offset: offset)],
      transitions: [Transition(time: .min, zone: 0)], rule: nil)
  }

  /// Go's `LoadLocation`: empty and `UTC` are UTC, `Local` is the local zone.
  /// `data` gives the TZif file of a name, and of the empty name the local one (`Environment.timeZone`).
  package static func named(_ name: ByteString, data: (String) -> [UInt8]?) throws(TimeError) -> Location {
    switch name {
    case "", "UTC": return .utc
    case "Local": return local(data: data)
    default: break
    }
    let parts = name.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let climbs = parts.contains { $0.elementsEqual("..".utf8) }
    guard !climbs, name[0] != UInt8(ascii: "/"), !name.bytes.contains(UInt8(ascii: "\\")) else {
      throw TimeError("time: invalid location name")
    }
    guard let file = data(name.string), let location = Location(name: name, tzif: file) else {
      throw TimeError("unknown time zone " + name)
    }
    return location
  }

  /// Go's `time.Local`: UTC when the local zone is not known.
  package static func local(data: (String) -> [UInt8]?) -> Location {
    guard let file = data(""), let location = Location(name: "Local", tzif: file) else { return .utc }
    return location
  }

  /// The period that covers an instant given in Unix seconds.
  package func period(at seconds: Int64) -> ZonePeriod {
    guard !zones.isEmpty else {
      return ZonePeriod(zone: ZonePeriod.Zone(name: "UTC", offset: 0), start: .min, end: .max)
    }
    guard let first = transitions.first, seconds >= first.time else {
      return ZonePeriod(zone: zones[firstZone], start: .min, end: transitions.first?.time ?? .max)
    }
    var low = 0
    var high = transitions.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle].time <= seconds { low = middle } else { high = middle }
    }
    let start = transitions[low].time
    if high == transitions.count {
      if let rule { return rule.period(at: seconds, notBefore: start) }
      return ZonePeriod(zone: zones[transitions[low].zone], start: start, end: .max)
    }
    return ZonePeriod(zone: zones[transitions[low].zone], start: start, end: transitions[high].time)
  }

  /// The offset to subtract from wall-clock seconds; in a gap or an overlap one of the two, as Go chooses.
  func offset(ofLocal local: Int64) -> Int64 {
    let period = period(at: local)
    let offset = Int64(period.zone.offset)
    let instant = local &- offset
    if offset == 0 || (instant >= period.start && instant < period.end) { return offset }
    return Int64(self.period(at: instant).zone.offset)
  }

  /// The offset that goes by an abbreviation near an instant, else at any time.
  func offset(named abbreviation: ByteString, near seconds: Int64) -> Int? {
    let candidates = zones.filter { $0.name == abbreviation }
    for zone in candidates {
      let found = period(at: seconds &- Int64(zone.offset)).zone
      if found.name == abbreviation { return found.offset }
    }
    return candidates.first?.offset
  }

  /// The zone in force before the first transition: one that no transition uses, else standard time.
  private static func zoneBeforeTransitions(_ zones: [ZonePeriod.Zone], _ transitions: [Transition]) -> Int {
    guard transitions.contains(where: { $0.zone == 0 }) else { return 0 }
    if let first = transitions.first, zones[first.zone].isDaylightSaving {
      for index in stride(from: first.zone - 1, through: 0, by: -1) where !zones[index].isDaylightSaving {
        return index
      }
    }
    return zones.firstIndex { !$0.isDaylightSaving } ?? 0
  }
}
