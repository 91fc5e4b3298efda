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
  /// Whoever watches over parsing and rendering.
  var supervision: Supervision? { limits.supervision }
  /// How much the charts may hold that are rendered.
  let chartLimits: ChartLimits
  private let workers: Workers

  package init(
    fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits(),
    chartLimits: ChartLimits = ChartLimits(), workers: Workers = .alone
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
      environment: environment.ofOneRender, limits: limits)
    record.evaluator = evaluator
    let documents = try execute(input.templates.filter { !$0.isPartial }, evaluator, record)
    let sorted = try sort(documents, record)
    return RenderedRelease(name: name, files: record.files, sorted: sorted, customResources: input.crds)
  }

  /// What is wrong with a file of objects for `lookup`; nil when it can be read.
  package static func fault(ofCluster file: SourceFile) -> String? {
    do throws(FunctionError) {
      _ = try ClusterObjects([file], origins: OriginTable(isTracking: false))
      return nil
    } catch {
      return error.message.string
    }
  }

  /// The values are prepared on this thread, while other workers parse.
  private func prepare(_ request: ReleaseRequest, _ record: RenderRecord) throws(RenderFailure) -> RenderInput {
    var preparation = ReleasePreparation(
      fileSystem: fileSystem, origins: record.origins, limits: chartLimits, workers: workers)
    defer {
      record.log += preparation.log
      record.notices += preparation.notices
    }
    do throws(ChartError) {
      let (chart, values) = try preparation.load(request, known: record.chart)
      record.chart = chart
      var input: Result<RenderInput, ChartError>?
      record.parsed.parse(chart, functions: Self.functions, supervision: supervision, workers: workers) {
        do throws(ChartError) {
          input = .success(try preparation.prepare(chart, values: values, options: request.options))
        } catch {
          input = .failure(error)
        }
      }
      guard let input else { throw ChartError("the chart was not prepared") }
      return try input.get()
    } catch {
      throw .chart(error)
    }
  }

  private func sort(
    _ documents: [[SortedManifests.Document]], _ record: RenderRecord
  ) throws(RenderFailure) -> SortedManifests {
    var unknownHooks: [String] = []
    defer {
      for annotation in unknownHooks {
        record.log.append(LogLine(.info, "skipping unknown hooks", ["hookTypes": ByteString(annotation)]))
      }
    }
    do throws(ManifestFailure) {
      return try SortedManifests(
        record.files, documents: documents, workers: workers, unknownHooks: &unknownHooks)
    } catch {
      throw .manifest(error)
    }
  }

  /// All templates are parsed before any runs; the first that fails, in Helm's order, is the one that is reported.
  private func parse(_ templates: [TemplateInput], _ record: RenderRecord) throws(RenderFailure) -> TemplateSet {
    let known = templates.map { record.parsed.template($0.source, named: $0.name) }
    let missing = zip(templates, known).compactMap { template, known in
      known == nil ? (source: template.source, name: template.name.string) : nil
    }
    let bytes = missing.reduce(0) { $0 + $1.source.text.count }
    let functions = Self.functions
    let supervision = supervision
    let parsed = workers.map(missing, bytes: bytes) { file in
      TemplateParser.parse(file: file.source, name: file.name, functions: functions, supervision: supervision)
    }
    record.parsed.add(parsed)
    var rest = parsed[...]
    var set = TemplateSet()
    for template in known {
      guard let template = template ?? rest.popFirst() else { break }
      record.nodes += template.main.table.places.count
      if let failure = template.failures.first { throw .syntax(failure) }
      set.add(template)
    }
    return set
  }

  /// Runs templates in Helm's order, the first of them at the same time. Answers the documents of the files that
  /// are known already.
  private func execute(
    _ templates: [TemplateInput], _ evaluator: Evaluator, _ record: RenderRecord
  ) throws(RenderFailure) -> [[SortedManifests.Document]] {
    // Origins are numbered, and the bytes of a seed are drawn, in the order in which templates run.
    let isOrdered = record.origins.isTracking || environment.seed != nil
    let start = SideBySide(templates, evaluator, workers: isOrdered ? .alone : workers)
    record.start = start
    var documents: [[SortedManifests.Document]] = []
    for outcome in start.outcomes {
      if let failure = outcome.failure { throw .execution(failure) }
      guard let file = outcome.file else { continue }
      record.files.append(file)
      documents.append(outcome.documents)
    }
    for template in templates.dropFirst(start.outcomes.count) {
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
    return documents
  }
}
