import Diagnostics
import SourceText

/// What the engine itself says about how it is controlled. None of these can be suppressed.
package enum EngineDiagnostics {
  package static let unknownConfiguration: DiagnosticID = "unknown-configuration"

  /// A suppression that matched nothing.
  package static func unused(_ suppression: Suppression) -> Diagnostic {
    Diagnostic(
      id: "unused-suppression", level: .warning,
      message: "nothing to suppress: no finding of `\(names(suppression))` stands here",
      primary: Label(suppression.place),
      notes: [
        Note(.why, "A suppression that outlives its finding hides the next one."),
        Note(.fix, "Remove it, or move it to the line that the finding points at."),
      ])
  }

  package static func expired(_ suppression: Suppression, _ until: Day) -> Diagnostic {
    Diagnostic(
      id: "expired-suppression", level: .error,
      message: "the suppression of `\(names(suppression))` was valid until \(until)", primary: Label(suppression.place),
      notes: [Note(.fix, "Mend what it suppressed, or decide anew and give a later day.")])
  }

  package static func malformed(_ reason: String, at place: SourceRange?) -> Diagnostic {
    Diagnostic(
      id: "malformed-suppression", level: .error, message: "this suppression suppresses nothing: \(reason)",
      primary: place.map { Label($0) },
      notes: [
        Note(.fix, "Name the rules and say why: `slipway:ignore RULE[,RULE] -- a reason of ten characters or more`")
      ])
  }

  package static func unknown(_ message: String, at place: SourceRange?) -> Diagnostic {
    Diagnostic(
      id: unknownConfiguration, level: .error, message: message, primary: place.map { Label($0) },
      notes: [Note(.note, "`slipway config schema` prints what the file may hold")])
  }

  private static func names(_ suppression: Suppression) -> String {
    suppression.rules.map(\.description).joined(separator: ", ")
  }
}
