import JSON
import SourceText
import TOML
import TemplateLanguage
import Values
import YAML

/// YAML, JSON and TOML. Readers never fail: the error's text stands in the result. Writers without `must` answer
/// nothing (TOML: the error's text) for what they cannot write.
enum DataFormats {
  static let functions: [Function] = yaml + json + toml

  // MARK: YAML

  private static let yaml: [Function] = [
    Function("toYaml", [.any], origins: .map, cost: .constant) {
      orEmpty(try? YAMLWriter.text(of: $1[0], tracking: $0.isTracking, limit: $0.textLimit), $1)
    },
    Function("mustToYaml", [.any], origins: .map, cost: .constant) { (evaluator, arguments) throws(FunctionError) in
      text(try YAMLWriter.text(of: arguments[0], tracking: evaluator.isTracking, limit: evaluator.textLimit), arguments)
    },
    Function("toYamlPretty", [.any], origins: .map, cost: .constant) { (evaluator, arguments) throws(FunctionError) in
      text(
        try YAMLWriter.prettyText(of: arguments[0], tracking: evaluator.isTracking, limit: evaluator.textLimit),
        arguments)
    },
    Function("fromYaml", [.string], origins: .map) { evaluator, arguments in
      do throws(YAMLError) {
        return try YAMLReader.asMap(try readYAML(evaluator, arguments[0]))
      } catch { return failedMap(error.unmarshalMessage) }
    },
    Function("fromYamlArray", [.string], origins: .map) { evaluator, arguments in
      do throws(YAMLError) {
        return try YAMLReader.asList(try readYAML(evaluator, arguments[0]))
      } catch { return failedList(error.unmarshalMessage) }
    },
  ]

  private static func readYAML(_ evaluator: Evaluator, _ value: Value) throws(YAMLError) -> Value {
    try YAMLReader.value(of: value.text ?? Text(), origin: value.origin, tracking: evaluator.isTracking)
  }

  // MARK: JSON

  private static let json: [Function] =
    writers("Json", JSONWriter.Style())
    + writers("PrettyJson", JSONWriter.Style(indent: "  "))
    + [
      Function("toRawJson", [.any], origins: .map, cost: .constant, body: rawJSON),
      Function("mustToRawJson", [.any], origins: .map, cost: .constant, body: rawJSON),
      Function("mustFromJson", [.string], origins: .map) { (evaluator, arguments) throws(FunctionError) in
        do throws(JSONError) { return try readJSON(evaluator, arguments[0]) } catch {
          throw FunctionError(error.message)
        }
      },
      Function("fromJson", [.string], origins: .map, body: mapFromJSON),
      Function("fromJsonArray", [.string], origins: .map, body: listFromJSON),
    ]

  private static func writers(_ name: String, _ style: JSONWriter.Style) -> [Function] {
    [
      Function("to" + name, [.any], origins: .map) {
        orEmpty(try? JSONWriter.text(of: $1[0], style: style, tracking: $0.isTracking, limit: $0.textLimit), $1)
      },
      Function("mustTo" + name, [.any], origins: .map) { (evaluator, arguments) throws(FunctionError) in
        text(
          try JSONWriter.text(
            of: arguments[0], style: style, tracking: evaluator.isTracking, limit: evaluator.textLimit), arguments)
      },
    ]
  }

  private static func rawJSON(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let style = JSONWriter.Style(escapesHTML: false)
    return text(
      try JSONWriter.text(of: arguments[0], style: style, tracking: evaluator.isTracking, limit: evaluator.textLimit),
      arguments)
  }

  private static func mapFromJSON(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    do throws(JSONError) {
      let (value, rangeError) = try readLeniently(evaluator, arguments[0])
      if value.isNone { return Value(.map(MapValue(isNil: true)), origin: value.origin) }
      guard let map = value.asMap else {
        return failedMap(JSONReader.mismatch(value.datum, goType: MapType.any.name))
      }
      // What was read before and after the bad number stays.
      if let rangeError { map["Error"] = .string(rangeError.message) }
      return value
    } catch { return failedMap(error.message) }
  }

  private static func listFromJSON(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    do throws(JSONError) {
      let (value, rangeError) = try readLeniently(evaluator, arguments[0])
      if value.isNone { return Value(.list(ListValue([], isNil: true)), origin: value.origin) }
      guard value.asList != nil else {
        return failedList(JSONReader.mismatch(value.datum, goType: ListType.any.name))
      }
      if let rangeError { return failedList(rangeError.message) }
      return value
    } catch { return failedList(error.message) }
  }

  private static func readLeniently(
    _ evaluator: Evaluator, _ value: Value
  ) throws(JSONError) -> (value: Value, rangeError: JSONError?) {
    try JSONReader.lenientValue(of: value.text ?? Text(), origin: value.origin, tracking: evaluator.isTracking)
  }

  private static func readJSON(_ evaluator: Evaluator, _ value: Value) throws(JSONError) -> Value {
    try JSONReader.value(of: value.text ?? Text(), origin: value.origin, tracking: evaluator.isTracking)
  }

  // MARK: TOML

  private static let toml: [Function] = [
    Function("toToml", [.any], origins: .map) { (evaluator, arguments) throws(FunctionError) in
      guard !arguments[0].isNone else { throw nilReflection }
      do throws(FunctionError) {
        return text(
          try TOMLWriter.text(of: arguments[0], tracking: evaluator.isTracking, limit: evaluator.textLimit), arguments)
      } catch {
        if error.kind == .limit { throw error }
        return .string(error.message)
      }
    },
    Function("mustToToml", [.any], origins: .map) { (evaluator, arguments) throws(FunctionError) in
      guard !arguments[0].isNone else { throw nilReflection }
      return text(
        try TOMLWriter.text(of: arguments[0], tracking: evaluator.isTracking, limit: evaluator.textLimit), arguments)
    },
    Function("fromToml", [.string], origins: .map) { evaluator, arguments in
      do throws(TOMLError) {
        let (text, origin) = (arguments.text(0), arguments[0].origin)
        return try TOMLReader.value(of: text, origin: origin, tracking: evaluator.isTracking)
      } catch { return failedMap(error.message) }
    },
  ]

  private static let nilReflection = FunctionError("reflect: call of reflect.Value.Type on zero Value")

  // MARK: Results

  private static func text(_ text: Text, _ arguments: [Value]) -> Value {
    .string(text, origin: arguments[0].origin)
  }

  private static func orEmpty(_ text: Text?, _ arguments: [Value]) -> Value {
    .string(text ?? Text(), origin: arguments[0].origin)
  }

  private static func failedMap(_ message: String) -> Value { .map(MapValue(["Error": .string(message)])) }
  private static func failedList(_ message: String) -> Value { .list([.string(message)]) }
}
