import SourceText
import TemplateLanguage
import Values

/// The functions of Helm that run templates or stop a render.
package enum CallFunctions {
  package static let table: [Function] = [
    Function("include", [.string, .any], origins: .copy, cost: Cost(fixed: 12)) {
      evaluator, arguments throws(FunctionError) in
      guard let name = arguments[0].text else { return .none }
      return .string(try evaluator.include(name.byteString, data: arguments[1]))
    },
    Function("tpl", [.string, .any], origins: .copy, cost: Cost(fixed: 24, perUnit: 1)) {
      evaluator, arguments throws(FunctionError) in
      guard let source = arguments[0].text else { return .none }
      return .string(try evaluator.expand(source, origin: arguments[0].origin, data: arguments[1]))
    },
    Function("required", [.string, .any], origins: .copy, cost: .constant) { _, arguments throws(FunctionError) in
      let value = arguments[1]
      if value.isNone || value.text?.isEmpty == true { throw stop(arguments[0]) }
      return value
    },
    Function("fail", [.string], origins: .none, cost: .constant) { _, arguments throws(FunctionError) in
      throw stop(arguments[0])
    },
    Function("lookup", [.string, .string, .string, .string], origins: .copy, cost: .constant, body: lookup),
  ]

  /// Rendering asks no cluster: what is found is what the environment brings along.
  private static func lookup(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    guard let files = evaluator.environment.cluster else { return .map(MapValue()) }
    let objects = try evaluator.memory(ClusterMemory.self).objects(files, origins: evaluator.origins)
    return objects.lookup(
      apiVersion: arguments.bytes(0), kind: arguments.bytes(1), namespace: arguments.bytes(2),
      name: arguments.bytes(3))
  }

  private static func stop(_ message: Value) -> FunctionError {
    FunctionError(bytes: message.text?.byteString ?? ByteString(), kind: .userMessage)
  }
}
