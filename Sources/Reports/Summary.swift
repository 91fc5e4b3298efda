import Diagnostics

extension Summary {
  /// The last line of a text report.
  func line(counting diagnostics: [Diagnostic]) -> String {
    let counts = LevelCounts(diagnostics)
    let notes = counts.notes == 0 ? "" : ", " + plural(counts.notes, "note")
    let suppressed = counts.suppressed == 0 ? "" : ", \(counts.suppressed) suppressed"
    let baselined = counts.baselined == 0 ? "" : ", \(counts.baselined) in the baseline"
    return "checked \(checked) of \(objects) objects, \(skipped) skipped, \(undecided) undecided; "
      + "\(plural(counts.errors, "error")), \(plural(counts.warnings, "warning"))\(notes)\(suppressed)\(baselined)"
  }
}

/// How many diagnostics there are of each level, and how many that do not count.
struct LevelCounts: Hashable {
  var errors = 0
  var warnings = 0
  var notes = 0
  var suppressed = 0
  var baselined = 0

  init(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics {
      switch (diagnostic.standing, diagnostic.level) {
      case (.suppressed, _): suppressed += 1
      case (.baselined, _): baselined += 1
      case (.reported, .error): errors += 1
      case (.reported, .warning): warnings += 1
      case (.reported, .note): notes += 1
      }
    }
  }
}

func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
