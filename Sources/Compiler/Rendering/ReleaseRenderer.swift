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

  package init(fileSystem: any FileSystem, environment: Environment, limits: Limits = Limits()) {
    self.fileSystem = fileSystem
    self.environment = environment
    self.limits = limits
  }

  /// Renders everything. `log` receives what Helm logs on the way, also when the render then fails.
  ///
  /// - Parameter tracksOrigins: whether the result knows where its bytes came from. Without it a render is faster.
  package func render(
    _ request: ReleaseRequest, tracksOrigins: Bool, log: inout [LogLine]
  ) throws(RenderFailure) -> RenderedRelease {
    let origins = OriginTable(isTracking: tracksOrigins)
    let input = try prepare(request, origins, &log)
    return try render(input, named: request.options.name.string, origins: origins, log: &log)
  }

  /// Renders what is already prepared.
  package func render(
    _ input: RenderInput, named name: String, origins: OriginTable, log: inout [LogLine]
  ) throws(RenderFailure) -> RenderedRelease {
    let evaluator = Evaluator(
      set: try parse(input.templates), functions: Self.functions, origins: origins, environment: environment,
      limits: limits)
    let files = try execute(input, evaluator)
    let sorted: SortedManifests
    do throws(ManifestFailure) {
      sorted = try SortedManifests(files)
    } catch {
      var failure = error
      failure.files = files
      failure.origins = origins
      throw .manifest(failure)
    }
    for annotation in sorted.unknownHooks {
      log.append(LogLine(.info, "skipping unknown hooks", ["hookTypes": ByteString(annotation)]))
    }
    return RenderedRelease(
      name: name, files: files, sorted: sorted, customResources: input.crds, values: input.values,
      origins: origins, generatedSources: evaluator.generatedSources)
  }

  private func prepare(
    _ request: ReleaseRequest, _ origins: OriginTable, _ log: inout [LogLine]
  ) throws(RenderFailure) -> RenderInput {
    var preparation = ReleasePreparation(fileSystem: fileSystem, origins: origins)
    defer { log += preparation.log }
    do throws(ChartError) {
      return try preparation.prepare(request)
    } catch {
      throw .chart(error)
    }
  }

  /// All templates are parsed before any runs; the first that fails, in Helm's order, is the one that is reported.
  private func parse(_ templates: [TemplateInput]) throws(RenderFailure) -> TemplateSet {
    var set = TemplateSet()
    for template in templates {
      let parsed = TemplateParser.parse(
        file: template.source, name: template.name.string, functions: Self.functions)
      if let failure = parsed.failures.first { throw .syntax(failure) }
      set.add(parsed)
    }
    return set
  }

  private func execute(_ input: RenderInput, _ evaluator: Evaluator) throws(RenderFailure) -> [RenderedFile] {
    var files: [RenderedFile] = []
    for template in input.templates where !template.isPartial {
      do throws(ExecutionError) {
        let text = try evaluator.execute(template.name, data: template.bind())
        if template.isNotes { continue }
        files.append(
          RenderedFile(
            path: template.name.string,
            text: text.removingNoValue(tracking: evaluator.origins.isTracking)))
      } catch {
        throw .execution(error, origins: evaluator.origins, values: input.values)
      }
    }
    return files
  }
}
