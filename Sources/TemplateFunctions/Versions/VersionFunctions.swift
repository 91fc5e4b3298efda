import SemanticVersions
import SourceText
import TemplateLanguage
import Values

/// Semantic versions.
enum VersionFunctions {
  static let functions: [Function] = [
    Function("semver", [.string], origins: .summary) { (_, arguments) throws(FunctionError) in
      Value(.object(VersionObject(try version(arguments.bytes(0)))))
    },
    Function("semverCompare", [.string, .string], origins: .summary) { (evaluator, arguments) throws(FunctionError) in
      let constraint = try constraint(evaluator, arguments.bytes(0))
      return .bool(constraint.isSatisfied(by: try version(arguments.bytes(1))))
    },
  ]

  private final class Memory: FunctionMemory {
    var constraints = TextCache<VersionConstraint>()
  }

  private static func constraint(
    _ evaluator: Evaluator, _ text: ByteString
  ) throws(FunctionError) -> VersionConstraint {
    do {
      return try evaluator.memory(Memory.self).constraints.result(of: text) {
        (text) throws(SemanticVersion.ParseError) in try VersionConstraint(text)
      }
    } catch { throw FunctionError(error.message) }
  }

  private static func version(_ text: ByteString) throws(FunctionError) -> SemanticVersion {
    do { return try SemanticVersion(text) } catch { throw FunctionError(error.message) }
  }
}
