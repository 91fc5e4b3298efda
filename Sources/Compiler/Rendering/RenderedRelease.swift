import Charts
import SourceText
import TemplateLanguage
import Values
import YAML

/// What a render knows while it runs, also when it then fails. Belongs to the thread that renders.
package final class RenderRecord {
  /// Where every byte of `files` came from, when origins are tracked.
  package let origins: OriginTable
  /// What Helm logs on the way.
  package internal(set) var log: [LogLine] = []
  /// The values all templates see; nil until they are merged.
  package var values: MapValue? { input?.values }
  /// Lines that Helm writes to standard output before the manifests.
  package internal(set) var notices: [String] = []
  /// In the order in which they were executed; notes and partials are not among them.
  package internal(set) var files: [RenderedFile] = []
  /// The texts that `tpl` rendered, with the values that supplied them.
  package var generatedSources: [(file: SourceFile, text: Text, origin: OriginID)] {
    evaluator?.generatedSources ?? []
  }
  /// What the render started from, and what ran its templates: kept as long as the record, since giving back a
  /// large release piece by piece takes an eighth of the time of making it.
  var input: RenderInput?
  var evaluator: Evaluator?
  /// The chart that was read, and its templates as far as they were parsed: a second render starts from them.
  var chart: Chart?
  var parsed = ParsedAhead()
  /// What ran the first templates side by side.
  var start: SideBySide?
  /// Nodes of all templates.
  var nodes = 0

  /// True when the render took more than an eighth of what it may take.
  package var wasDear: Bool {
    if nodes > TemplateParser.maximumNodes / 8 { return true }
    guard let evaluator else { return false }
    let limits = evaluator.limits
    return evaluator.usedSteps > limits.steps / 8 || evaluator.usedBytes > limits.outputBytes / 8
      || limits.supervision?.wish != nil
  }

  /// - Parameter tracksOrigins: whether the result knows where its bytes came from. Without it a render is faster.
  package init(tracksOrigins: Bool) { origins = OriginTable(isTracking: tracksOrigins) }

  /// The record of a second render of what `first` is the record of, now with origins. Nothing that the first has
  /// read or parsed is read or parsed again.
  package init(tracking first: RenderRecord) {
    origins = OriginTable(isTracking: true)
    chart = first.chart
    parsed = first.parsed
  }
}

/// Everything a render made, before anything of it is printed.
package struct RenderedRelease {
  package let name: String
  /// In the order in which they were executed; notes and partials are not among them.
  package let files: [RenderedFile]
  package let sorted: SortedManifests
  package let customResources: [CustomResourceFile]
}

/// Why a render failed. Each case keeps the structured error of its stage.
package enum RenderFailure: Error {
  /// The chart, the values or the options.
  case chart(ChartError)
  /// A template that does not parse.
  case syntax(ParseFailure)
  /// A template that fails while it runs.
  case execution(ExecutionError)
  /// A document that is not YAML, or not an object.
  case manifest(ManifestFailure)
}

/// A rendered document that Helm cannot read.
package struct ManifestFailure: Error {
  package let file: RenderedFile
  /// The document in the file's text.
  package let document: ByteRange
  package let error: YAMLError
}

extension RenderFailure {
  /// The error as Helm prints it after `Error: `, without the hint about `--debug`.
  package var message: ByteString {
    switch self {
    case .chart(let error): error.message
    case .syntax(let failure): failure.helmText
    case .execution(let error): error.helmText
    case .manifest(let failure):
      ByteString("YAML parse error on \(failure.file.path): \(failure.error.unmarshalMessage)")
    }
  }

  /// True once Helm has made a release object: it then adds its hint about `--debug`.
  package var isReleaseMade: Bool {
    switch self {
    case .chart(let error): error.isReleaseMade
    case .syntax, .execution, .manifest: true
    }
  }
}
