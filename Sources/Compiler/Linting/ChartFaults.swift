import Charts
import Diagnostics
import SourceText

extension ChartError {
  /// The error placed in source, where it has a place. Only the first line of Helm's text is the message.
  package var diagnostic: Diagnostic {
    let lines = message.string.split(separator: "\n", omittingEmptySubsequences: true)
    return Diagnostic(
      id: "chart/invalid", level: .error, message: lines.first.map(String.init) ?? "the chart cannot be used",
      primary: place.map { Label($0, placeMessage) }, notes: lines.dropFirst().map { Note(.note, String($0)) })
  }
}
