import Diagnostics
import SourceText

/// The findings of a page, one article each.
struct HTMLFindings {
  private let content: ReportContent
  private let rules: [String: RuleDescription]
  private var positions = Positions()

  init(_ content: ReportContent) {
    self.content = content
    rules = Dictionary(content.catalogue().map { ($0.id, $0) }) { first, _ in first }
  }

  mutating func articles() -> String {
    var result = ""
    var path: String?
    for (number, diagnostic) in content.diagnostics.enumerated() {
      let file = diagnostic.primary.map { positions.name(of: $0.place.file) } ?? ""
      if file != path {
        if path != nil { result += "</section>\n" }
        result += "<section>\n" + (file.isEmpty ? "" : "<h2>\(markup(file))</h2>\n")
        path = file
      }
      result += article(diagnostic, number: number + 1)
    }
    return result + (path == nil ? "" : "</section>\n")
  }

  private mutating func article(_ diagnostic: Diagnostic, number: Int) -> String {
    let level = diagnostic.level.rawValue
    let environments = diagnostic.environments.map { markup($0) }.joined(separator: "\n")
    let standing = diagnostic.counts ? "" : " quiet"
    let isOpen = diagnostic.counts ? " open" : ""
    return """
      <article id="f\(number)" class="\(level)\(standing)" tabindex="-1" data-level="\(level)" \
      data-rule="\(markup(diagnostic.id.name))" data-environments="\(environments)">
      <details\(isOpen)>
      <summary><span class="level">\(level)</span> <span class="message">\(HTMLReport.inline(diagnostic.message))</span>
      <span class="facts"><a href="#f\(number)">\(markup(place(of: diagnostic)))</a> \
      <span class="rule">\(markup(diagnostic.id.name))</span>\(chips(for: diagnostic))</span></summary>
      \(excerpts(of: diagnostic))
      \(remarks(on: diagnostic))
      \(edits(of: diagnostic))
      \(provenance(of: diagnostic))
      </details>
      </article>

      """
  }

  private mutating func place(of diagnostic: Diagnostic) -> String {
    guard let place = diagnostic.primary?.place else { return "no place" }
    let position = positions.position(of: place.range.start, in: place.file)
    return "\(position.line):\(position.column)"
  }

  private func chips(for diagnostic: Diagnostic) -> String {
    let names = content.environmentsToName(of: diagnostic)
    let only = names.isEmpty ? "" : "<span class=\"only\">only</span>"
    let chips = names.map { "<span class=\"chip\">\(markup($0))</span>" }
    let standing: String
    switch diagnostic.standing {
    case .reported: standing = ""
    case .suppressed: standing = "<span class=\"chip\">suppressed</span>"
    case .baselined: standing = "<span class=\"chip\">in the baseline</span>"
    }
    return ([only] + chips + [standing]).filter { !$0.isEmpty }.map { " " + $0 }.joined()
  }

  // MARK: Body

  private mutating func excerpts(of diagnostic: Diagnostic) -> String {
    let groups = LabelGroup.groups(of: diagnostic, positions: &positions)
    return groups.map { group in
      let place = SourceRange(group.file, group.labels[0].place.range)
      let excerpt = HTMLExcerpt(group, primary: diagnostic.primary, positions: &positions)
      return "<figure><figcaption>\(markup(positions.name(of: place)))</figcaption>\n\(excerpt.text)</figure>\n"
    }.joined()
  }

  private mutating func remarks(on diagnostic: Diagnostic) -> String {
    var rows: [(String, String)] = []
    if let rendered = diagnostic.rendered {
      let field = rendered.field.isEmpty ? "" : " <code>\(markup(printable(rendered.field)))</code>"
      rows.append(("rendered", "<code>\(markup(printable(rendered.object)))</code>" + field))
    }
    let others = content.environmentsWithout(diagnostic)
    if !others.isEmpty, !content.environmentsToName(of: diagnostic).isEmpty {
      let names = diagnostic.environments.joined(separator: ", ")
      rows.append(("environments", markup("only in \(names), not in \(others.joined(separator: ", "))")))
    }
    for note in diagnostic.notes { rows.append((note.kind.rawValue, HTMLReport.inline(note.text))) }
    if let record = diagnostic.suppression {
      rows.append(("suppressed", markup("\(record.reason) (\(positions.name(of: record.place)))")))
    }
    if let reference = rules[diagnostic.id.name]?.references.first {
      rows.append(("see", "<a href=\"\(markup(reference))\">\(markup(reference))</a>"))
    }
    return "<dl>" + rows.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined() + "</dl>"
  }

  private mutating func edits(of diagnostic: Diagnostic) -> String {
    diagnostic.fixIts.map { fixIt in
      let preview = EditPreview(of: fixIt, gutter: 3, style: .plain(), positions: &positions)
      let rows = preview.rows.map { row in
        let sign = row.dropFirst(4).first
        let kind = sign == "+" ? "added" : sign == "-" ? "removed" : ""
        return "<span class=\"\(kind)\">\(markup(row))</span>"
      }
      let safety = fixIt.isSafe ? "" : " (look at what else it changes)"
      return
        "<p class=\"edit\">\(HTMLReport.inline(fixIt.title))\(safety)</p><pre class=\"diff\">\(rows.joined())</pre>"
    }.joined()
  }

  // MARK: Provenance

  private func provenance(of diagnostic: Diagnostic) -> String {
    guard let trace = diagnostic.trace, !trace.pieces.isEmpty else { return "" }
    var nodes = TraceNodes()
    let tree = Self.tree(trace.pieces.map { nodes.node(of: $0) })
    let isOpen = trace.pieces.count > 1 ? " open" : ""
    return "<details class=\"provenance\"\(isOpen)><summary>Where the text comes from</summary>\(tree)</details>"
  }

  private static func tree(_ nodes: [TraceNode]) -> String {
    guard !nodes.isEmpty else { return "" }
    return "<ul>" + nodes.map { "<li>\(HTMLReport.inline($0.text))\(tree($0.children))</li>" }.joined() + "</ul>"
  }
}
