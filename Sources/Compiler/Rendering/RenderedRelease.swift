import Charts
import SourceText
import TemplateLanguage
import Values
import YAML

/// Everything a render made, before anything of it is printed.
package struct RenderedRelease {
  package let name: String
  /// In the order in which they were executed; notes and partials are not among them.
  package let files: [RenderedFile]
  package let sorted: SortedManifests
  package let customResources: [CustomResourceFile]
  /// The values all templates saw, with their origins.
  package let values: MapValue
  /// Where every byte of `files` came from, when origins were tracked.
  package let origins: OriginTable
  /// The texts that `tpl` rendered, with the values that supplied them.
  package let generatedSources: [(file: SourceFile, text: Text, origin: OriginID)]
}

/// Why a render failed. Each case keeps the structured error of its stage.
package enum RenderFailure: Error {
  /// The chart, the values or the options.
  case chart(ChartError)
  /// A template that does not parse.
  case syntax(ParseFailure)
  /// A template that fails while it runs; `values` are those it saw.
  case execution(ExecutionError, origins: OriginTable, values: MapValue)
  /// A document that is not YAML, or not an object; `files` is everything that was rendered.
  case manifest(ManifestFailure)
}

/// A rendered document that Helm cannot read.
package struct ManifestFailure: Error {
  package let file: RenderedFile
  /// The document in the file's text.
  package let document: ByteRange
  package let error: YAMLError
  package var files: [RenderedFile] = []
  package var origins: OriginTable?
}

extension RenderFailure {
  /// The error as Helm prints it after `Error: `, without the hint about `--debug`.
  package var message: ByteString {
    switch self {
    case .chart(let error): error.message
    case .syntax(let failure): failure.helmText
    case .execution(let error, _, _): error.helmText
    case .manifest(let failure): ByteString("YAML parse error on \(failure.file.path): \(failure.error.message)")
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
