import Diagnostics

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
    case message(DiagnosticID, Label, String)
    /// The message may name another value in another environment.
    case field(DiagnosticID, Label, RenderedLocation)
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
    for name in diagnostic.environments where !diagnostics[index].environments.contains(name) {
      diagnostics[index].environments.append(name)
    }
    for label in diagnostic.related where !diagnostics[index].related.contains(label) {
      diagnostics[index].related.append(label)
    }
    if let rendered = diagnostic.rendered, rendered != diagnostics[index].rendered, !further[index].contains(rendered) {
      further[index].append(rendered)
    }
  }

  private func index(of diagnostic: Diagnostic) -> Int? {
    causes(of: diagnostic).lazy.compactMap { indices[$0] }.first
  }

  private func causes(of diagnostic: Diagnostic) -> [Cause] {
    guard let primary = diagnostic.primary else { return [] }
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
