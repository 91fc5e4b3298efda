import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `surge-cannot-schedule`: the pod that an update adds has no place to run.
  package static let surgeCannotSchedule = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard workload.kind == .deployment else { return .exempt("other-controllers") }
    guard case .rolling(let update, let nodes) = workload.updateStrategy else { return .exempt("other-strategy") }
    guard let replicas = context.joins.replicas(of: workload) else {
      return .unknown(Undecided("how many pods \(workload.object.identity) has"))
    }
    if replicas.isStopped { return .exempt("scaled-to-zero") }
    let step = update.step(replicas: replicas.updated.upperBound)
    guard step.surge > 0 else { return .exempt("no-surge") }
    let surge = CrowdedSurge(workload: workload, step: step, nodes: nodes, replicas: replicas, context: context)
    let findings = surge.ofNodes + surge.ofQuotas
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct CrowdedSurge {
  let workload: Workload
  let step: RollingUpdate.Step
  let nodes: RollingUpdateNodes
  let replicas: Replicas
  let context: CheckContext

  /// What keeps two pods of the workload off the same node.
  private var exclusion: Node? {
    for container in workload.pod.containers where container.role != .initial {
      for port in container.ports {
        if let host = port.node["hostPort"], host.integer ?? 0 > 0 { return host }
      }
    }
    if workload.pod.usesHostNetwork, workload.pod.containers.contains(where: { !$0.ports.isEmpty }) {
      return workload.pod.spec["hostNetwork"]
    }
    return workload.pod.antiAffinityTerms.first { term in
      term.isRequired && term.topologyKey == "kubernetes.io/hostname"
        && term.selects(workload.pod.labels, namespace: workload.object.namespace)
    }?.node
  }

  var ofNodes: [Finding] {
    guard let exclusion else { return [] }
    let count = context.options.integer("nodes")
    if count > 0 {
      guard step.podsMaximum > count else { return [] }
      return [finding(.error, at: exclusion, "\(step.podsMaximum) nodes", "\(count) exist")]
    }
    guard step.unavailable == 0 else { return [] }
    return [finding(.warning, at: exclusion, "\(step.podsMaximum) nodes", "one more than it has pods")]
  }

  /// A quota on the number of pods that the namespace's workloads fill up.
  var ofQuotas: [Finding] {
    context.scope.objects.compactMap { quota in
      guard quota.isKind("ResourceQuota", group: ""), quota.namespace == workload.object.namespace,
        quota.node.descend("spec", "scopeSelector") == nil, quota.node.descend("spec", "scopes") == nil,
        let hard = quota.node.descend("spec", "hard"), let entry = hard["pods"] ?? hard["count/pods"],
        let limit = entry.scalar.flatMap({ Int($0) })
      else { return nil }
      let wanted = podsOfNamespace
      let (all, isTooLarge) = wanted.addingReportingOverflow(step.surge)
      guard isTooLarge || all > limit else { return nil }
      return finding(
        .error, at: entry, "\(isTooLarge ? Int.max : all) pods of quota `\(quota.name)`", "\(limit) exist")
    }
  }

  /// The most pods that the workloads of the namespace have.
  private var podsOfNamespace: Int {
    context.joins.workloads.reduce(0) { sum, other in
      guard other.object.namespace == workload.object.namespace, other.isLongRunning,
        let replicas = context.joins.replicas(of: other), !replicas.isStopped
      else { return sum }
      return sum &+ replicas.range.upperBound
    }
  }

  private func finding(_ level: Level, at node: Node, _ need: String, _ available: String) -> Finding {
    var related = nodes.maxSurge.map { [Related(.value($0), "the pods that an update adds")] } ?? []
    if let most = replicas.autoscaler?.maximumNode ?? workload.specNode["replicas"] {
      related.append(Related(.value(most), "the number of pods"))
    }
    return context.finding(
      level, in: workload.object, at: node.isScalar ? .value(node) : .key(node["topologyKey"] ?? node),
      related: related, holes: workload.holes + [Hole("need", need), Hole("available", available)])
  }
}
