import Diagnostics

extension RenderFailure {
  /// The failure placed in source, where it has a place.
  package var diagnostic: Diagnostic? {
    switch self {
    case .syntax(let failure): failure.diagnostic
    case .chart, .execution, .manifest: nil
    }
  }
}
