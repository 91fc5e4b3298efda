/// A rule as a report tells of it.
package struct RuleDescription: Hashable, Sendable {
  package var id: String
  package var category: String
  /// What it finds, one line.
  package var summary: String
  /// The gravest level that it gives.
  package var level: Level
  /// Why it hurts.
  package var why: String
  /// What to do.
  package var remedy: String
  package var references: [String]

  package init(
    id: String, category: String, summary: String, level: Level, why: String, remedy: String, references: [String] = []
  ) {
    self.id = id
    self.category = category
    self.summary = summary
    self.level = level
    self.why = why
    self.remedy = remedy
    self.references = references
  }
}
