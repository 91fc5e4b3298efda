import Diagnostics

/// What a report tells of: every format is a function of this and of the sources that it points into.
package struct ReportContent: Sendable {
  /// In the order of a report; suppressed ones among them.
  package let diagnostics: [Diagnostic]
  package var summary: Summary
  /// All environments of the run; empty where there is but one.
  package var environments: [String] = []
  /// What is missing for a decision, with the number of checks that miss it.
  package var undecided: [(reason: String, count: Int)] = []
  /// Entries of baselines that no finding matches any more.
  package var stale: [String] = []
  /// Makes the catalogue, in its order, for the formats that list it: to word it takes longer than to lint a chart.
  package var catalogue: @Sendable () -> [RuleDescription] = { [] }
  package var toolVersion = ""

  package init(diagnostics: [Diagnostic], summary: Summary) {
    self.diagnostics = diagnostics.sorted(by: Diagnostic.precedes)
    self.summary = summary
  }

  /// Those that count in the verdict.
  var reported: [Diagnostic] { diagnostics.filter(\.counts) }

  /// The environments that a reader has to be told of: those of a finding that not all have.
  func environmentsToName(of diagnostic: Diagnostic) -> [String] {
    Set(diagnostic.environments) == Set(environments) && !environments.isEmpty ? [] : diagnostic.environments
  }

  /// The environments in which a finding that only some have was not found.
  func environmentsWithout(_ diagnostic: Diagnostic) -> [String] {
    diagnostic.environments.isEmpty ? [] : environments.filter { !diagnostic.environments.contains($0) }
  }
}

/// How findings are written.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For people at a terminal.
  case text
  case json
  /// Static Analysis Results Interchange Format 2.1.0.
  case sarif
  /// The XML that CI systems read as test results.
  case junit
  /// Workflow commands that GitHub shows beside the changed lines.
  case github
  /// GitLab's code quality report.
  case gitlab
  /// One page for a browser.
  case html

  /// The whole report. `style` is for text only.
  package func bytes(of content: ReportContent, style: Style) -> [UInt8] {
    switch self {
    case .text: Array(TextReport(style: style).text(of: content).utf8)
    case .json: JSONReport.text(of: content).bytes
    case .sarif: SARIFReport.text(of: content).bytes
    case .junit: Array(JUnitReport.text(of: content).utf8)
    case .github: Array(GitHubReport.text(of: content).utf8)
    case .gitlab: GitLabReport.text(of: content).bytes
    case .html: Array(HTMLReport.text(of: content).utf8)
    }
  }
}
