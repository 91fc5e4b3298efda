import Charts
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
  let request: LintRequest
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
      chart = try ChartLoader(files).load(path, log: &result.log)
    } catch {
      result.diagnostics = [error.diagnostic]
      return result
    }
    let environments =
      request.environments.isEmpty
      ? [LintEnvironment(name: "", values: request.values)] : request.environments
    var renders: [(environment: LintEnvironment, render: TrackedRender)] = []
    for environment in environments {
      do throws(LintStop) {
        renders.append((environment, try render(chart, environment, &result.log)))
      } catch {
        result.diagnostics += named(error.diagnostics, environment)
      }
    }
    let releases = pipelines.releases(ofChart: path)
    let varying = VaryingValues.paths(in: renders.map(\.render.values)).union(VaryingValues.keys(setBy: releases))
    for (environment, render) in renders {
      var scope = render.scope(namespace: request.options.namespace.string)
      scope.ignoresVendorDefaults = request.ignoresVendorDefaults
      scope.varyingValues = varying
      scope.environment = environment.name
      scope.pipelines = releases
      delivery.add(scope, ofChart: path, release: request.options.name.string)
      scope.setVersions(
        target: request.options.kubeVersion.minorVersion, oldest: chart.metadata.oldestMinorVersion)
      scope.add(definitions: definitions)
      let inspected = scope.inspect(request.settings)
      result.diagnostics += named(inspected.diagnostics, environment)
      result.tally.unite(inspected.tally)
    }
    if renders.count == environments.count, result.summary.objects == 0, !chart.metadata.isLibrary {
      result.diagnostics.append(Self.emptyChart(chart))
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

  private func render(
    _ chart: Chart, _ environment: LintEnvironment, _ log: inout [LogLine]
  ) throws(LintStop) -> TrackedRender {
    try TrackedRender(
      chart, values: environment.values, options: request.options, files: files, renderer: renderer, log: &log)
  }

  /// Tells in which environment a diagnostic was found, where there are several.
  private func named(_ diagnostics: [Diagnostic], _ environment: LintEnvironment) -> [Diagnostic] {
    guard request.environments.count > 1 else { return diagnostics }
    return diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.environments = [environment.name]
      return diagnostic
    }
  }
}

/// A set of values under which charts are linted.
package struct LintEnvironment: Sendable {
  package var name: String
  package var values: ValuesArguments

  package init(name: String, values: ValuesArguments) {
    self.name = name
    self.values = values
  }
}

/// Why a chart cannot be rendered: everything that is known about it.
package struct LintStop: Error {
  package var diagnostics: [Diagnostic]
}
