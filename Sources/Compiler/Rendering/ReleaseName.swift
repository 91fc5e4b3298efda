import SourceText
import TemplateFunctions
import TemplateLanguage
import Values

/// Why `--name-template` gives no name, in Helm's words.
package struct NameTemplateFailure: Error {
  package let message: ByteString
}

/// The release name that `--name-template` makes.
package enum ReleaseName {
  /// Sprig's functions and Go's; none of Helm's own.
  private static let functions = FunctionTable([GoFunctions.table, SprigFunctions.table])

  /// Renders `template`, which sees no data.
  package static func expand(
    _ template: ByteString, environment: Environment
  ) throws(NameTemplateFailure) -> ByteString {
    let file = SourceFile(path: "--name-template", kind: .argument, text: template)
    let parsed = TemplateParser.parse(file: file, name: "name-template", functions: functions)
    if let failure = parsed.failures.first { throw NameTemplateFailure(message: failure.goText) }
    var set = TemplateSet()
    set.add(parsed)
    let evaluator = Evaluator(
      set: set, functions: functions, origins: OriginTable(isTracking: false), environment: environment)
    do throws(ExecutionError) {
      return try evaluator.execute("name-template", data: .none).byteString
    } catch {
      throw NameTemplateFailure(message: error.goText)
    }
  }
}
