import SourceText
import TemplateLanguage
import Values

/// Arguments that the evaluator has checked and converted.
extension [Value] {
  func bytes(_ index: Int) -> ByteString { self[index].text?.byteString ?? "" }

  func integer(_ index: Int) -> Int {
    if case .integer(let value, _) = self[index].datum { return Int(value) }
    return 0
  }

  func elements(_ index: Int) -> [Value] { self[index].asList?.elements ?? [] }
}

extension Function {
  /// A row whose result depends on its arguments as a whole.
  static func summary(
    _ name: String, _ parameters: [ParameterType],
    _ body: @escaping @Sendable (Evaluator, [Value]) throws(FunctionError) -> Value
  ) -> Function {
    Function(name, parameters, origins: .summary, body: body)
  }
}
