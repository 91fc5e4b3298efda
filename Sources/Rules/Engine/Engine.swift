import Diagnostics
import Kubernetes

/// Runs the rules of a catalogue over a scope.
package struct Engine: Sendable {
  private let rules: [Rule]
  private let settings: Settings

  package init(rules: [Rule] = Catalogue.rules, settings: Settings = Settings()) {
    self.settings = settings
    self.rules = rules.filter(settings.isEnabled)
  }

  /// Findings in the order of the rules and, within a rule, of the objects.
  package func inspect(_ scope: Scope, provenance: (any Provenance)? = nil) -> Inspection {
    let joins = Joins(scope)
    var inspection = Inspection(objectCount: scope.objects.count, unreadableDocuments: scope.unreadableDocuments)
    for rule in rules {
      let context = CheckContext(
        ruleID: rule.id, options: Options(rule.options, settings: settings.rules[rule.id]?.options ?? [:]),
        isStrict: settings.profile == .strict, scope: scope, joins: joins, provenance: provenance)
      let level = settings.rules[rule.id]?.level
      rule.check.run(context) { inspection.record($0, of: rule, level: level) }
    }
    inspection.silenceConsequences(categories: Dictionary(rules.map { ($0.id, $0.category) }) { first, _ in first })
    return inspection
  }
}

extension Check {
  /// Runs the check on each of its subjects and hands every outcome on.
  func run(_ context: CheckContext, _ report: (Outcome) -> Void) {
    switch self {
    case .container(let body):
      for workload in context.joins.workloads {
        for container in workload.pod.containers { report(body(container, workload, context)) }
      }
    case .workload(let body):
      for workload in context.joins.workloads { report(body(workload, context)) }
    case .service(let body):
      for service in context.joins.services { report(body(service, context)) }
    case .object(let body):
      for object in context.scope.objects { report(body(object, context)) }
    }
  }
}
