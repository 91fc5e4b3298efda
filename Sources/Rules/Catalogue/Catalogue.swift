/// All rules that this binary knows.
package enum Catalogue {
  /// In the order of category and id.
  package static let rules: [Rule] = []

  /// The rule of an id or of an id it had before.
  package static func rule(_ id: String) -> Rule? {
    rules.first { $0.id == id } ?? rules.first { $0.aliases.contains(id) }
  }
}
