import Diagnostics

extension Summary {
  /// The last line of a text report.
  func line(counting diagnostics: [Diagnostic]) -> String {
    let counts = LevelCounts(diagnostics)
    let notes = counts.notes == 0 ? "" : ", " + plural(counts.notes, "note")
    return "checked \(checked) of \(objects) objects, \(skipped) skipped, \(undecided) undecided; "
      + "\(plural(counts.errors, "error")), \(plural(counts.warnings, "warning"))\(notes)"
  }
}

/// How many diagnostics there are of each level.
struct LevelCounts: Hashable {
  var errors = 0
  var warnings = 0
  var notes = 0

  init(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      switch diagnostic.level {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
    }
  }
}

private func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
