import Charts
import Cryptography
import SourceText
import TemplateFunctions
import TemplateLanguage
import Values

/// Turns a chart and values into a release: `helm template` up to its output.
package struct ReleaseRenderer: Sendable {
  /// Every function of Helm 4.3.1.
  package static let functions = FunctionTable([
    GoFunctions.table, CallFunctions.table, SprigFunctions.table, HelmFunctions.table, CryptographyFunctions.table,
  ])

  private let fileSystem: any FileSystem
  private let environment: Environment
  private let limits: Limits
  /// How much the charts may hold that are rendered.
  let chartLimits: ChartLimits
  private let workers: Workers

  package init(
    fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits(),
    chartLimits: ChartLimits = ChartLimits(),
    workers: Workers = .alone
  ) {
    self.chartLimits = chartLimits
    self.fileSystem = fileSystem
    self.environment = environment
    self.limits = limits
    self.workers = workers
  }

  /// Renders everything; `record` keeps what is known on the way, also when the render then fails.
  package func render(
    _ request: ReleaseRequest, recording record: RenderRecord
  ) throws(RenderFailure) -> RenderedRelease {
    let input = try prepare(request, record)
    return try render(input, named: request.options.name.string, recording: record)
  }

  /// Renders what is already prepared.
  package func render(
    _ input: RenderInput, named name: String, recording record: RenderRecord
  ) throws(RenderFailure) -> RenderedRelease {
    record.input = input
    let evaluator = Evaluator(
      set: try parse(input.templates, record), functions: Self.functions, origins: record.origins,
      environment: environment, limits: limits)
    record.evaluator = evaluator
    try execute(input, evaluator, record)
    let sorted = try sort(record)
    return RenderedRelease(name: name, files: record.files, sorted: sorted, customResources: input.crds)
  }

  private func prepare(_ request: ReleaseRequest, _ record: RenderRecord) throws(RenderFailure) -> RenderInput {
    var preparation = ReleasePreparation(
      fileSystem: fileSystem, origins: record.origins, limits: chartLimits)
    defer { record.log += preparation.log }
    do throws(ChartError) {
      return try preparation.prepare(request)
    } catch {
      throw .chart(error)
    }
  }

  private func sort(_ record: RenderRecord) throws(RenderFailure) -> SortedManifests {
    do throws(ManifestFailure) {
      let sorted = try SortedManifests(record.files, workers: workers)
      for annotation in sorted.unknownHooks {
        record.log.append(LogLine(.info, "skipping unknown hooks", ["hookTypes": ByteString(annotation)]))
      }
      return sorted
    } catch {
      throw .manifest(error)
    }
  }

  /// All templates are parsed before any runs; the first that fails, in Helm's order, is the one that is reported.
  private func parse(
    _ templates: [TemplateInput], _ record: RenderRecord
  ) throws(RenderFailure) -> TemplateSet {
    let files = templates.map { (source: $0.source, name: $0.name.string) }
    let bytes = files.reduce(0) { $0 + $1.source.text.count }
    let functions = Self.functions
    let supervision = limits.supervision
    let parsed = workers.map(files, bytes: bytes) { file in
      TemplateParser.parse(file: file.source, name: file.name, functions: functions, supervision: supervision)
    }
    var set = TemplateSet()
    for template in parsed {
      record.nodes += template.main.table.places.count
      if let failure = template.failures.first { throw .syntax(failure) }
      set.add(template)
    }
    return set
  }

  private func execute(
    _ input: RenderInput, _ evaluator: Evaluator, _ record: RenderRecord
  ) throws(RenderFailure) {
    for template in input.templates where !template.isPartial {
      do throws(ExecutionError) {
        let text = try evaluator.execute(template.name, data: template.bind())
        if template.isNotes { continue }
        record.files.append(
          RenderedFile(
            path: template.name.string, text: text.removingNoValue(tracking: record.origins.isTracking)))
      } catch {
        throw .execution(error)
      }
    }
  }
}
