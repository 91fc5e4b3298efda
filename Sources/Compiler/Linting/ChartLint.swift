import Charts
import Diagnostics
import Rules
import SourceText
import TemplateLanguage
import Values

/// Lints one chart: renders it with origins, and runs the rules over what comes out.
struct ChartLint {
  let files: any FileSystem
  let renderer: ReleaseRenderer
  let request: LintRequest

  func lint(_ path: String) -> LintResult {
    var log: [LogLine] = []
    var result = inspect(path, &log)
    result.log = log
    return result
  }

  private func inspect(_ path: String, _ log: inout [LogLine]) -> LintResult {
    let rendered: TrackedRender
    do throws(LintStop) {
      rendered = try TrackedRender(
        chart: path, values: request.values, options: request.options, files: files, renderer: renderer, log: &log)
    } catch {
      var result = LintResult()
      result.diagnostics = error.diagnostics
      return result
    }
    return rendered.scope(namespace: request.options.namespace.string).inspect(request.settings)
  }
}

/// Why a chart cannot be rendered: everything that is known about it.
struct LintStop: Error {
  var diagnostics: [Diagnostic]
}
