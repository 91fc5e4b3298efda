import SourceText
import TemplateLanguage
import Times
import Values

/// Helm's durations: Go's `time.Duration` values, and their lengths in units of time.
enum Durations {
  static let functions: [Function] =
    [
      Function("mustToDuration", [.any], origins: .summary) { (_, arguments) throws(FunctionError) in
        Value(.object(DurationObject(try read(arguments[0]))))
      },
      Function("durationRoundTo", [.any, .any], origins: .summary) { change($1) { $0.rounded(to: $1) } },
      Function("durationTruncateTo", [.any, .any], origins: .summary) { change($1) { $0.truncated(to: $1) } },
      whole("durationNanoseconds") { $0.nanoseconds }, whole("durationMicroseconds") { $0.microseconds },
      whole("durationMilliseconds") { $0.milliseconds },
      fraction("durationSeconds") { $0.seconds }, fraction("durationMinutes") { $0.minutes },
      fraction("durationHours") { $0.hours }, fraction("durationDays") { $0.hours / 24 },
      fraction("durationWeeks") { $0.hours / 24 / 7 },
    ]

  private static func whole(_ name: String, _ measure: @escaping @Sendable (GoDuration) -> Int64) -> Function {
    Function(name, [.any], origins: .summary) { .int64(((try? read($1[0])) ?? .zero).map(measure)) }
  }

  private static func fraction(_ name: String, _ measure: @escaping @Sendable (GoDuration) -> Double) -> Function {
    Function(name, [.any], origins: .summary) { .float(((try? read($1[0])) ?? .zero).map(measure)) }
  }

  /// A duration changed by a unit; zero where the duration, itself where the unit does not read.
  private static func change(_ arguments: [Value], _ change: (GoDuration, GoDuration) -> GoDuration) -> Value {
    let duration = (try? read(arguments[0])) ?? .zero
    guard let unit = try? read(arguments[1]) else { return Value(.object(DurationObject(duration))) }
    return Value(.object(DurationObject(change(duration, unit))))
  }

  // MARK: Reading

  /// Numbers are seconds; texts are numbers or Go's durations.
  private static func read(_ value: Value) throws(FunctionError) -> GoDuration {
    switch value.datum {
    case .none: throw FunctionError("invalid duration")
    case .object(let object as DurationObject): return object.duration
    case .string(let text): return try read(text)
    case .float(let seconds): return try duration(seconds)
    case .integer(let seconds, let type):
      let isTooLarge = seconds.magnitude > UInt64(Int64.max / GoDuration.second) || !type.isSigned && seconds < 0
      guard !isTooLarge else {
        let shown = type.isSigned ? String(seconds) : String(UInt64(bitPattern: seconds))
        throw FunctionError("duration seconds overflow: " + shown)
      }
      return GoDuration(seconds: seconds)
    case .bool, .bytes, .list, .map, .object:
      throw FunctionError("unsupported duration type " + value.goType)
    }
  }

  private static func read(_ text: Text) throws(FunctionError) -> GoDuration {
    let trimmed = text.byteString.withoutSpaceAround
    guard !trimmed.isEmpty else { throw FunctionError("empty duration") }
    if let duration = try? GoDuration(parsing: trimmed) { return duration }
    guard let seconds = Numbers.float(trimmed.bytes) else {
      throw FunctionError(bytes: "could not parse duration " + GoQuote.quoted(text.byteString))
    }
    return try duration(seconds)
  }

  private static func duration(_ seconds: Double) throws(FunctionError) -> GoDuration {
    guard seconds.isFinite else {
      throw FunctionError("invalid duration seconds: " + GoFloat.general(seconds).string)
    }
    let nanoseconds = seconds * Double(GoDuration.second)
    guard let whole = Int64(exactly: nanoseconds.rounded(.towardZero)) else {
      throw FunctionError("duration seconds overflow: " + GoFloat.general(seconds).string)
    }
    return GoDuration(nanoseconds: whole)
  }
}

extension GoDuration {
  fileprivate static let zero = GoDuration(nanoseconds: 0)
  fileprivate func map<Result>(_ measure: (GoDuration) -> Result) -> Result { measure(self) }
}
