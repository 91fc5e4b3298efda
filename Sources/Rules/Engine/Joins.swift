import Kubernetes

/// The objects of a scope by what they are, and how they refer to each other; made once for all rules.
package struct Joins: Sendable {
  package let workloads: [Workload]
  package let services: [Service]

  init(_ scope: Scope) {
    workloads = scope.objects.compactMap { Workload($0, customKinds: scope.workloadKinds) }
    services = scope.objects.compactMap(Service.init)
  }

  /// The Services that select the workload's pods.
  package func services(selecting workload: Workload) -> [Service] { services.filter { $0.selects(workload) } }

  /// The ways in which Services of the scope serve a container.
  package func servings(of container: Container, in workload: Workload) -> [Serving] {
    services.flatMap { $0.servings(of: container, in: workload) }
  }
}
