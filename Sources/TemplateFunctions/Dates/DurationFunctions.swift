import SourceText
import TemplateLanguage
import Times
import Values

/// Sprig's durations, which are texts.
enum DurationFunctions {
  static let functions: [Function] = [
    Function("duration", [.any], origins: .summary) {
      switch $1[0].datum {
      case .string(let text):
        .string(GoDuration(seconds: Numbers.parse(text.bytes, base: 10).clamped).text)
      case .integer(let seconds, .int64): .string(GoDuration(seconds: seconds).text)
      default: "0s"
      }
    },
    Function("durationRound", [.any], origins: .summary) { .string(rounded(duration($1[0], $0))) },
  ]

  private static func duration(_ value: Value, _ evaluator: Evaluator) -> GoDuration {
    switch value.datum {
    case .string(let text): (try? GoDuration(parsing: text.byteString)) ?? GoDuration(nanoseconds: 0)
    case .integer(let nanoseconds, .int64): GoDuration(nanoseconds: nanoseconds)
    case .object(let object as TimeObject): evaluator.now.since(object.time)
    default: GoDuration(nanoseconds: 0)
    }
  }

  /// The largest unit of which there is more than one, the sign dropped: `3mo`.
  private static func rounded(_ duration: GoDuration) -> String {
    let amount = duration.nanoseconds.magnitude
    let hour = UInt64(GoDuration.hour)
    let units: [(UInt64, String)] = [
      (hour * 24 * 365, "y"), (hour * 24 * 30, "mo"), (hour * 24, "d"), (hour, "h"),
      (UInt64(GoDuration.minute), "m"), (UInt64(GoDuration.second), "s"),
    ]
    for (length, name) in units where amount > length { return "\(amount / length)\(name)" }
    return "0s"
  }
}
