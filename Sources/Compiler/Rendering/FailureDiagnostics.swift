import Diagnostics

extension RenderFailure {
  /// The failure placed in source, where it has a place.
  package func diagnostic(in record: RenderRecord) -> Diagnostic? {
    switch self {
    case .syntax(let failure): failure.diagnostic
    case .chart(let error): error.diagnostic
    case .execution(let error):
      RenderExplanation(
        origins: record.origins.map, values: record.values,
        templateNames: record.evaluator?.set.names.map(\.string) ?? []
      ).diagnostic(of: error)
    case .manifest(let failure):
      YAMLFault(failure.error, of: SourceMap(rendered: failure.file.text, origins: record.origins.map)).diagnostic
    }
  }
}
