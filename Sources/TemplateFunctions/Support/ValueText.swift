import SourceText
import TemplateLanguage
import Values

extension Evaluator {
  /// Sprig's `toString`: a string as it is, bytes as text, everything else as `%v` prints it.
  func string(_ value: Value) -> Value {
    switch value.datum {
    case .string: return value
    case .bytes(let bytes): return .string(bytes, origin: value.origin)
    case .list, .map:
      var builder = builder()
      GoFormat.print(value, to: &builder)
      return Value(.string(builder.finish()), origin: value.origin)
    case .none, .bool, .integer, .float, .object: return .string(GoFormat.string(value), origin: value.origin)
    }
  }
}
