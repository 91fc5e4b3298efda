import Charts
import Compiler
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
      fileSystem: watch.disk, environment: arguments.environment,
      limits: Limits(stackBytes: LargeStack.usableBytes), workers: .ofThisMachine)
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
    let tracked = RenderRecord(tracking: record)
    var explained = failure
    if case .failure(let again) = render(recording: tracked) { explained = again }
    // Without a place there is nothing to add to Helm's text.
    let diagnostic = explained.diagnostic(in: tracked).flatMap { $0.primary == nil ? nil : $0 }
    return CommandFailure(
      failure.message.string, hasHint: failure.isReleaseMade && !isDebugging,
      explanation: diagnostic.map(TextReport(style: .plain()).explanation(of:)))
  }
}
