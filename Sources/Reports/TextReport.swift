import Diagnostics
import SourceText

/// Diagnostics as text for people.
package struct TextReport: Sendable {
  package var style: Style

  package init(style: Style) { self.style = style }

  /// All that counts in the order of a report, a blank line after each, then the summary and what could not be decided.
  /// Why a rule's finding hurts and what to do is said once a rule: further findings of it are shown without.
  package func text(of content: ReportContent) -> String {
    var positions = Positions()
    var explained: Set<Note> = []
    var result = ""
    for var diagnostic in content.reported {
      diagnostic.notes.removeAll { $0.kind != .note && !explained.insert($0).inserted }
      result += heading(of: diagnostic) + block(of: diagnostic, in: content, positions: &positions) + "\n"
    }
    result += style.paint(content.summary.line(counting: content.diagnostics), as: .title) + "\n"
    result += counts(of: content.reported)
    for (reason, count) in content.undecided { result += "\(plural(count, "check")) undecided: \(printable(reason))\n" }
    for entry in content.stale { result += "no longer found, but in the baseline: \(printable(entry))\n" }
    return result
  }

  /// How often each rule was broken, where there is more to see than fits a screen.
  private func counts(of diagnostics: [Diagnostic]) -> String {
    guard diagnostics.count > 10 else { return "" }
    let counts = Dictionary(diagnostics.map { ($0.id.name, 1) }, uniquingKeysWith: +)
    let width = String(counts.values.max() ?? 0).count
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { name, count in
      String(repeating: " ", count: 2 + width - String(count).count) + "\(count) \(name)\n"
    }.joined()
  }

  /// One diagnostic, without a blank line after it.
  package func text(of diagnostic: Diagnostic) -> String {
    text(of: diagnostic, in: ReportContent(diagnostics: [], summary: Summary()))
  }

  func text(of diagnostic: Diagnostic, in content: ReportContent) -> String {
    var positions = Positions()
    return heading(of: diagnostic) + block(of: diagnostic, in: content, positions: &positions)
  }

  /// What stands below Helm's own text of a failed render: from the line with the arrow on.
  package func explanation(of diagnostic: Diagnostic) -> String {
    var positions = Positions()
    return block(of: diagnostic, in: ReportContent(diagnostics: [], summary: Summary()), positions: &positions)
  }

  private func heading(of diagnostic: Diagnostic) -> String {
    let name = style.paint("\(diagnostic.level.rawValue)[\(diagnostic.id.name)]", as: .level(diagnostic.level))
    return name + style.paint(": " + indented(printable(diagnostic.message)), as: .title) + "\n"
  }

  private func block(of diagnostic: Diagnostic, in content: ReportContent, positions: inout Positions) -> String {
    let groups = LabelGroup.groups(of: diagnostic, positions: &positions)
    let excerpts = groups.map { group in
      Excerpt(
        of: group.file, labels: group.labels, primary: diagnostic.primary, level: diagnostic.level, style: style,
        positions: &positions)
    }
    let width = max(2, excerpts.map(\.numberWidth).max() ?? 0)
    let bar = style.paint(String(repeating: " ", count: width) + " |", as: .gutter)
    var lines: [String] = []
    for (index, (group, excerpt)) in zip(groups, excerpts).enumerated() {
      let isPrimary = index == 0 && diagnostic.primary != nil
      let place = SourceRange(group.file, group.labels[0].place.range)
      lines.append(style.paint(isPrimary ? "  --> " : "  ::: ", as: .gutter) + positions.name(of: place))
      lines.append(bar)
      lines += excerpt.rows(gutter: width)
      lines.append(bar)
    }
    let remarks = remarks(on: diagnostic, in: content, gutter: width, positions: &positions)
    if remarks.isEmpty, !lines.isEmpty { lines.removeLast() }
    return (lines + remarks).map { $0 + "\n" }.joined()
  }

  // MARK: Remarks

  private func remarks(
    on diagnostic: Diagnostic, in content: ReportContent, gutter width: Int, positions: inout Positions
  ) -> [String] {
    var result: [String] = []
    if let rendered = diagnostic.rendered {
      let field = rendered.field.isEmpty ? "" : " " + rendered.field
      result += remark("rendered", rendered.object + field, gutter: width)
    }
    let names = content.environmentsToName(of: diagnostic)
    if !names.isEmpty {
      let others = content.environmentsWithout(diagnostic)
      let rest = others.isEmpty ? "" : " only, not \(others.joined(separator: ", "))"
      result += remark("environments", names.joined(separator: ", ") + rest, gutter: width)
    }
    for note in diagnostic.notes { result += remark(note.kind.rawValue, note.text, gutter: width) }
    for fixIt in diagnostic.fixIts {
      result += remark(
        "edit", fixIt.title + (fixIt.isSafe ? "" : " (unsafe: look at what else it changes)"), gutter: width)
      result += EditPreview(of: fixIt, gutter: width, style: style, positions: &positions).rows
    }
    return result
  }

  private func remark(_ name: String, _ text: String, gutter width: Int) -> [String] {
    let margin = String(repeating: " ", count: width + 1)
    let lines = printable(text).split(separator: "\n", omittingEmptySubsequences: false)
    let further = margin + "  " + String(repeating: " ", count: name.count + 2)
    return lines.enumerated().map { index, line in
      index == 0
        ? margin + style.paint("=", as: .gutter) + " " + style.paint(name + ":", as: .title) + " " + line
        : further + line
    }
  }

  private func indented(_ message: String) -> String {
    message.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
  }
}

/// Labels that share a file, and thereby an excerpt.
struct LabelGroup {
  var file: SourceFile
  /// Without repetitions; the one that names the excerpt comes first.
  var labels: [Label]

  /// The primary label's group first, then each file in the order in which the labels name it. Labels far from each
  /// other in one file stand in one excerpt with a gap, unless the primary label's excerpt would grow by them.
  static func groups(of diagnostic: Diagnostic, positions: inout Positions) -> [LabelGroup] {
    var groups: [LabelGroup] = []
    var seen: Set<Label> = []
    for label in (diagnostic.primary.map { [$0] } ?? []) + diagnostic.related where seen.insert(label).inserted {
      if let index = groups.firstIndex(where: { $0.takes(label, positions: &positions) }) {
        groups[index].labels.append(label)
      } else {
        groups.append(LabelGroup(file: label.place.file, labels: [label]))
      }
    }
    return groups
  }

  /// True for a label near the group's first: so near that one look takes in both.
  private func takes(_ label: Label, positions: inout Positions) -> Bool {
    guard label.place.file == file else { return false }
    let index = positions.index(of: file)
    let line = index.position(of: label.place.range.start).line
    return labels.contains { abs(index.position(of: $0.place.range.start).line - line) <= 10 }
  }
}
