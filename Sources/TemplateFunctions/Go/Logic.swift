import SourceText
import TemplateLanguage
import Values

extension GoFunctions {
  /// `and` and `or` never run: the evaluator stops at the argument that decides.
  static let logic: [Function] = [
    Function("and", [.any], variadic: .any, origins: .copy, cost: .constant) { _, arguments in
      arguments.first { !$0.isTrue } ?? arguments[arguments.count - 1]
    },
    Function("or", [.any], variadic: .any, origins: .copy, cost: .constant) { _, arguments in
      arguments.first { $0.isTrue } ?? arguments[arguments.count - 1]
    },
    Function("not", [.any], origins: .summary, cost: .constant) { _, arguments in .bool(!arguments[0].isTrue) },
    // No template can get hold of a Go function.
    Function("call", [.any], variadic: .any, origins: .none, cost: .constant) {
      evaluator, arguments throws(FunctionError) in
      let callee = arguments[0]
      if callee.isNone { throw FunctionError("call of nil") }
      throw FunctionError(
        bytes: "non-function " + evaluator.calleeText(callee) + ByteString(" of type \(callee.goType)"))
    },
  ]
}
