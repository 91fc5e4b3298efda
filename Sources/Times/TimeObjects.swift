import SourceText
import Values

/// A `time.Time` in a template. `local` is what `.Local` shows it in.
package final class TimeObject: TemplateObject {
  package let time: GoTime
  package let local: Location

  package init(_ time: GoTime, local: Location) {
    self.time = time
    self.local = local
  }

  package var goType: String { "time.Time" }
  package var kind: Kind { .struct }
  package func field(_ name: ByteString) -> Value? { nil }
  package var stringer: ByteString? { time.text }
  /// What encoders write: RFC 3339; the empty text where Go's encoder fails.
  package var underlying: Datum { .string(Text(time.jsonText ?? "")) }
  package var prettyText: ByteString? { time.formatted("2006-01-02T15:04:05.999999999Z07:00") }
  package var formatted: ByteString { time.text }
  package var isTrue: Bool { true }

  package func method(_ name: ByteString) -> ObjectMethod? {
    switch name.string {
    case "Format": ObjectMethod([.string]) { [time] in .string(time.formatted($0[0].bytes)) }
    case "Date", "Clock", "ISOWeek", "Zone", "ZoneBounds":
      ObjectMethod([]) { _ throws(FunctionError) in throw TimeObject.severalResults(name) }
    default: part(name) ?? arithmetic(name) ?? comparison(name)
    }
  }

  /// The methods without arguments.
  private func part(_ name: ByteString) -> ObjectMethod? {
    let value: Value
    switch name.string {
    case "Unix": value = .int64(time.seconds)
    case "UnixMilli": value = .int64(time.unixMilliseconds)
    case "UnixMicro": value = .int64(time.unixMicroseconds)
    case "UnixNano": value = .int64(time.unixNanoseconds)
    case "Year": value = .int(Int(time.year))
    case "Month": value = Value(.object(MonthObject(time.month)))
    case "Day": value = .int(time.day)
    case "YearDay": value = .int(time.dayOfYear)
    case "Weekday": value = Value(.object(WeekdayObject(time.weekday)))
    case "Hour": value = .int(time.hour)
    case "Minute": value = .int(time.minute)
    case "Second": value = .int(time.second)
    case "Nanosecond": value = .int(Int(time.nanoseconds))
    case "IsZero": value = .bool(time.isZero)
    case "IsDST": value = .bool(time.isDaylightSaving)
    case "String": value = .string(time.text)
    case "GoString": value = .string(time.sourceText)
    case "Location": value = Value(.object(LocationObject(time.location)))
    case "UTC": value = shown(in: .utc)
    case "Local": value = shown(in: local)
    case "MarshalText": value = Value(.bytes(time.jsonText ?? ""))
    case "MarshalJSON": value = Value(.bytes("\"" + (time.jsonText ?? "") + "\""))
    default: return nil
    }
    return ObjectMethod([]) { _ in value }
  }

  private func arithmetic(_ name: ByteString) -> ObjectMethod? {
    switch name.string {
    case "Add": duration { $0.adding($1) }
    case "Round": duration { $0.rounded(to: $1) }
    case "Truncate": duration { $0.truncated(to: $1) }
    case "AddDate":
      ObjectMethod([.int, .int, .int]) { [time, local] in
        let moved = time.adding(years: $0[0].integer, months: $0[1].integer, days: $0[2].integer)
        return Value(.object(TimeObject(moved, local: local)))
      }
    case "In":
      ObjectMethod([.named("*time.Location")]) { [self] arguments throws(FunctionError) in
        guard case .object(let object) = arguments[0].datum, let location = object as? LocationObject else {
          throw FunctionError("time: missing Location in call to Time.In")
        }
        return shown(in: location.location)
      }
    default: nil
    }
  }

  private func comparison(_ name: ByteString) -> ObjectMethod? {
    switch name.string {
    case "Sub": other { .object(DurationObject($0.since($1))) }
    case "Before": other { .bool($0 < $1) }
    case "After": other { .bool($0 > $1) }
    case "Equal": other { .bool($0 == $1) }
    case "Compare": other { .integer($0 < $1 ? -1 : $0 > $1 ? 1 : 0, .int) }
    default: nil
    }
  }

  private func shown(in location: Location) -> Value {
    Value(.object(TimeObject(time.in(location), local: local)))
  }

  private func duration(_ change: @escaping (GoTime, GoDuration) -> GoTime) -> ObjectMethod {
    ObjectMethod([.named(DurationObject.typeName)]) { [time, local] arguments throws(FunctionError) in
      Value(.object(TimeObject(change(time, try GoDuration(argument: arguments[0])), local: local)))
    }
  }

  private func other(_ compute: @escaping (GoTime, GoTime) -> Datum) -> ObjectMethod {
    ObjectMethod([.named("time.Time")]) { [time] arguments throws(FunctionError) in
      guard case .object(let object) = arguments[0].datum, let other = object as? TimeObject else {
        throw FunctionError("wrong type for value; expected time.Time; got \(arguments[0].goType)")
      }
      return Value(compute(time, other.time))
    }
  }

  private static func severalResults(_ name: ByteString) -> FunctionError {
    let count = name == "Date" || name == "Clock" ? 3 : 2
    return FunctionError("can't call method/function \"\(name)\" with \(count) results")
  }
}

/// A `*time.Location` in a template.
package final class LocationObject: TemplateObject {
  package let location: Location

  package init(_ location: Location) { self.location = location }

  package var goType: String { "*time.Location" }
  package var kind: Kind { .ptr }
  package func field(_ name: ByteString) -> Value? { nil }
  package var stringer: ByteString? { location.name }
  package var underlying: Datum { .map(MapValue()) }
  package var formatted: ByteString { location.name }
  package var isTrue: Bool { true }

  package func method(_ name: ByteString) -> ObjectMethod? {
    guard name == "String" else { return nil }
    return ObjectMethod([]) { [location] _ in .string(location.name) }
  }
}

/// A `time.Month`: 1 for January.
package final class MonthObject: TemplateObject {
  private let month: Int

  package init(_ month: Int) { self.month = month }

  private var name: ByteString {
    CalendarNames.months.indices.contains(month - 1)
      ? ByteString(CalendarNames.months[month - 1]) : ByteString("%!Month(\(UInt64(bitPattern: Int64(month))))")
  }

  package var goType: String { "time.Month" }
  package var kind: Kind { .int }
  package func field(_ name: ByteString) -> Value? { nil }
  package func method(_ name: ByteString) -> ObjectMethod? { stringMethod(name, self.name) }
  package var stringer: ByteString? { name }
  package var underlying: Datum { .integer(Int64(month), .int) }
  package var formatted: ByteString { ByteString("\(month)") }
  package var isTrue: Bool { month != 0 }
}

/// A `time.Weekday`: 0 for Sunday.
package final class WeekdayObject: TemplateObject {
  private let weekday: Int

  package init(_ weekday: Int) { self.weekday = weekday }

  private var name: ByteString {
    CalendarNames.weekdays.indices.contains(weekday)
      ? ByteString(CalendarNames.weekdays[weekday])
      : ByteString("%!Weekday(\(UInt64(bitPattern: Int64(weekday))))")
  }

  package var goType: String { "time.Weekday" }
  package var kind: Kind { .int }
  package func field(_ name: ByteString) -> Value? { nil }
  package func method(_ name: ByteString) -> ObjectMethod? { stringMethod(name, self.name) }
  package var stringer: ByteString? { name }
  package var underlying: Datum { .integer(Int64(weekday), .int) }
  package var formatted: ByteString { ByteString("\(weekday)") }
  package var isTrue: Bool { weekday != 0 }
}

/// A `time.Duration` in a template.
package final class DurationObject: TemplateObject {
  package let duration: GoDuration

  package init(_ duration: GoDuration) { self.duration = duration }

  static let typeName = "time.Duration"

  package var goType: String { DurationObject.typeName }
  package var kind: Kind { .int64 }
  package func field(_ name: ByteString) -> Value? { nil }
  package var stringer: ByteString? { duration.text }
  package var underlying: Datum { .integer(duration.nanoseconds, .int64) }
  package var prettyText: ByteString? { duration.text }
  package func counted(_ number: Int64) -> Datum? { .object(DurationObject(GoDuration(nanoseconds: number))) }
  package var formatted: ByteString { ByteString("\(duration.nanoseconds)") }
  package var isTrue: Bool { duration.nanoseconds != 0 }

  package func method(_ name: ByteString) -> ObjectMethod? {
    let value: Value
    switch name.string {
    case "String": value = .string(duration.text)
    case "Nanoseconds": value = .int64(duration.nanoseconds)
    case "Microseconds": value = .int64(duration.microseconds)
    case "Milliseconds": value = .int64(duration.milliseconds)
    case "Seconds": value = .float(duration.seconds)
    case "Minutes": value = .float(duration.minutes)
    case "Hours": value = .float(duration.hours)
    case "Abs": value = Value(.object(DurationObject(duration.magnitude)))
    case "Round": return unit { $0.rounded(to: $1) }
    case "Truncate": return unit { $0.truncated(to: $1) }
    default: return nil
    }
    return ObjectMethod([]) { _ in value }
  }

  private func unit(_ change: @escaping (GoDuration, GoDuration) -> GoDuration) -> ObjectMethod {
    ObjectMethod([.named(DurationObject.typeName)]) { [duration] arguments throws(FunctionError) in
      Value(.object(DurationObject(change(duration, try GoDuration(argument: arguments[0])))))
    }
  }
}

extension GoDuration {
  /// A `time.Duration` argument: a duration, or a whole number of nanoseconds as template constants are.
  init(argument: Value) throws(FunctionError) {
    switch argument.datum {
    case .integer(let nanoseconds, _): self.init(nanoseconds: nanoseconds)
    case .object(let object as DurationObject): self = object.duration
    default: throw FunctionError("wrong type for value; expected time.Duration; got \(argument.goType)")
    }
  }
}

private func stringMethod(_ name: ByteString, _ text: ByteString) -> ObjectMethod? {
  guard name == "String" else { return nil }
  return ObjectMethod([]) { _ in .string(text) }
}

extension Value {
  /// An argument that the evaluator has converted to `int`.
  fileprivate var integer: Int64 {
    if case .integer(let value, _) = datum { return value }
    return 0
  }

  /// An argument that the evaluator has converted to `string`.
  fileprivate var bytes: ByteString { text?.byteString ?? "" }
}
