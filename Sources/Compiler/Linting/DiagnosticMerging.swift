import Diagnostics

/// One diagnostic for each cause: what `range` or several environments say of one place becomes one diagnostic that
/// names the further objects. Sorted as a report is.
func merged(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  struct Cause: Hashable {
    var id: DiagnosticID
    var message: String
    var primary: Label?
  }
  var indices: [Cause: Int] = [:]
  var result: [Diagnostic] = []
  var further: [[RenderedLocation]] = []
  for diagnostic in diagnostics {
    let cause = Cause(id: diagnostic.id, message: diagnostic.message, primary: diagnostic.primary)
    guard diagnostic.primary != nil, let index = indices[cause] else {
      indices[cause] = result.count
      result.append(diagnostic)
      further.append([])
      continue
    }
    result[index].level = max(result[index].level, diagnostic.level)
    if let rendered = diagnostic.rendered, rendered != result[index].rendered, !further[index].contains(rendered) {
      further[index].append(rendered)
    }
  }
  for (index, places) in further.enumerated() where !places.isEmpty {
    result[index].notes.append(Note(.note, also(places)))
  }
  return result.sorted(by: Diagnostic.precedes)
}

private func also(_ places: [RenderedLocation]) -> String {
  let names = places.prefix(3).map { $0.field.isEmpty ? $0.object : "\($0.object) \($0.field)" }
  let rest = places.count > 3 ? " and \(places.count - 3) more" : ""
  return "also rendered as " + names.joined(separator: ", ") + rest
}
