import Charts
import Delivery
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
    let scripts = scripts(of: found.inputs)
    for input in found.inputs { result.add(lint(input, scripts, request)) }
    result.add(lint(scripts, besides: found.inputs, request))
    result.diagnostics = merged(result.diagnostics)
    return result
  }

  private func lint(_ input: LintInput, _ scripts: [DeliveryScript], _ request: LintRequest) -> LintResult {
    switch input {
    case .chart(let path):
      return ChartLint(files: files, renderer: renderer, request: request).lint(path)
    case .manifests(let paths, let isComplete):
      var scope = ManifestScope(isComplete: isComplete, namespace: request.options.namespace.string)
      for path in paths {
        guard let text = try? files.read(path) else { continue }
        scope.add(SourceFile(path: path, text: text))
      }
      scope.scripts = scripts
      return scope.inspect(request.settings)
    case .standardInput:
      var scope = ManifestScope(isComplete: false, namespace: request.options.namespace.string)
      scope.add(SourceFile(path: "-", text: files.readStandardInput()))
      return scope.inspect(request.settings)
    case .script:
      // Scripts are linted together, with the manifests that they deliver.
      return LintResult()
    }
  }

  private func scripts(of inputs: [LintInput]) -> [DeliveryScript] {
    inputs.compactMap { input in
      guard case .script(let path) = input, let text = try? files.read(path) else { return nil }
      return Delivery.read(SourceFile(path: path, text: text)).script
    }
  }

  /// Scripts without manifests beside them are a scope of their own.
  private func lint(_ scripts: [DeliveryScript], besides inputs: [LintInput], _ request: LintRequest) -> LintResult {
    let haveManifests = inputs.contains { if case .manifests = $0 { true } else { false } }
    guard !scripts.isEmpty, !haveManifests else { return LintResult() }
    var scope = ManifestScope(isComplete: false, namespace: request.options.namespace.string)
    scope.scripts = scripts
    return scope.inspect(request.settings)
  }

  private static func diagnostic(of input: UnusableInput) -> Diagnostic {
    Diagnostic(
      id: "input/unusable", level: .error, message: "cannot lint `\(input.path)`: \(input.reason)", primary: nil)
  }
}
