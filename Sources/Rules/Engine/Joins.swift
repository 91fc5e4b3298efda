import Kubernetes

/// The objects of a scope by what they are, and how they refer to each other; made once for all rules.
package struct Joins: Sendable {
  package let workloads: [Workload]
  package let services: [Service]
  /// The schemas of the run, with the custom resources that the scope defines.
  package let schemas: Schemas
  package let ingresses: [Ingress]
  package let autoscalers: [Autoscaler]
  package let budgets: [DisruptionBudget]
  package let claims: [VolumeClaim]
  /// The values keys that supply the tag or digest of some image.
  package let imageTagKeys: Set<String>
  /// By the workload's object.
  private let selecting: [Node: [Service]]

  init(_ scope: Scope, provenance: (any Provenance)?) {
    workloads = scope.objects.compactMap { Workload($0, customKinds: scope.workloadKinds) }
    services = scope.objects.compactMap(Service.init)
    schemas = Schemas(
      table: SchemaTable(minorVersion: scope.minorVersion), definitions: scope.definitions + scope.objects)
    ingresses = scope.objects.compactMap(Ingress.init)
    autoscalers = scope.objects.compactMap(Autoscaler.init)
    budgets = scope.objects.compactMap(DisruptionBudget.init)
    claims = scope.objects.compactMap(VolumeClaim.init)
    var selecting: [Node: [Service]] = [:]
    for workload in workloads { selecting[workload.object.node] = services.filter { $0.selects(workload) } }
    self.selecting = selecting
    imageTagKeys = provenance.map { [workloads] in Self.imageTagKeys(of: workloads, $0) } ?? []
  }

  /// The Services that select the workload's pods.
  package func services(selecting workload: Workload) -> [Service] { selecting[workload.object.node] ?? [] }

  /// The ways in which Services of the scope serve a container.
  package func servings(of container: Container, in workload: Workload) -> [Serving] {
    services(selecting: workload).flatMap { $0.servings(of: container, in: workload) }
  }

  private static func imageTagKeys(of workloads: [Workload], _ provenance: any Provenance) -> Set<String> {
    var keys: Set<String> = []
    for node in workloads.flatMap({ $0.pod.containers.compactMap(\.image) }) {
      guard let image = node.scalarBytes.flatMap({ try? ImageReference($0) }) else { continue }
      for range in [image.tag, image.digest].compactMap({ $0 }) {
        for part in provenance.sources(of: node, in: range) ?? [] {
          keys.formUnion(part.source.leaves.compactMap(\.valuesKey))
        }
      }
    }
    return keys
  }
}
