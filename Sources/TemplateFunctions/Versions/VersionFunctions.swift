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
    Function("semverCompare", [.string, .string], origins: .summary) { (_, arguments) throws(FunctionError) in
      let constraint: VersionConstraint
      do throws(SemanticVersion.ParseError) {
        constraint = try VersionConstraint(arguments.bytes(0))
      } catch {
        throw FunctionError(error.message)
      }
      return .bool(constraint.isSatisfied(by: try version(arguments.bytes(1))))
    },
  ]

  private static func version(_ text: ByteString) throws(FunctionError) -> SemanticVersion {
    do { return try SemanticVersion(text) } catch { throw FunctionError(error.message) }
  }
}
