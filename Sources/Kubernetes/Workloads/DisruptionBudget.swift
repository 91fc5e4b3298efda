/// A PodDisruptionBudget.
package struct DisruptionBudget: Sendable {
  package let object: KubernetesObject

  package init?(_ object: KubernetesObject) {
    guard object.isKind("PodDisruptionBudget", group: "policy") else { return nil }
    self.object = object
  }

  package var spec: Node? { object.node["spec"] }
  package var name: String { object.name }
  package var selector: Selector { Selector(spec?["selector"], form: .labelSelector) }
  package var selectorNode: Node? { spec?["selector"] }

  /// Whether pods of the workload are covered. An empty selector covers all pods of the namespace in policy/v1 and none
  /// in policy/v1beta1.
  package func selects(_ workload: Workload) -> Bool {
    guard object.namespace == workload.object.namespace else { return false }
    if object.identity.version == "v1beta1", let node = selectorNode, node.childCount == 0 { return false }
    return selector.matches(workload.pod.labels)
  }
}
