import Diagnostics
import Kubernetes

extension Check {
  /// `missing-disruption-budget`: a drain may evict all pods at once.
  package static let missingDisruptionBudget = Check.workload { workload, context in
    if let excuse = AvailabilitySubjects.excuse(forReplicasOf: workload) { return excuse }
    guard let replicas = context.joins.replicas(of: workload) else {
      return .unknown(Undecided("how many pods \(workload.object.identity) has"))
    }
    guard replicas.range.lowerBound >= 2 else { return .exempt("few-pods") }
    guard !context.joins.budgets.contains(where: { $0.selects(workload) }) else { return .pass }
    guard context.scope.isComplete else {
      return .unknown(
        Undecided("no PodDisruptionBudget in the input selects \(workload.object.identity) (input is partial)"))
    }
    let elsewhere = context.joins.budgets.filter { $0.selector.matches(workload.pod.labels) }
    return .finding(
      context.finding(
        .note, in: workload.object, at: .object(workload.object.node),
        related: elsewhere.map { Related(.object($0.object.node), "this budget is in another namespace") },
        holes: workload.holes + [Hole("pods", "\(replicas.range.lowerBound) pods")]))
  }

  /// `overlapping-budgets`: the eviction API refuses a pod that two budgets cover.
  package static let overlappingBudgets = Check.budget { budget, context in
    if let excuse = AvailabilitySubjects.excuse(for: budget.object) { return excuse }
    let budgets = context.joins.budgets
    guard let position = budgets.firstIndex(where: { $0.object.node == budget.object.node }) else { return .pass }
    let covered = context.joins.workloads.filter { $0.isLongRunning && budget.selects($0) }
    for earlier in budgets[..<position] where earlier.object.identity != budget.object.identity {
      guard let workload = covered.first(where: earlier.selects) else { continue }
      var related = [Related(.object(workload.object.node), "these pods have two budgets")]
      if let selector = earlier.selectorNode { related.insert(Related(.key(selector), "the other budget"), at: 0) }
      return .finding(
        context.finding(
          .error, in: budget.object, at: budget.selectorNode.map(Place.key) ?? .object(budget.object.node),
          related: related,
          holes: [Hole("first", earlier.name), Hole("second", budget.name)] + workload.holes))
    }
    return .pass
  }

  /// `unhealthy-pods-block-drain`: pods that are broken already hold up the drain that would move them.
  package static let unhealthyPodsBlockDrain = Check.budget { budget, context in
    if let excuse = AvailabilitySubjects.excuse(for: budget.object) { return excuse }
    // The field came with 1.26 and is on by default since 1.27.
    let isKnown = budget.object.identity.version == "v1" && context.scope.minorVersion ?? .max >= 27
    guard isKnown else { return .exempt("older-api") }
    let policy = budget.spec?["unhealthyPodEvictionPolicy"]
    guard policy?.scalar != "AlwaysAllow" else { return .pass }
    let spec = budget.spec ?? budget.object.node
    let change: NodeEdit.Change =
      policy.map { .replaceText($0, nil, with: "AlwaysAllow") }
      ?? .insert(key: "unhealthyPodEvictionPolicy", value: "AlwaysAllow", into: spec)
    return .finding(
      context.finding(
        .note, in: budget.object,
        at: policy.map(Place.value) ?? .absent(key: "unhealthyPodEvictionPolicy", under: spec),
        holes: [Hole("name", budget.name)],
        edits: [NodeEdit(title: "Let broken pods be evicted", change: change, isSafe: true)]))
  }
}
