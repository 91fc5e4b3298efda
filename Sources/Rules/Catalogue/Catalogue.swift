/// All rules that this binary knows; the rules themselves are generated from their files.
package enum Catalogue {
  /// The rule of an id or of an id it had before.
  package static func rule(_ id: String) -> Rule? {
    rules.first { $0.id == id } ?? rules.first { $0.aliases.contains(id) }
  }
}
