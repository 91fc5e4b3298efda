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
  /// Objects of kinds that some operator brought into the cluster.
  package let customObjects: [KubernetesObject]
  private let objectsByKind: [ObjectKind: [KubernetesObject]]

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
    customObjects = scope.objects.filter { Self.isCustom($0) }
    objectsByKind = Dictionary(grouping: scope.objects) { ObjectKind($0.kind, group: $0.identity.group) }
    imageTagKeys = provenance.map { [workloads] in Self.imageTagKeys(of: workloads, $0) } ?? []
  }

  /// The objects of a kind, of whatever version, in document order.
  package func objects(_ kind: ObjectKind) -> [KubernetesObject] { objectsByKind[kind] ?? [] }

  /// All kinds that the scope holds.
  package var kinds: Set<ObjectKind> { Set(objectsByKind.keys) }

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

/// A kind of objects in all its versions.
package struct ObjectKind: Hashable, Sendable {
  package let kind: String
  package let group: String

  package init(_ kind: String, group: String) {
    self.kind = kind
    self.group = group
  }

  package static let configMap = ObjectKind("ConfigMap", group: "")
  package static let secret = ObjectKind("Secret", group: "")
  package static let serviceAccount = ObjectKind("ServiceAccount", group: "")
  package static let role = ObjectKind("Role", group: "rbac.authorization.k8s.io")
  package static let clusterRole = ObjectKind("ClusterRole", group: "rbac.authorization.k8s.io")
  package static let roleBinding = ObjectKind("RoleBinding", group: "rbac.authorization.k8s.io")
  package static let clusterRoleBinding = ObjectKind("ClusterRoleBinding", group: "rbac.authorization.k8s.io")
  package static let service = ObjectKind("Service", group: "")
  package static let ingress = ObjectKind("Ingress", group: "networking.k8s.io")
  package static let limitRange = ObjectKind("LimitRange", group: "")
}
