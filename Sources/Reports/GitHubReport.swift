import Diagnostics
import SourceText

/// Workflow commands, one line a finding: GitHub shows them beside the lines of a pull request.
package enum GitHubReport {
  package static func text(of content: ReportContent) -> String {
    var positions = Positions()
    return content.reported.map { line(of: $0, content, &positions) }.joined()
  }

  private static func line(
    of diagnostic: Diagnostic, _ content: ReportContent, _ positions: inout Positions
  ) -> String {
    var properties: [(String, String)] = []
    if let place = diagnostic.primary?.place, place.file.kind == .file {
      let start = positions.position(of: place.range.start, in: place.file)
      let end = positions.position(of: max(place.range.start, place.range.end), in: place.file)
      properties = [("file", place.file.path), ("line", String(start.line)), ("endLine", String(end.line))]
      // Columns make sense to GitHub within one line only.
      if start.line == end.line {
        properties += [("col", String(start.column)), ("endColumn", String(max(start.column, end.column - 1)))]
      }
    }
    properties.append(("title", diagnostic.id.name))
    let list = properties.map { "\($0.0)=\(escaped($0.1, also: [":", ","]))" }.joined(separator: ",")
    return "::\(command(for: diagnostic.level)) \(list)::\(escaped(message(of: diagnostic, content)))\n"
  }

  private static func command(for level: Level) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private static func message(of diagnostic: Diagnostic, _ content: ReportContent) -> String {
    let names = content.environmentsToName(of: diagnostic)
    let environments = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    let notes = diagnostic.notes.filter { $0.kind != .note }.map(\.text)
    return printable(([diagnostic.message + environments] + notes).joined(separator: "\n"))
  }

  /// As the runner's own toolkit escapes: data, and of properties the separators too.
  private static func escaped(_ text: String, also separators: [Character] = []) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let isSpecial = scalar == "%" || scalar == "\r" || scalar == "\n" || separators.contains(Character(scalar))
      guard isSpecial else {
        result.unicodeScalars.append(scalar)
        continue
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += "%" + (digits.count < 2 ? "0" : "") + digits
    }
    return result
  }
}
