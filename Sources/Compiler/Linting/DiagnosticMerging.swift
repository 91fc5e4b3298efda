import Diagnostics
import SourceText

/// One diagnostic for each cause, sorted as a report is: what `range` says of one place becomes one diagnostic that
/// names the further objects, and what several environments say of one field one that names the environments.
func merged(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  var merging = DiagnosticMerging()
  for diagnostic in diagnostics { merging.add(diagnostic) }
  return merging.result.sorted(by: Diagnostic.precedes)
}

private struct DiagnosticMerging {
  /// What makes two diagnostics one.
  private enum Cause: Hashable {
    case message(DiagnosticID, PlaceKey, String)
    /// The message may name another value in another environment.
    case field(DiagnosticID, PlaceKey, RenderedLocation)
  }

  private struct LabelKey: Hashable {
    let place: PlaceKey
    let message: String
    init(_ label: Label) { (place, message) = (PlaceKey(label.place), label.message) }
  }

  private var indices: [Cause: Int] = [:]
  private var diagnostics: [Diagnostic] = []
  private var further: [[RenderedLocation]] = []

  mutating func add(_ diagnostic: Diagnostic) {
    guard let index = index(of: diagnostic) else {
      for cause in causes(of: diagnostic) { indices[cause] = diagnostics.count }
      diagnostics.append(diagnostic)
      further.append([])
      return
    }
    diagnostics[index].level = max(diagnostics[index].level, diagnostic.level)
    // What is suppressed in one environment still counts in another.
    if diagnostic.counts { diagnostics[index].standing = .reported }
    for name in diagnostic.environments where !diagnostics[index].environments.contains(name) {
      diagnostics[index].environments.append(name)
    }
    let known = Set(diagnostics[index].related.map { LabelKey($0) })
    for label in diagnostic.related where !known.contains(LabelKey(label)) { diagnostics[index].related.append(label) }
    if let rendered = diagnostic.rendered, rendered != diagnostics[index].rendered, !further[index].contains(rendered) {
      further[index].append(rendered)
    }
  }

  private func index(of diagnostic: Diagnostic) -> Int? {
    causes(of: diagnostic).lazy.compactMap { indices[$0] }.first
  }

  private func causes(of diagnostic: Diagnostic) -> [Cause] {
    guard let primary = diagnostic.primary.map({ PlaceKey($0.place) }) else { return [] }
    var causes = [Cause.message(diagnostic.id, primary, diagnostic.message)]
    if !diagnostic.environments.isEmpty, let rendered = diagnostic.rendered {
      causes.append(.field(diagnostic.id, primary, rendered))
    }
    return causes
  }

  var result: [Diagnostic] {
    var result = diagnostics
    for (index, places) in further.enumerated() where !places.isEmpty {
      result[index].notes.append(Note(.note, Self.also(places)))
    }
    return result
  }

  private static func also(_ places: [RenderedLocation]) -> String {
    let names = places.prefix(3).map { $0.field.isEmpty ? $0.object : "\($0.object) \($0.field)" }
    let rest = places.count > 3 ? " and \(places.count - 3) more" : ""
    return "also rendered as " + names.joined(separator: ", ") + rest
  }
}
