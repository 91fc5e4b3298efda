import SourceText
import TemplateLanguage
import Values

/// A handful of functions, as tables of other rooms would supply them.
enum Fixtures {
  static let functions = FunctionTable([
    [
      Function("and", [.any], variadic: .any, origins: .copy) { _, arguments in arguments[0] },
      Function("or", [.any], variadic: .any, origins: .copy) { _, arguments in arguments[0] },
      Function("upper", [.string], origins: .map) { _, arguments in
        .string(ByteString((arguments[0].text?.string ?? "").uppercased()))
      },
      Function("list", variadic: .any, origins: .none) { _, arguments in .list(arguments) },
      Function("count", variadic: .any, origins: .summary) { _, arguments in .int(arguments.count) },
      Function("repeat", [.int, .string], origins: .map) { _, arguments in
        guard case .integer(let count, _) = arguments[0].datum else { return "" }
        return .string(String(repeating: arguments[1].text?.string ?? "", count: Int(count)))
      },
      Function("printf", [.string], variadic: .any, origins: .join) { evaluator, arguments in
        .string(
          GoFormat.sprintf(
            arguments[0].text ?? Text(), formatOrigin: arguments[0].origin, Array(arguments.dropFirst()),
            tracking: evaluator.origins.isTracking))
      },
      Function("include", [.string, .any], origins: .copy) { evaluator, arguments throws(FunctionError) in
        .string(try evaluator.include(arguments[0].text?.byteString ?? "", data: arguments[1]))
      },
      Function("tpl", [.string, .any], origins: .copy) { evaluator, arguments throws(FunctionError) in
        .string(
          try evaluator.expand(arguments[0].text ?? Text(), origin: arguments[0].origin, data: arguments[1]))
      },
      Function("fail", [.string], origins: .none) { _, arguments throws(FunctionError) in
        throw FunctionError(bytes: arguments[0].text?.byteString ?? "", kind: .userMessage)
      },
      Function("break down", origins: .none) { _, _ throws(FunctionError) in throw FunctionError("broken") },
    ]
  ])

  static let environment = Environment(
    now: { (0, 0) }, random: { [UInt8](repeating: 0, count: $0) }, timeZone: { _ in nil })

  static func parse(_ text: ByteString, name: String = "t.yaml") -> ParsedTemplate {
    TemplateParser.parse(file: SourceFile(path: name, text: text), name: name, functions: functions)
  }

  static func evaluator(
    _ files: [String: ByteString], tracking: Bool = false, limits: Limits = Limits()
  ) -> Evaluator {
    var set = TemplateSet()
    for (name, text) in files.sorted(by: { $0.key > $1.key }) { set.add(parse(text, name: name)) }
    return Evaluator(
      set: set, functions: functions, origins: OriginTable(isTracking: tracking), environment: environment,
      limits: limits)
  }

  /// What a template prints, or the text of its error as Helm words it.
  static func render(_ text: ByteString, _ data: Value = .none, limits: Limits = Limits()) -> String {
    let parsed = parse(text)
    if let failure = parsed.failures.first { return failure.helmText.string }
    do throws(ExecutionError) {
      return try evaluator(["t.yaml": text], limits: limits).execute("t.yaml", data: data).string
    } catch {
      return error.helmText.string
    }
  }

  /// Data with strings, numbers, nesting, a null and a list.
  static var data: Value {
    .map(
      MapValue([
        "name": "web", "count": 3.0, "on": true, "nothing": .none, "list": .list(["a", "b", "c"]),
        "image": .map(MapValue(["repository": "nginx", "tag": "1.2"])),
      ]))
  }
}
