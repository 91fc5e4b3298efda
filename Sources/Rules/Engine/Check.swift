import Delivery
import Kubernetes

/// The Swift of a rule: a function run once for each of its subjects.
package enum Check: Sendable {
  case container(@Sendable (Container, Workload, CheckContext) -> Outcome)
  case workload(@Sendable (Workload, CheckContext) -> Outcome)
  case service(@Sendable (Service, CheckContext) -> Outcome)
  case autoscaler(@Sendable (Autoscaler, CheckContext) -> Outcome)
  case budget(@Sendable (DisruptionBudget, CheckContext) -> Outcome)
  case object(@Sendable (KubernetesObject, CheckContext) -> Outcome)
  case script(@Sendable (DeliveryScript, CheckContext) -> Outcome)
  /// Run once, for what objects say only together.
  case scope(@Sendable (CheckContext) -> Outcome)
  /// For a rule that looks at several kinds of subjects.
  indirect case several([Check])

  /// Runs the check on each of its subjects and hands every outcome on, with the object that the subject belongs to.
  func run(_ context: CheckContext, _ report: (KubernetesObject?, Outcome) -> Void) {
    switch self {
    case .container(let body):
      for workload in context.joins.workloads {
        for container in workload.pod.containers { report(workload.object, body(container, workload, context)) }
      }
    case .workload(let body):
      for workload in context.joins.workloads { report(workload.object, body(workload, context)) }
    case .service(let body):
      for service in context.joins.services { report(service.object, body(service, context)) }
    case .autoscaler(let body):
      for autoscaler in context.joins.autoscalers { report(autoscaler.object, body(autoscaler, context)) }
    case .budget(let body):
      for budget in context.joins.budgets { report(budget.object, body(budget, context)) }
    case .object(let body):
      for object in context.scope.objects { report(object, body(object, context)) }
    case .script(let body):
      for script in context.scope.scripts { report(nil, body(script, context)) }
    case .scope(let body): report(nil, body(context))
    case .several(let checks):
      for check in checks { check.run(context, report) }
    }
  }
}
