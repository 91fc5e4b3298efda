import Diagnostics
import Rules

/// The catalogue as people read it in a terminal.
package enum RulePage {
  /// One line a rule: id, level, profile and what it finds.
  package static var list: String {
    let width = Catalogue.rules.map(\.id.count).max() ?? 0
    return Catalogue.rules.map { rule in
      let id = rule.id + String(repeating: " ", count: width - rule.id.count)
      let level = rule.levels.map(\.rawValue).joined(separator: "/")
      return "\(id)  \(rule.summary) (\(level); \(rule.profile.rawValue))\n"
    }.joined()
  }

  /// Everything about one rule; nil for an id that there is not.
  package static func text(of id: String) -> String? {
    guard let rule = Catalogue.rule(id) else { return nil }
    return [
      heading(rule), section("Why", rule.why.text), section("What to do", rule.remedy.text),
      examples("Bad", rule.examples.bad), examples("Good", rule.examples.good),
      section("Fires", bullets(rule.clauses.fires.map(\.text))),
      section("Stays silent", bullets(rule.clauses.silent.map(\.text))),
      options(rule), section("See also", bullets(rule.references + rule.peers.map { "\($0) asks the same" })),
    ].joined()
  }

  /// The ids of all rules, in the order of the catalogue.
  package static var identifiers: [String] { Catalogue.rules.map(\.id) }

  /// The catalogue as reports tell of it.
  package static var descriptions: [RuleDescription] {
    Catalogue.rules.map { rule in
      RuleDescription(
        id: rule.id, category: rule.category, summary: rule.summary, level: rule.levels.first ?? .warning,
        why: rule.why.filled([]), remedy: rule.remedy.filled([]), references: rule.references)
    }
  }

  /// The nearest rule to a misspelt id.
  package static func suggestion(for id: String) -> String? {
    nearestName(to: id, among: Catalogue.rules.map(\.id))
  }

  private static func heading(_ rule: Rule) -> String {
    """
    \(rule.id): \(rule.summary)

      category \(rule.category), level \(rule.levels.map(\.rawValue).joined(separator: " or ")), \
    profile \(rule.profile.rawValue), since \(rule.since)
      message  \(rule.message.text)

    """
  }

  private static func section(_ title: String, _ text: String) -> String {
    guard !text.isEmpty else { return "" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "\n\(title)\n" + lines.map { "  \($0)\n" }.joined()
  }

  private static func bullets(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }

  private static func examples(_ title: String, _ texts: [String]) -> String {
    section(title, texts.joined(separator: "\n\n"))
  }

  private static func options(_ rule: Rule) -> String {
    section("Options", rule.options.map { "\($0.name): \($0.documentation)" }.joined(separator: "\n"))
  }
}
