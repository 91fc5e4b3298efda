import Charts
import Configuration
import Diagnostics
import Kubernetes
import Rules
import SourceText
import TemplateLanguage
import Values

/// Lints one chart: renders it with origins, once for each environment, and runs the rules over what comes out.
struct ChartLint {
  let files: any FileSystem
  let renderer: ReleaseRenderer
  let workers: Workers
  let request: LintRequest
  let configuration: Configuration
  let settings: Settings
  /// CustomResourceDefinitions from outside the chart.
  let definitions: [KubernetesObject]
  /// What the scripts of the input put into values.
  let pipelines: PipelineReading

  /// `delivery` learns what the chart renders.
  func lint(_ path: String, _ delivery: inout DeliveryScope) -> LintResult {
    var result = LintResult()
    // One load serves all environments, so that a place in a template is the same place in each.
    let chart: Chart
    do throws(ChartError) {
      chart = try ChartLoader(files, limits: renderer.chartLimits).load(path, log: &result.log)
    } catch {
      result.diagnostics = [error.diagnostic]
      return result
    }
    let environments = environments(of: path)
    result.environments = environments.count > 1 ? environments.map(\.name) : []
    let renders = renders(of: chart, environments)
    for render in renders {
      if let scope = render.scope { delivery.add(scope, ofChart: path, release: render.release) }
    }
    result.unite(inspect(renders, pipelines.releases(ofChart: path), result.environments.isEmpty))
    if !result.hasUnrendered, result.summary.objects == 0, !chart.metadata.isLibrary {
      result.diagnostics.append(Self.emptyChart(chart))
    }
    for scan in valuesFiles(of: chart, environments).compactMap({ SuppressionScan.yaml($0) }) {
      result.suppressions += scan.suppressions
      result.diagnostics += scan.faults
    }
    return result
  }

  /// A chart that renders nothing was not found to be good: there was nothing to look at.
  private static func emptyChart(_ chart: Chart) -> Diagnostic {
    Diagnostic(
      id: "chart/renders-nothing", level: .warning,
      message: "chart `\(chart.name)` renders no object with these values, so nothing was checked",
      primary: chart.metadata.name.place.map { Label($0) },
      notes: [Note(.fix, "Lint it with the values of an environment, by `--values` or `--set`")])
  }

  // MARK: Rendering

  /// What one environment's render gives.
  private struct Render: Sendable {
    var environment: LintEnvironment
    var release = ""
    var scope: ManifestScope?
    /// The merged values, by their dotted paths.
    var scalars: [String: ByteString] = [:]
    var log: [LogLine] = []
    /// Why there is no scope.
    var failure: [Diagnostic] = []
  }

  /// The environments share the parse and run beside each other.
  private func renders(of chart: Chart, _ environments: [LintEnvironment]) -> [Render] {
    let parsed = ParsedAhead.all(
      of: chart, functions: ReleaseRenderer.functions, supervision: renderer.supervision)
    return workers.map(environments, bytes: .max) { render(chart, $0, parsed) }
  }

  private func render(_ chart: Chart, _ environment: LintEnvironment, _ parsed: ParsedAhead) -> Render {
    var result = Render(environment: environment)
    var options = request.options
    if let release = environment.release { options.name = ByteString(release) }
    if let namespace = environment.namespace { options.namespace = ByteString(namespace) }
    result.release = options.name.string
    do throws(LintStop) {
      options.kubeVersion = try request.kubeVersion(configuration)
      let render = try TrackedRender(
        chart, values: environment.values, options: options, files: files, renderer: renderer, parsed: parsed,
        log: &result.log)
      var scope = render.scope(namespace: options.namespace.string)
      scope.configure(
        configuration,
        ignoresVendorDefaults: request.control.ignoresVendorDefaults ?? configuration.ignoresVendorDefaults)
      scope.setVersions(target: options.kubeVersion.minorVersion, oldest: chart.metadata.oldestMinorVersion)
      scope.add(definitions: definitions)
      scope.environment = environment.name
      result.scope = scope
      result.scalars = VaryingValues.scalars(render.values)
    } catch {
      result.failure = error.diagnostics
    }
    return result
  }

  // MARK: Inspecting

  private func inspect(_ renders: [Render], _ releases: [PipelineRelease], _ isAlone: Bool) -> LintResult {
    let varying = VaryingValues.paths(in: renders.filter { $0.scope != nil }.map(\.scalars))
      .union(VaryingValues.keys(setBy: releases))
    let results = workers.map(renders, bytes: renders.count > 1 ? .max : 0) { render in
      var scope = render.scope
      scope?.varyingValues = varying
      scope?.pipelines = releases
      var result = scope?.inspect(settings, request.control) ?? LintResult()
      result.hasUnrendered = scope == nil
      result.diagnostics += render.failure
      result.log += render.log
      if !isAlone { result.name(environment: render.environment.name) }
      return result
    }
    return results.reduce(into: LintResult()) { $0.unite($1) }
  }

  // MARK: Values

  /// Those of the command line, else those of the configuration, else the one that the flags describe.
  private func environments(of path: String) -> [LintEnvironment] {
    if !request.environments.isEmpty {
      return request.environments.map { environment in
        var environment = environment
        environment.values.files = environment.values.files.map { located($0, in: ["", path]) }
        return environment
      }
    }
    guard !configuration.environments.isEmpty, request.values.files.isEmpty else {
      return [LintEnvironment(name: "", values: request.values)]
    }
    return configuration.environments.map { entry in
      var environment = LintEnvironment(name: entry.name, values: request.values)
      environment.values.files = entry.values.map { located($0, in: [path, configuration.folder]) }
      environment.namespace = entry.namespace
      environment.release = entry.release
      return environment
    }
  }

  /// The first folder that has the file; the name as it stands where none has.
  private func located(_ name: String, in folders: [String]) -> String {
    guard !name.hasPrefix("/"), name != "-" else { return name }
    for folder in folders {
      let candidate = folder.isEmpty ? name : Path.join(folder, name)
      if (try? files.kind(of: files.resolve(candidate))) == .file { return candidate }
    }
    return name
  }

  /// The charts' own values and the users' files, each once.
  private func valuesFiles(of chart: Chart, _ environments: [LintEnvironment]) -> [SourceFile] {
    var paths: [String] = []
    for path in environments.flatMap(\.values.files) where path != "-" && !paths.contains(path) { paths.append(path) }
    let given = paths.compactMap { path in (try? files.read(path)).map { SourceFile(path: path, text: $0) } }
    return Self.defaults(of: chart) + given
  }

  private static func defaults(of chart: Chart) -> [SourceFile] {
    (chart.values.map { [$0] } ?? []) + chart.subcharts.flatMap(defaults)
  }
}

/// A set of values under which charts are linted.
package struct LintEnvironment: Sendable {
  package var name: String
  package var values: ValuesArguments
  /// Those of the request unless they are given.
  package var namespace: String?
  package var release: String?

  package init(name: String, values: ValuesArguments) {
    self.name = name
    self.values = values
  }
}

/// Why a chart cannot be rendered: everything that is known about it.
package struct LintStop: Error {
  package var diagnostics: [Diagnostic]
}
