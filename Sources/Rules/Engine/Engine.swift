import Diagnostics
import Kubernetes

/// Runs the rules of a catalogue over a scope.
package struct Engine: Sendable {
  private let rules: [Rule]
  private let settings: Settings
  private let tagOptions: Options

  package init(rules: [Rule] = Catalogue.rules, settings: Settings = Settings()) {
    self.settings = settings
    self.rules = rules.filter(settings.isEnabled)
    let tagRule = rules.first { $0.id == "mutable-image-tag" }
    tagOptions = Options(tagRule?.options ?? [], settings: tagRule.flatMap { settings.rules[$0.id] }?.options ?? [:])
  }

  /// Findings in the order of the rules and, within a rule, of the objects.
  package func inspect(_ scope: Scope, provenance: (any Provenance)? = nil) -> Inspection {
    let joins = Joins(scope, provenance: provenance)
    var inspection = Inspection(objects: scope.objects, unreadableDocuments: scope.unreadableDocuments)
    for rule in rules {
      let context = CheckContext(
        ruleID: rule.id, options: Options(rule.options, settings: settings.rules[rule.id]?.options ?? [:]),
        tagOptions: tagOptions, isStrict: settings.profile == .strict, scope: scope, joins: joins,
        provenance: provenance)
      let level = settings.rules[rule.id]?.level
      rule.check.run(context) { object, outcome in
        inspection.record(outcome, of: rule, about: object, level: level)
      }
    }
    inspection.silenceConsequences(categories: Dictionary(rules.map { ($0.id, $0.category) }) { first, _ in first })
    return inspection
  }
}
