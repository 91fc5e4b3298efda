import Delivery
import Kubernetes

/// The Swift of a rule: a function run once for each of its subjects.
package enum Check: Sendable {
  case container(@Sendable (Container, Workload, CheckContext) -> Outcome)
  case workload(@Sendable (Workload, CheckContext) -> Outcome)
  case service(@Sendable (Service, CheckContext) -> Outcome)
  case object(@Sendable (KubernetesObject, CheckContext) -> Outcome)
  case script(@Sendable (DeliveryScript, CheckContext) -> Outcome)

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
    case .script(let body):
      for script in context.scope.scripts { report(body(script, context)) }
    }
  }
}
