import SourceText
import Values

/// How the origins of a function's arguments pass to its result.
package enum OriginRule: Hashable, Sendable {
  /// The result is one of the arguments or a part of it: `default`, `index`, `first`. The body keeps the origin.
  case copy
  /// The result's text follows one argument's text run by run: `upper`, `indent`, `trim`. The body writes the runs.
  case map
  /// Each piece of the result keeps its own origin: `printf`, `cat`, `join`. The body writes the runs.
  case join
  /// The result depends on all arguments as a whole: `sha256sum`, `len`. The evaluator derives the origin.
  case summary
  /// The result does not depend on where the arguments came from: `list`, `until`.
  case none
}

/// One function of the template language: a row of a table, never registered at run time.
package struct Function: Sendable {
  package typealias Body = @Sendable (Evaluator, [Value]) throws(FunctionError) -> Value

  package let name: String
  /// The Go types of the fixed parameters. The evaluator has checked and converted the arguments when the body runs.
  package let parameters: [ParameterType]
  /// The Go type of the further parameters of a variadic function; nil when it is not variadic.
  package let variadic: ParameterType?
  package let origins: OriginRule
  package let body: Body

  package init(
    _ name: String, _ parameters: [ParameterType] = [], variadic: ParameterType? = nil, origins: OriginRule,
    body: @escaping Body
  ) {
    self.name = name
    self.parameters = parameters
    self.variadic = variadic
    self.origins = origins
    self.body = body
  }
}

/// All functions that a template may call, by name.
package struct FunctionTable: Sendable {
  package let functions: [Function]
  private let indexByName: [String: Int]

  /// Of two functions with one name the later wins.
  package init(_ families: [[Function]]) {
    functions = families.flatMap { $0 }
    indexByName = Dictionary(functions.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// The index of a function, which parsed templates keep in place of its name.
  package func index(of name: String) -> Int? { indexByName[name] }
  /// Every name, sorted, for "did you mean".
  package var names: [String] { indexByName.keys.sorted() }
}
