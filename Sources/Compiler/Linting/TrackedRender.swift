import Charts
import Configuration
import Diagnostics
import Rules
import SourceText
import TemplateLanguage
import Values

/// A render that knows where every byte came from, and the names of the values.
package struct TrackedRender {
  package let release: RenderedRelease
  /// The merged values.
  let values: MapValue
  /// The templates that ran or were there to be included.
  let templates: [SourceFile]
  private let releaseName: String
  private let origins: OriginMap
  private let leaves: ValueLeaves
  private let coverage: Coverage?

  init(
    _ chart: Chart, values arguments: ValuesArguments, options: ReleaseOptions, files: any FileSystem,
    renderer: ReleaseRenderer, parsed: ParsedAhead? = nil, log: inout [LogLine]
  ) throws(LintStop) {
    let record = RenderRecord(tracksOrigins: true)
    record.parsed =
      parsed
      ?? ParsedAhead.all(of: chart, functions: ReleaseRenderer.functions, supervision: renderer.supervision)
    var request = ReleaseRequest(chart: chart.name.string)
    request.values = arguments
    request.options = options
    var preparation = ReleasePreparation(
      fileSystem: files, origins: record.origins, limits: renderer.chartLimits)
    defer { log += preparation.log + record.log }
    let input: RenderInput
    do throws(ChartError) {
      input = try preparation.prepare(chart, request)
    } catch {
      throw LintStop(diagnostics: [error.diagnostic])
    }
    try Self.checkSyntax(input.templates, record.parsed)
    do throws(RenderFailure) {
      release = try renderer.render(input, named: options.name.string, recording: record)
    } catch {
      throw LintStop(diagnostics: error.diagnostic(in: record).map { [$0] } ?? [])
    }
    leaves = ValueLayers(files: files, origins: record.origins).leaves(of: chart, arguments, input)
    origins = record.origins.map
    coverage = record.evaluator.map { Coverage(templates: $0.set, origins: record.origins.map) }
    values = input.values
    templates = input.templates.map(\.source)
    releaseName = options.name.string
  }

  /// Loads the chart that a request names, and renders it.
  package init(
    _ request: ReleaseRequest, fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits(),
    chartLimits: ChartLimits = ChartLimits()
  ) throws(LintStop) {
    var log: [LogLine] = []
    let chart: Chart
    do throws(ChartError) {
      chart = try ChartLoader(fileSystem, limits: chartLimits).load(request.chart, log: &log)
    } catch {
      throw LintStop(diagnostics: [error.diagnostic])
    }
    let renderer = ReleaseRenderer(
      fileSystem: fileSystem, environment: environment, limits: limits, chartLimits: chartLimits)
    try self.init(
      chart, values: request.values, options: request.options, files: fileSystem, renderer: renderer, log: &log)
  }

  /// Every fault of every template, not only the first.
  private static func checkSyntax(_ templates: [TemplateInput], _ parsed: ParsedAhead) throws(LintStop) {
    var faults: [Diagnostic] = []
    for input in templates {
      let template =
        parsed.template(input.source, named: input.name)
        ?? TemplateParser.parse(
          file: input.source, name: input.name.string, functions: ReleaseRenderer.functions)
      faults += template.failures.map(\.diagnostic)
    }
    if !faults.isEmpty { throw LintStop(diagnostics: faults) }
  }

  /// The way from the bytes of a rendered file to source.
  package func map(of file: RenderedFile) -> SourceMap {
    SourceMap(rendered: file.text, origins: origins, leaves: leaves)
  }

  /// Everything of the release, hooks and custom resources included.
  func scope(namespace: String) -> ManifestScope {
    var scope = ManifestScope(isComplete: true, namespace: namespace, release: releaseName, coverage: coverage)
    let maps = release.files.map { map(of: $0) }
    for manifest in release.sorted.manifests + release.sorted.hooks {
      scope.add(manifest.range, of: maps[manifest.file], path: release.files[manifest.file].path)
    }
    for file in release.customResources { scope.add(file.source) }
    for file in templates { scope.add(SuppressionScan.template(file)) }
    return scope
  }
}
