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

extension Cost {
  /// To find the primes of a key.
  static let newKey = Cost(fixed: 1_600_000)
  /// To sign with a key that is given.
  static let signature = Cost(fixed: 50_000, perUnit: 1)
  /// Hashes that are slow on purpose.
  static let slowHash = Cost(fixed: 1_200_000, perUnit: 1)
}

extension Function {
  /// A row whose result depends on its arguments as a whole.
  static func summary(
    _ name: String, _ parameters: [ParameterType], cost: Cost = .linear,
    _ body: @escaping @Sendable (Evaluator, [Value]) throws(FunctionError) -> Value
  ) -> Function {
    Function(name, parameters, origins: .summary, cost: cost, body: body)
  }
}
