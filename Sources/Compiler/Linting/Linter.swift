import Charts
import Diagnostics
import Rules
import SourceText
import TemplateLanguage

/// What is to be linted, and how.
package struct LintRequest: Sendable {
  /// Charts, files and folders; `-` is standard input.
  package var paths: [String]
  /// Apply to every chart, unless there are environments.
  package var values = ValuesArguments()
  /// Every chart is linted under each of them.
  package var environments: [LintEnvironment] = []
  package var options = ReleaseOptions()
  package var settings = Settings()
  /// Images that come whole from a subchart's own defaults are not judged.
  package var ignoresVendorDefaults = false

  package init(paths: [String]) { self.paths = paths }
}

/// What a lint says.
package struct LintResult: Sendable {
  /// In the order of a report.
  package var diagnostics: [Diagnostic] = []
  package var summary = Summary()
  /// What is missing for a decision, with the number of checks that miss it.
  package var undecided: [(reason: String, count: Int)] = []
  /// What Helm logs while it renders.
  package var log: [LogLine] = []

  mutating func add(_ other: LintResult) {
    diagnostics += other.diagnostics
    summary.checked += other.summary.checked
    summary.objects += other.summary.objects
    summary.skipped += other.summary.skipped
    summary.undecided += other.summary.undecided
    undecided += other.undecided
    log += other.log
  }
}

/// Finds what would hurt: the road from paths to diagnostics.
package struct Linter: Sendable {
  private let files: any FileSystem
  private let renderer: ReleaseRenderer

  package init(fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits()) {
    files = fileSystem
    renderer = ReleaseRenderer(fileSystem: fileSystem, environment: environment, limits: limits)
  }

  package func lint(_ request: LintRequest) -> LintResult {
    let found = LintInputs(paths: request.paths, files: files)
    var result = LintResult()
    for path in found.unusable { result.diagnostics.append(Self.diagnostic(of: path)) }
    for path in found.charts { result.add(ChartLint(files: files, renderer: renderer, request: request).lint(path)) }
    for scope in scopes(of: found, request) { result.add(scope.inspect(request.settings)) }
    result.diagnostics = merged(result.diagnostics)
    return result
  }

  /// What is not a chart: a scope for each folder's manifests, one for those that were named, one for standard input.
  /// Scripts stand in the first of them, beside the objects that they deliver.
  private func scopes(of found: LintInputs, _ request: LintRequest) -> [ManifestScope] {
    let namespace = request.options.namespace.string
    var scopes: [ManifestScope] = []
    for input in found.inputs {
      switch input {
      case .manifests(let paths, let isComplete):
        var scope = ManifestScope(isComplete: isComplete, namespace: namespace)
        for file in paths.compactMap(read) { scope.add(file) }
        scopes.append(scope)
      case .standardInput:
        var scope = ManifestScope(isComplete: false, namespace: namespace)
        scope.add(SourceFile(path: "-", text: files.readStandardInput()))
        scopes.append(scope)
      case .chart, .script: break
      }
    }
    let scripts = found.scripts.compactMap(read)
    if !scripts.isEmpty, scopes.isEmpty { scopes.append(ManifestScope(isComplete: false, namespace: namespace)) }
    for script in scripts { scopes[0].add(script: script) }
    return scopes
  }

  private func read(_ path: String) -> SourceFile? {
    (try? files.read(path)).map { SourceFile(path: path, text: $0) }
  }

  private static func diagnostic(of input: UnusableInput) -> Diagnostic {
    Diagnostic(
      id: "input/unusable", level: .error, message: "cannot lint `\(input.path)`: \(input.reason)", primary: nil)
  }
}
