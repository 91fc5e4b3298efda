import SourceText
import TemplateLanguage
import Values

/// Slash-separated paths, each function under two names: Go's `path` and `path/filepath` agree on Unix.
enum PathFunctions {
  static let functions: [Function] =
    pair("base", "osBase", origins: .map, base) + pair("ext", "osExt", origins: .map, fileExtension)
    + pair("dir", "osDir", origins: .summary) { .string(GoPath.directory($1.bytes(0))) }
    + pair("clean", "osClean", origins: .summary) { .string(GoPath.clean($1.bytes(0))) }
    + pair("isAbs", "osIsAbs", origins: .summary) { .bool($1.text(0).bytes.first == slash) }

  private static let slash = UInt8(ascii: "/")

  private static func pair(
    _ name: String, _ systemName: String, origins: OriginRule, _ body: @escaping Function.Body
  ) -> [Function] {
    [name, systemName].map { Function($0, [.string], origins: origins, body: body) }
  }

  private static func base(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let bytes = arguments.text(0).bytes
    guard let last = bytes.lastIndex(where: { $0 != slash }) else { return bytes.isEmpty ? "." : "/" }
    let start = bytes[...last].lastIndex(of: slash).map { $0 + 1 } ?? 0
    return evaluator.slice(arguments[0], start..<(last + 1))
  }

  private static func fileExtension(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let bytes = arguments.text(0).bytes
    let start = bytes.lastIndex { $0 == slash || $0 == UInt8(ascii: ".") }
    guard let start, bytes[start] != slash else { return evaluator.slice(arguments[0], 0..<0) }
    return evaluator.slice(arguments[0], start..<bytes.count)
  }
}
