/// A HorizontalPodAutoscaler, or a ScaledObject of KEDA.
package struct Autoscaler: Sendable {
  package enum Kind: Hashable, Sendable {
    case horizontal
    case scaledObject
  }

  package let object: KubernetesObject
  package let kind: Kind

  package init?(_ object: KubernetesObject) {
    if object.isKind("HorizontalPodAutoscaler", group: "autoscaling") {
      kind = .horizontal
    } else if object.isKind("ScaledObject", group: "keda.sh") {
      kind = .scaledObject
    } else {
      return nil
    }
    self.object = object
  }

  package var spec: Node? { object.node["spec"] }
  /// As the manifest calls the lower bound.
  package var minimumKey: String { kind == .horizontal ? "minReplicas" : "minReplicaCount" }
  package var maximumKey: String { kind == .horizontal ? "maxReplicas" : "maxReplicaCount" }
  package var minimumNode: Node? { spec?[minimumKey] }
  package var maximumNode: Node? { spec?[maximumKey] }

  /// The fewest pods it scales to: 1 unless written, 0 for a ScaledObject; nil when the field holds no number.
  package var minimum: Int? { bound(minimumNode, default: kind == .horizontal ? 1 : 0) }
  /// The most pods: for a ScaledObject 100 unless written; nil when a HorizontalPodAutoscaler says none.
  package var maximum: Int? { bound(maximumNode, default: kind == .horizontal ? nil : 100) }

  private func bound(_ node: Node?, default value: Int?) -> Int? {
    guard let node else { return value }
    return node.integer.map { max(0, Int(Int32(clamping: $0))) }
  }

  /// Whether it scales this workload: by kind, name, namespace and, where it is written, API group.
  package func targets(_ workload: Workload) -> Bool {
    guard let target = spec?["scaleTargetRef"] else { return false }
    let identity = workload.object.identity
    let kind = target["kind"]?.scalar ?? (self.kind == .scaledObject ? "Deployment" : "")
    guard identity.namespace == object.namespace, identity.kind == kind, identity.name == target["name"]?.scalar else {
      return false
    }
    guard let group = target["apiVersion"]?.scalar.map({ ObjectIdentity.split(apiVersion: $0).group }) else {
      return true
    }
    let sameGroups: Set<String> = ["apps", "extensions"]
    return group == identity.group || sameGroups.isSuperset(of: [group, identity.group])
  }
}
