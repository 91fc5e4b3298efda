import SourceText
import TemplateLanguage
import Values

/// Functions that tell what Go type a value has.
enum Reflecting {
  static let functions: [Function] = [
    Function("typeOf", [.any], origins: .summary, cost: .constant) { .string($1[0].goType) },
    Function("kindOf", [.any], origins: .summary, cost: .constant) { .string($1[0].kind.rawValue) },
    Function("typeIs", [.string, .any], origins: .summary, cost: .constant) {
      .bool($1.bytes(0) == ByteString($1[1].goType))
    },
    Function("kindIs", [.string, .any], origins: .summary, cost: .constant) {
      .bool($1.bytes(0) == ByteString($1[1].kind.rawValue))
    },
    Function("typeIsLike", [.string, .any], origins: .summary, cost: .constant) {
      let type = ByteString($1[1].goType)
      return .bool(type == $1.bytes(0) || type == "*" + $1.bytes(0))
    },
    Function("deepEqual", [.any, .any], origins: .summary) { (evaluator, arguments) throws(FunctionError) in
      .bool(try deepEqual(arguments[0], arguments[1], evaluator))
    },
  ]
}
