import SourceText
import TemplateLanguage
import Times
import Values

/// Dates: reading, writing and moving them.
enum DateFunctions {
  static let functions: [Function] = [
    Function("now", origins: .summary, cost: .constant) { evaluator, _ in evaluator.date(evaluator.now) },
    Function("toDate", [.string, .string], origins: .summary) {
      let date = try? GoTime(parsing: $1.bytes(1), layout: $1.bytes(0), in: $0.localZone)
      return $0.date(date ?? .zero)
    },
    Function("mustToDate", [.string, .string], origins: .summary) { (evaluator, arguments) throws(FunctionError) in
      let (layout, text) = (arguments.bytes(0), arguments.bytes(1))
      do throws(TimeError) {
        return evaluator.date(try GoTime(parsing: text, layout: layout, in: evaluator.localZone))
      } catch {
        throw FunctionError(bytes: error.message)
      }
    },
    Function("date", [.string, .any], origins: .summary, cost: .constant) {
      format($1[1], $1.bytes(0), in: "Local", $0)
    },
    Function("dateInZone", [.string, .any, .string], origins: .summary, cost: .constant) {
      format($1[1], $1.bytes(0), in: $1.bytes(2), $0)
    },
    Function("date_in_zone", [.string, .any, .string], origins: .summary) {
      format($1[1], $1.bytes(0), in: $1.bytes(2), $0)
    },
    Function("htmlDate", [.any], origins: .summary) { format($1[0], "2006-01-02", in: "Local", $0) },
    Function("htmlDateInZone", [.any, .string], origins: .summary) {
      format($1[0], "2006-01-02", in: $1.bytes(1), $0)
    },
    Function("dateModify", [.string, .named("time.Time")], origins: .summary, body: modifyOrKeep),
    Function("date_modify", [.string, .named("time.Time")], origins: .summary, body: modifyOrKeep),
    Function("mustDateModify", [.string, .named("time.Time")], origins: .summary, body: modify),
    Function("must_date_modify", [.string, .named("time.Time")], origins: .summary, body: modify),
    Function("ago", [.any], origins: .summary) {
      let age = $0.now.since(instant($1[0], $0, int32: false))
      return .string(age.rounded(to: GoDuration(nanoseconds: GoDuration.second)).text)
    },
    Function("unixEpoch", [.named("time.Time")], origins: .summary) { .string(String(time($1[0]).seconds)) },
  ]

  private static func time(_ value: Value) -> GoTime {
    if case .object(let object as TimeObject) = value.datum { return object.time }
    return .zero
  }

  /// A date, or seconds since 1970; anything else is now.
  private static func instant(_ value: Value, _ evaluator: Evaluator, int32: Bool) -> GoTime {
    switch value.datum {
    case .object(let object as TimeObject): object.time
    case .integer(let seconds, .int), .integer(let seconds, .int64): GoTime(seconds: seconds)
    case .integer(let seconds, .int32) where int32: GoTime(seconds: seconds)
    default: evaluator.now
    }
  }

  private static func format(
    _ value: Value, _ layout: ByteString, in zone: ByteString, _ evaluator: Evaluator
  ) -> Value {
    .string(instant(value, evaluator, int32: true).in(evaluator.zone(zone)).formatted(layout))
  }

  private static func modify(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    do {
      return evaluator.date(time(arguments[1]).adding(try GoDuration(parsing: arguments.bytes(0))))
    } catch {
      throw FunctionError(bytes: error.message)
    }
  }

  private static func modifyOrKeep(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    (try? modify(evaluator, arguments)) ?? arguments[1]
  }
}

extension Evaluator {
  var now: GoTime {
    let (seconds, nanoseconds) = environment.now()
    return GoTime(seconds: seconds, nanoseconds: Int64(nanoseconds), location: localZone)
  }

  /// The zone of the machine.
  var localZone: Location { zone("Local") }

  /// A zone by name, UTC where there is none.
  func zone(_ name: ByteString) -> Location {
    memory(ZoneMemory.self).zones.result(of: name) { name in
      if name == "Local" { return Location.local(data: environment.timeZone) }
      return (try? Location.named(name, data: environment.timeZone)) ?? .utc
    }
  }

  func date(_ time: GoTime) -> Value { Value(.object(TimeObject(time, local: localZone))) }
}

/// The zones that a render has asked for.
private final class ZoneMemory: FunctionMemory {
  var zones = TextCache<Location>()
}
