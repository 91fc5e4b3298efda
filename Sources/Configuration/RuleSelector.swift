import Diagnostics
import Rules

/// Names one rule, or with a slash at its end a category: `mutable-image-tag`, `security/`.
package enum RuleSelector: Hashable, Sendable {
  case rule(String)
  case category(String)

  /// Why a text selects nothing: a clause for a message.
  package struct Unknown: Error, Hashable {
    package var message: String
  }

  /// Old names of rules are understood.
  package init(_ text: String) throws(Unknown) {
    if text.hasSuffix("/") {
      let name = String(text.dropLast())
      let categories = Set(Catalogue.rules.map(\.category)).sorted()
      guard categories.contains(name) else { throw Unknown(message: Self.unknown("category", name, among: categories)) }
      self = .category(name)
    } else {
      guard let rule = Catalogue.rules.first(where: { $0.id == text || $0.aliases.contains(text) }) else {
        throw Unknown(message: Self.unknown("rule", text, among: Catalogue.rules.map(\.id)))
      }
      self = .rule(rule.id)
    }
  }

  private static func unknown(_ what: String, _ name: String, among names: [String]) -> String {
    "there is no \(what) `\(name)`" + (nearestName(to: name, among: names).map { "; did you mean `\($0)`" } ?? "")
  }

  package func selects(_ rule: Rule) -> Bool {
    switch self {
    case .rule(let id): rule.id == id
    case .category(let name): rule.category == name
    }
  }

  /// True for a rule's id; false for a diagnostic that no rule made.
  package func selects(id: String) -> Bool { Catalogue.rule(id).map(selects) ?? false }
}

extension RuleSelector: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rule(let id): id
    case .category(let name): name + "/"
    }
  }
}
