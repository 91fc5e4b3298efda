import SourceText
import TemplateLanguage
import Values

/// Functions that choose among values.
enum Defaults {
  static let functions: [Function] = [
    Function("default", [.any], variadic: .any, origins: .copy, cost: .constant) {
      $1.count > 1 && !$1[1].isEmpty ? $1[1] : $1[0]
    },
    Function("empty", [.any], origins: .summary, cost: .constant) { .bool($1[0].isEmpty) },
    Function("coalesce", variadic: .any, origins: .copy, cost: .constant) { $1.first { !$0.isEmpty } ?? .none },
    Function("all", variadic: .any, origins: .summary, cost: .constant) { .bool($1.allSatisfy { !$0.isEmpty }) },
    Function("any", variadic: .any, origins: .summary, cost: .constant) { .bool($1.contains { !$0.isEmpty }) },
    Function("ternary", [.any, .any, .bool], origins: .copy, cost: .constant) { $1[$1.bool(2) ? 0 : 1] },
  ]
}
