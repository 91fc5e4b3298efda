/// A rule of a pod template that keeps pods together or apart.
package struct PodAffinityTerm: Sendable {
  /// The term itself, below `podAffinityTerm` where it has a weight.
  package let node: Node
  /// Pods are not scheduled at all where it does not hold.
  package let isRequired: Bool

  package var topologyKey: String? { node["topologyKey"]?.scalar }
  package var selectorNode: Node? { node["labelSelector"] }

  /// Whether the term counts pods with these labels that live in this namespace.
  package func selects(_ labels: Labels, namespace: String) -> Bool {
    let names = (node["namespaces"]?.items ?? []).compactMap(\.scalar)
    guard names.isEmpty || names.contains(namespace) else { return false }
    return Selector(selectorNode, form: .labelSelector).matches(labels)
  }
}

extension PodTemplate {
  /// `affinity.podAffinity` or `affinity.podAntiAffinity`.
  package func affinityTerms(_ key: String) -> [PodAffinityTerm] {
    let affinity = spec.descend("affinity", key)
    let required = affinity?["requiredDuringSchedulingIgnoredDuringExecution"]?.items ?? []
    let preferred = affinity?["preferredDuringSchedulingIgnoredDuringExecution"]?.items ?? []
    return required.filter(\.isMapping).map { PodAffinityTerm(node: $0, isRequired: true) }
      + preferred.compactMap { $0["podAffinityTerm"] }.map { PodAffinityTerm(node: $0, isRequired: false) }
  }

  package var antiAffinityTerms: [PodAffinityTerm] { affinityTerms("podAntiAffinity") }
  package var spreadConstraints: [Node] {
    (spec["topologySpreadConstraints"]?.items ?? []).filter(\.isMapping)
  }
}
