import SourceText
import TemplateLanguage
import Values

extension GoFunctions {
  static let printing: [Function] = [
    Function("print", variadic: .any, origins: .join) { evaluator, arguments in
      .string(GoFormat.sprint(arguments, tracking: evaluator.origins.isTracking))
    },
    Function("println", variadic: .any, origins: .join) { evaluator, arguments in
      .string(GoFormat.sprintln(arguments, tracking: evaluator.origins.isTracking))
    },
    Function("printf", [.string], variadic: .any, origins: .join) { evaluator, arguments in
      guard let format = arguments[0].text else { return "" }
      return .string(
        GoFormat.sprintf(
          format, formatOrigin: arguments[0].origin, Array(arguments.dropFirst()),
          tracking: evaluator.origins.isTracking))
    },
  ]
}
