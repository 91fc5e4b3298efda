import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `budget-blocks-drains`: a PodDisruptionBudget that never allows an eviction.
  package static let budgetBlocksDrains = Check.budget { budget, context in
    if let excuse = AvailabilitySubjects.excuse(for: budget.object) { return excuse }
    guard let limit = DisruptionLimit(spec: budget.spec), limit != .both else { return .exempt("rejected") }
    let covered = context.joins.workloads.filter { $0.isLongRunning && budget.selects($0) }
    if covered.isEmpty {
      if context.scope.isComplete { return .exempt("selects-nothing") }
      guard limit.blocksAlways else {
        return .unknown(Undecided("no workload in the input has the pods of PodDisruptionBudget/\(budget.name)"))
      }
    }
    let expected = ExpectedPods(of: covered, under: limit, joins: context.joins)
    if expected.isStopped { return .exempt("scaled-to-zero") }
    if limit.blocksAlways {
      return .finding(BlockedDrain(budget: budget, expected: expected).finding(context))
    }
    guard let count = expected.count else {
      return .unknown(Undecided("how many pods PodDisruptionBudget/\(budget.name) covers"))
    }
    guard limit.allowed(of: count) == 0 else { return .pass }
    return .finding(BlockedDrain(budget: budget, expected: expected).finding(context))
  }
}

/// The pods that a budget's controller counts, at their fewest.
private struct ExpectedPods {
  /// Nil when some workload does not tell.
  private(set) var count: Int? = 0
  private(set) var sources: [Related] = []
  /// All workloads are at zero, or may be.
  let isStopped: Bool

  init(of workloads: [Workload], under limit: DisruptionLimit, joins: Joins) {
    var lowest: [Int] = []
    for workload in workloads {
      // A pod without controller is only counted where a number of pods must stay.
      if workload.kind == .pod {
        if case .minAvailable(.pods) = limit { count = count.map { $0 + 1 } }
        continue
      }
      guard let replicas = joins.replicas(of: workload) else {
        count = nil
        continue
      }
      lowest.append(replicas.range.lowerBound)
      count = count.map { $0 + replicas.range.lowerBound }
      sources.append(Related(replicas.lower, "\(workload.object.identity) may run this few pods"))
    }
    isStopped = !lowest.isEmpty && lowest.allSatisfy { $0 == 0 }
  }
}

private struct BlockedDrain {
  let budget: DisruptionBudget
  let expected: ExpectedPods

  func finding(_ context: CheckContext) -> Finding {
    var holes = [Hole("name", budget.name)]
    guard let node = budget.spec?["maxUnavailable"] ?? budget.spec?["minAvailable"] else {
      return context.finding(
        .error, in: budget.object, at: .absent(key: "maxUnavailable", under: budget.spec ?? budget.object.node),
        holes: holes + [Hole("neither", "neither minAvailable nor maxUnavailable")])
    }
    holes += [Hole("field", node.key ?? ""), Hole("value", node.scalar ?? "")]
    if let count = expected.count, count > 0 { holes.append(Hole("pods", count == 1 ? "1 pod" : "\(count) pods")) }
    let edits =
      node.key == "maxUnavailable"
      ? [NodeEdit(title: "Allow one pod to be evicted", change: .replaceText(node, nil, with: "1"), isSafe: false)] : []
    return context.finding(
      .error, in: budget.object, at: .value(node), related: Array(expected.sources.prefix(3)), holes: holes,
      edits: edits)
  }
}
