import Charts
import Compiler
import Diagnostics
import LocalDisk
import Reports
import SourceText
import TemplateLanguage

/// One render of the chart that a command line names.
struct RenderSession {
  private let request: ReleaseRequest
  private let isDebugging: Bool
  private let renderer: ReleaseRenderer

  init(_ arguments: RenderArguments, watch: Watch) {
    request = arguments.request
    isDebugging = arguments.isDebugging
    renderer = ReleaseRenderer(
      fileSystem: watch.disk, environment: arguments.environment, limits: watch.evaluationLimits,
      chartLimits: arguments.limits.chart, workers: .ofThisMachine)
  }

  func render(recording record: RenderRecord) -> Result<RenderedRelease, RenderFailure> {
    do throws(RenderFailure) {
      return .success(try renderer.render(request, recording: record))
    } catch {
      return .failure(error)
    }
  }

  /// Helm's text, and where the fault is. The render runs once more, now with origins: people read this, so that
  /// it costs twice does not matter, while a render that succeeds pays nothing.
  func explain(_ failure: RenderFailure, _ record: RenderRecord) -> CommandFailure {
    if isDebugging, failure.isReleaseMade { Output.print(record.debugDump) }
    // Without a place there is nothing to add to Helm's text.
    let diagnostic = diagnostic(of: failure, record).flatMap { $0.primary == nil ? nil : $0 }
    return CommandFailure(
      failure.message.string, hasHint: failure.isReleaseMade && !isDebugging,
      explanation: diagnostic.map(TextReport(style: .plain()).explanation(of:)))
  }

  /// What is known of a render that took long is known without origins: it is not done again.
  private func diagnostic(of failure: RenderFailure, _ record: RenderRecord) -> Diagnostic? {
    if record.wasDear {
      // Where a document came from is known by its origins only.
      if case .manifest = failure { return nil }
      return failure.diagnostic(in: record)
    }
    let tracked = RenderRecord(tracking: record)
    if case .failure(let again) = render(recording: tracked) { return again.diagnostic(in: tracked) }
    return failure.diagnostic(in: tracked)
  }
}
