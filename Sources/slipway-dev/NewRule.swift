/// The four parts of a new rule: its file, its check, and a fixture for either side. The page is generated.
struct NewRule {
  let category: String
  let id: String

  init(category: String, id: String) throws(RuleFileError) {
    let isKebab = { (text: String) in
      !text.isEmpty && text.first != "-" && text.last != "-"
        && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
    guard isKebab(category), isKebab(id) else {
      throw RuleFileError(description: "category and id must be lower-case words joined by hyphens")
    }
    self.category = category
    self.id = id
  }

  var outputs: [(path: String, text: String)] {
    let name = RuleFile.camelCase(id)
    let type = name.prefix(1).uppercased() + name.dropFirst()
    let folder = category == "api" ? "API" : category.prefix(1).uppercased() + category.dropFirst()
    return [
      ("rules/\(category)/\(id).yaml", ruleFile),
      ("Sources/Rules/Checks/\(folder)/\(type).swift", check(name)),
      ("fixtures/rules/\(id)/bad/first-case/manifest.yaml", "# The finding's carets go under the guilty bytes.\n"),
      ("fixtures/rules/\(id)/good/first-exemption/manifest.yaml", "# Nothing may be found here.\n"),
    ]
  }

  private var ruleFile: String {
    """
    id: \(id)
    summary: What is wrong, in a few words
    level: [warning]
    profile: default
    since: 0.1.0
    subject: workload
    check: \(id)
    options: {}
    message: "{kind}/{name} …"
    why: What happens to a user's rollout.
    remedy: What to do instead.
    fix: none
    references: []
    peers: []
    clauses:
      fires:
        first-case: When it fires
      silent:
        first-exemption: When it does not
    examples:
      bad: []
      good: []

    """
  }

  private func check(_ name: String) -> String {
    """
    import Kubernetes

    extension Check {
      /// `\(id)`: what it looks for.
      package static let \(name) = Check.workload { workload, context in
        .pass
      }
    }

    """
  }
}
