/// Writes the pages of docs/rules. Every page has the same headings in the same order.
struct PageWriter {
  let rules: [RuleFile]

  func page(of rule: RuleFile) -> String {
    let sections = [
      ("Message", "    \(rule.message)"),
      ("Fires", bullets(rule.firesClauses.map(\.text))),
      ("Stays silent", bullets(rule.silentClauses.map(\.text))),
      ("Why", rule.why),
      ("What to do", rule.remedy),
      ("Fix", rule.fix),
      ("Options", options(of: rule)),
      ("Bad", examples(rule.badExamples)),
      ("Good", examples(rule.goodExamples)),
      ("See also", bullets(rule.references.map { "<\($0)>" } + rule.peers.map { "`\($0)` asks the same" })),
    ]
    return "# \(rule.id)\n\n\(rule.summary).\n\n\(facts(of: rule))\n\n"
      + sections.map { "## \($0.0)\n\n\($0.1)\n" }.joined(separator: "\n")
  }

  /// All rules by category.
  var index: String {
    var text = "# Rules\n\n"
    for category in Set(rules.map(\.category)).sorted() {
      text += "## \(category)\n\n| rule | level | profile | what |\n|---|---|---|---|\n"
      for rule in rules where rule.category == category {
        text += "| [\(rule.id)](\(rule.id).md) | \(rule.levels.joined(separator: ", ")) | \(rule.profile) | "
        text += "\(rule.summary) |\n"
      }
      text += "\n"
    }
    return String(text.dropLast())
  }

  private func facts(of rule: RuleFile) -> String {
    """
    | category | subject | level | profile | since |
    |---|---|---|---|---|
    | \(rule.category) | \(rule.subject) | \(rule.levels.joined(separator: ", ")) | \(rule.profile) | \(rule.since) |
    """
  }

  private func options(of rule: RuleFile) -> String {
    guard !rule.options.isEmpty else { return "None." }
    return "| option | type | default | meaning |\n|---|---|---|---|\n"
      + rule.options.map { option in
        let plain = option.isTable ? "key to \(option.type)" : option.isList ? "list of \(option.type)" : option.type
        let type = plain.replacing("|", with: " or ")
        let value =
          option.isTable
          ? "{}" : option.isList ? "[\(option.defaults.joined(separator: ", "))]" : option.defaults.first ?? ""
        return "| `\(option.name)` | \(type) | `\(value)` | \(option.documentation) |"
      }.joined(separator: "\n")
  }

  private func examples(_ examples: [String]) -> String {
    examples.map { "```yaml\n\($0)\n```" }.joined(separator: "\n\n")
  }

  private func bullets(_ lines: [String]) -> String {
    lines.isEmpty ? "Nothing." : lines.map { "- \($0)" }.joined(separator: "\n")
  }
}
