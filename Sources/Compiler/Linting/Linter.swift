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
  /// Files and folders with CustomResourceDefinitions, by which custom resources are judged.
  package var definitionPaths: [String] = []

  package init(paths: [String]) { self.paths = paths }
}

/// What a lint says.
package struct LintResult: Sendable {
  /// In the order of a report.
  package var diagnostics: [Diagnostic] = []
  package var tally = LintTally()
  /// What Helm logs while it renders.
  package var log: [LogLine] = []

  mutating func add(_ other: LintResult) {
    diagnostics += other.diagnostics
    tally.add(other.tally)
    log += other.log
  }

  package var summary: Summary { tally.summary }
  /// What is missing for a decision, with the number of checks that miss it.
  package var undecided: [(reason: String, count: Int)] { tally.undecided }
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
    let definitions = CustomDefinitionFiles(paths: request.definitionPaths, files: files)
    for path in found.unusable + definitions.unusable { result.diagnostics.append(Self.diagnostic(of: path)) }
    var delivery = DeliveryScope(found.scripts.compactMap(read))
    let charts = ChartLint(
      files: files, renderer: renderer, request: request, definitions: definitions.objects,
      pipelines: PipelineReading(files: files, scripts: delivery.scripts))
    for path in found.charts { result.add(charts.lint(path, &delivery)) }
    for var scope in scopes(of: found, request) {
      scope.setVersions(target: request.options.kubeVersion.minorVersion)
      scope.add(definitions: definitions.objects)
      delivery.add(scope)
      result.add(scope.inspect(request.settings))
    }
    result.add(delivery.inspect(request.settings, namespace: request.options.namespace.string))
    result.diagnostics = merged(result.diagnostics)
    return result
  }

  /// What is not a chart: a scope for each folder's manifests, one for those that were named, one for standard input.
  private func scopes(of found: LintInputs, _ request: LintRequest) -> [ManifestScope] {
    let namespace = request.options.namespace.string
    var scopes: [ManifestScope] = []
    for input in found.inputs {
      switch input {
      case .manifests(let paths, let isComplete):
        var scope = ManifestScope(isComplete: isComplete, namespace: namespace)
        scope.isOneRelease = paths.count == 1
        for file in paths.compactMap(read) { scope.add(file) }
        scopes.append(scope)
      case .standardInput:
        var scope = ManifestScope(isComplete: false, namespace: namespace)
        scope.add(SourceFile(path: "-", text: files.readStandardInput()))
        scopes.append(scope)
      case .chart, .script: break
      }
    }
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
