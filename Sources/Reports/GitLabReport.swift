import Diagnostics
import SourceText
import Values

/// GitLab's code quality report: a list of issues. What has no file is left out, since GitLab refuses it.
package enum GitLabReport {
  package static func text(of content: ReportContent) -> ByteString {
    var positions = Positions()
    var seen: [String: Int] = [:]
    var issues: [Value] = []
    for diagnostic in content.reported {
      guard let place = diagnostic.primary?.place, place.file.kind == .file else { continue }
      let start = positions.position(of: place.range.start, in: place.file)
      let end = positions.position(of: max(place.range.start, place.range.end - 1), in: place.file)
      // Two issues of one fingerprint would be one.
      let count = seen[diagnostic.fingerprint, default: 0]
      seen[diagnostic.fingerprint] = count + 1
      let names = content.environmentsToName(of: diagnostic)
      let environments = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
      issues.append(
        object([
          "check_name": .string(diagnostic.id.name), "description": .string(diagnostic.message + environments),
          "fingerprint": .string(diagnostic.fingerprint + (count == 0 ? "" : "-\(count)")),
          "severity": .string(severity(of: diagnostic.level)),
          "location": object([
            "path": .string(place.file.path),
            "lines": object(["begin": .int(start.line), "end": .int(max(start.line, end.line))]),
          ]),
        ]))
    }
    return jsonDocument(.list(issues))
  }

  private static func severity(of level: Level) -> String {
    switch level {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
