import SourceText
import TemplateLanguage
import Values

/// Functions that tell what Go type a value has.
enum Reflecting {
  static let functions: [Function] = [
    Function("typeOf", [.any], origins: .summary) { .string($1[0].goType) },
    Function("kindOf", [.any], origins: .summary) { .string($1[0].kind.rawValue) },
    Function("typeIs", [.string, .any], origins: .summary) { .bool($1.bytes(0) == ByteString($1[1].goType)) },
    Function("kindIs", [.string, .any], origins: .summary) {
      .bool($1.bytes(0) == ByteString($1[1].kind.rawValue))
    },
    Function("typeIsLike", [.string, .any], origins: .summary) {
      let type = ByteString($1[1].goType)
      return .bool(type == $1.bytes(0) || type == "*" + $1.bytes(0))
    },
    Function("deepEqual", [.any, .any], origins: .summary) { .bool(deepEqual($1[0], $1[1])) },
  ]
}
