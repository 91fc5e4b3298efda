import Diagnostics
import SourceText

/// One page for a reviewer: everything is in the file, nothing is fetched.
package enum HTMLReport {
  package static func text(of content: ReportContent) -> String {
    var findings = HTMLFindings(content)
    let articles = findings.articles()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Slipway \(markup(content.toolVersion))">
      <title>Slipway: \(markup(verdict(of: content)))</title>
      <style>
      \(HTMLAssets.style)
      </style>
      </head>
      <body>
      \(header(of: content))
      \(filters(of: content))
      <main>
      \(matrix(of: content))
      \(articles.isEmpty ? nothing(in: content) : articles)
      <p id="none" hidden>No finding fits these filters. <button type="button" data-reset>Show all</button></p>
      \(undecided(in: content))
      </main>
      <footer>Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Enter</kbd> open or close, <kbd>/</kbd> search, \
      <kbd>e</kbd> next environment, <kbd>r</kbd> reset, <kbd>t</kbd> light or dark</footer>
      <script>
      \(HTMLAssets.script)
      </script>
      </body>
      </html>

      """
  }

  // MARK: Head

  private static func verdict(of content: ReportContent) -> String {
    let counts = LevelCounts(content.diagnostics)
    return "\(plural(counts.errors, "error")), \(plural(counts.warnings, "warning"))"
  }

  private static func header(of content: ReportContent) -> String {
    let counts = LevelCounts(content.diagnostics)
    let tiles = [
      ("error", counts.errors, "error"), ("warning", counts.warnings, "warning"), ("note", counts.notes, "note"),
      ("quiet", counts.suppressed, "suppressed"), ("quiet", counts.baselined, "in the baseline"),
    ].filter { $0.0 != "quiet" || $0.1 > 0 }.map { kind, count, noun in
      let name = kind == "quiet" ? noun : count == 1 ? noun : noun + "s"
      return "<li class=\"\(kind)\(count == 0 ? " zero" : "")\"><b>\(count)</b> \(name)</li>"
    }
    let summary = content.summary
    return """
      <header>
      <h1>Slipway</h1>
      <ul class="tiles">\(tiles.joined())</ul>
      <p>Checked \(summary.checked) of \(plural(summary.objects, "object")), \(summary.skipped) skipped, \
      \(plural(summary.undecided, "check")) undecided</p>
      <button type="button" id="theme" aria-label="Light or dark">◐</button>
      </header>
      """
  }

  private static func filters(of content: ReportContent) -> String {
    let levels = Level.allCases.map {
      "<label><input type=\"checkbox\" name=\"level\" value=\"\($0.rawValue)\" checked> \($0.rawValue)</label>"
    }
    let environments =
      content.environments.isEmpty
      ? ""
      : "<select name=\"environment\" aria-label=\"Environment\"><option value=\"\">all environments</option>"
        + content.environments.map { "<option>\(markup($0))</option>" }.joined() + "</select>"
    let rules = Set(content.diagnostics.map(\.id.name)).sorted().map { "<option>\(markup($0))</option>" }
    let hasQuiet = content.diagnostics.contains { !$0.counts }
    let quiet = "<label><input type=\"checkbox\" name=\"quiet\"> suppressed and known</label>"
    return """
      <form class="filters" role="search">
      <input type="search" name="text" placeholder="Search" aria-label="Search">
      \(levels.joined(separator: "\n"))
      \(environments)
      <select name="rule" aria-label="Rule"><option value="">all rules</option>\(rules.joined())</select>
      \(hasQuiet ? quiet : "")
      <output name="shown"></output>
      </form>
      """
  }

  // MARK: Matrix

  /// Rules by environments: where they differ shows at a glance.
  private static func matrix(of content: ReportContent) -> String {
    guard !content.environments.isEmpty else { return "" }
    let reported = content.reported.filter { !$0.environments.isEmpty }
    var ids: [String] = []
    for id in reported.map(\.id.name) where !ids.contains(id) { ids.append(id) }
    let head = content.environments.map { "<th scope=\"col\">\(markup($0))</th>" }.joined()
    let rows = ids.sorted().map { id in
      let cells = content.environments.map { name in
        let count = reported.filter { $0.id.name == id && $0.environments.contains(name) }.count
        guard count > 0 else { return "<td>·</td>" }
        return "<td><button type=\"button\" data-rule=\"\(markup(id))\" data-environment=\"\(markup(name))\">"
          + "\(count)</button></td>"
      }
      return "<tr><th scope=\"row\">\(markup(id))</th>\(cells.joined())</tr>"
    }
    guard !rows.isEmpty else { return "" }
    return "<table class=\"matrix\"><thead><tr><th></th>\(head)</tr></thead><tbody>\(rows.joined())</tbody></table>"
  }

  private static func nothing(in content: ReportContent) -> String {
    "<p class=\"nothing\">Nothing found in \(plural(content.summary.checked, "object")).</p>"
  }

  private static func undecided(in content: ReportContent) -> String {
    guard !content.undecided.isEmpty || !content.stale.isEmpty else { return "" }
    let reasons = content.undecided.map { "<li>\(plural($0.count, "check")) undecided: \(inline($0.reason))</li>" }
    let stale = content.stale.map { "<li>no longer found, but in the baseline: <code>\(markup($0))</code></li>" }
    return "<ul class=\"undecided\">\((reasons + stale).joined())</ul>"
  }

  /// Text with its quotations as code.
  static func inline(_ text: String) -> String {
    let parts = printable(text).split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1 else { return markup(printable(text)) }
    return parts.enumerated().map { $0.offset % 2 == 1 ? "<code>\(markup($0.element))</code>" : markup($0.element) }
      .joined()
  }
}
