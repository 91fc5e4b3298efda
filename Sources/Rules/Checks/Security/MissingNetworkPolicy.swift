import Kubernetes

extension Check {
  /// `missing-network-policy`: pods that every pod of the cluster can reach.
  package static let missingNetworkPolicy = Check.workload { workload, context in
    if let clause = SecuritySubjects.exemption(of: workload.object, context) { return .exempt(clause) }
    guard workload.isLongRunning else { return .exempt("short-running") }
    guard !workload.pod.usesHostNetwork else { return .exempt("host-network") }
    let policies = context.scope.objects.compactMap(TrafficPolicy.init).filter { $0.selects(workload) }
    let isCovered = { (direction: String) in policies.contains { $0.directions.contains(direction) } }
    let wanted = context.options.boolean("both") ? ["Ingress", "Egress"] : []
    let missing = policies.isEmpty ? [] : wanted.filter { !isCovered($0) }
    guard policies.isEmpty || !missing.isEmpty else { return .pass }
    guard context.scope.isComplete else {
      return .unknown(Undecided("no NetworkPolicy in the input covers \(workload.object.identity) (input is partial)"))
    }
    var holes = [Hole("kind", workload.object.kind), Hole("name", workload.object.name)]
    if let direction = missing.first { holes.append(Hole("direction", direction.lowercased())) }
    return .finding(
      context.finding(
        .note, in: workload.object, at: .object(workload.object.node),
        related: policies.map { Related(.object($0.object.node), "covers the other direction only") }, holes: holes))
  }
}

/// A policy on the traffic of pods, of Kubernetes or of a network's own kind.
private struct TrafficPolicy {
  let object: KubernetesObject
  private let selector: Selector
  /// Selectors in another language are taken to select everything.
  private let isForeign: Bool
  private let isClusterWide: Bool

  init?(_ object: KubernetesObject) {
    self.object = object
    isClusterWide = ["CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy"].contains(object.kind)
    switch (object.identity.group, object.kind) {
    case ("networking.k8s.io", "NetworkPolicy"), ("extensions", "NetworkPolicy"):
      selector = Selector(object.node.descend("spec", "podSelector"), form: .labelSelector)
      isForeign = false
    case ("cilium.io", "CiliumNetworkPolicy"), ("cilium.io", "CiliumClusterwideNetworkPolicy"):
      selector = Selector(object.node.descend("spec", "endpointSelector"), form: .labelSelector)
      isForeign = false
    case ("crd.projectcalico.org", "NetworkPolicy"), ("crd.projectcalico.org", "GlobalNetworkPolicy"),
      ("projectcalico.org", "NetworkPolicy"), ("projectcalico.org", "GlobalNetworkPolicy"):
      selector = Selector(nil, form: .labelSelector)
      isForeign = true
    default: return nil
    }
  }

  func selects(_ workload: Workload) -> Bool {
    guard isClusterWide || object.namespace == workload.object.namespace else { return false }
    return isForeign || selector.matches(workload.pod.labels)
  }

  /// Ingress unless said otherwise, and Egress where rules for it are there.
  var directions: Set<String> {
    if let types = object.node.descend("spec", "policyTypes") ?? object.node.descend("spec", "types") {
      return Set(types.items.compactMap(\.scalar))
    }
    return object.node.descend("spec", "egress") == nil ? ["Ingress"] : ["Ingress", "Egress"]
  }
}
