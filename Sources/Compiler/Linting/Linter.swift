import Charts
import Configuration
import Diagnostics
import Rules
import SourceText
import TemplateLanguage

/// Finds what would hurt: the road from paths to diagnostics.
package struct Linter: Sendable {
  private let files: any FileSystem
  private let renderer: ReleaseRenderer
  private let workers: Workers

  /// `workers` render the environments of a chart beside each other; each needs the stack that `limits` speak of.
  package init(
    fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits(),
    chartLimits: ChartLimits = ChartLimits(), workers: Workers = .alone
  ) {
    files = fileSystem
    self.workers = workers
    renderer = ReleaseRenderer(
      fileSystem: fileSystem, environment: environment, limits: limits, chartLimits: chartLimits)
  }

  package func lint(_ request: LintRequest) -> LintResult {
    let found = LintInputs(paths: request.paths, files: files)
    var run = LintRun(files: files, request: request)
    let definitions = CustomDefinitionFiles(paths: request.definitionPaths, files: files)
    for path in found.unusable + definitions.unusable { run.add(Self.diagnostic(of: path)) }
    let scripts = run.scripts(of: found)
    var delivery = DeliveryScope(scripts.compactMap(read))
    let pipelines = PipelineReading(files: files, scripts: delivery.scripts)
    for path in found.charts {
      run.add(input: path, folder: Path.isArchive(path) ? Path.directory(path) : path) { configuration, settings in
        ChartLint(
          files: files, renderer: renderer, workers: workers, request: request, configuration: configuration,
          settings: settings, definitions: definitions.objects, pipelines: pipelines
        ).lint(path, &delivery)
      }
    }
    for group in groups(of: found) {
      run.add(input: group.name, folder: Path.directory(group.name)) { configuration, settings in
        do throws(LintStop) {
          var scope = try group.scope(request, configuration)
          scope.add(definitions: definitions.objects)
          delivery.add(scope)
          return scope.inspect(settings, request.control)
        } catch {
          return LintResult(diagnostics: error.diagnostics)
        }
      }
    }
    if let first = scripts.first {
      run.add(input: first, folder: Path.directory(first)) { configuration, settings in
        delivery.inspect(settings, request, configuration)
      }
    }
    return run.finish()
  }

  /// What is not a chart: a scope for each folder's manifests, one for those that were named, one for standard input.
  private func groups(of found: LintInputs) -> [FileGroup] {
    var groups: [FileGroup] = []
    for input in found.inputs {
      switch input {
      case .manifests(let paths, let isComplete):
        groups.append(FileGroup(isComplete: isComplete, manifests: paths.compactMap(read)))
      case .standardInput:
        let file = SourceFile(path: "-", text: files.readStandardInput())
        groups.append(FileGroup(isComplete: false, manifests: [file]))
      case .chart, .script: break
      }
    }
    return groups
  }

  private func read(_ path: String) -> SourceFile? {
    (try? files.read(path)).map { SourceFile(path: path, text: $0) }
  }

  private static func diagnostic(of input: UnusableInput) -> Diagnostic {
    Diagnostic(
      id: "input/unusable", level: .error, message: "cannot lint `\(input.path)`: \(input.reason)", primary: nil)
  }
}

/// Files that are looked at together.
private struct FileGroup {
  var isComplete: Bool
  var manifests: [SourceFile] = []

  /// The path that stands for the group.
  var name: String { manifests.first?.path ?? "." }

  func scope(_ request: LintRequest, _ configuration: Configuration) throws(LintStop) -> ManifestScope {
    var scope = ManifestScope(isComplete: isComplete, namespace: request.options.namespace.string)
    scope.configure(
      configuration,
      ignoresVendorDefaults: request.control.ignoresVendorDefaults ?? configuration.ignoresVendorDefaults)
    scope.setVersions(target: try request.kubeVersion(configuration).minorVersion)
    scope.isOneRelease = manifests.count == 1
    for file in manifests { scope.add(file) }
    return scope
  }
}

extension Path {
  static func isArchive(_ path: String) -> Bool { path.hasSuffix(".tgz") || path.hasSuffix(".tar.gz") }
}
