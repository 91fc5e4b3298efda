import SourceText
import TemplateLanguage
import Values

extension GoFunctions {
  static let printing: [Function] = [
    Function("print", variadic: .any, origins: .join, cost: .constant) { evaluator, arguments in
      .string(GoFormat.sprint(arguments, tracking: evaluator.origins.isTracking, limit: evaluator.textLimit))
    },
    Function("println", variadic: .any, origins: .join, cost: .constant) { evaluator, arguments in
      .string(GoFormat.sprintln(arguments, tracking: evaluator.origins.isTracking, limit: evaluator.textLimit))
    },
    Function("printf", [.string], variadic: .any, origins: .join, cost: .constant) { evaluator, arguments in
      guard let format = arguments[0].text else { return "" }
      return .string(
        GoFormat.sprintf(
          format, formatOrigin: arguments[0].origin, Array(arguments.dropFirst()),
          tracking: evaluator.origins.isTracking, limit: evaluator.textLimit))
    },
  ]
}
