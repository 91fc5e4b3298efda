import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `update-never-applied`: the workload takes a new template and goes on running the old one.
  package static let updateNeverApplied = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    let replicas = context.joins.replicas(of: workload)
    if replicas?.isStopped ?? false { return .exempt("scaled-to-zero") }
    let held = HeldUpdate(workload: workload, replicas: replicas, context: context)
    guard let finding = held.finding else { return held.excuse ?? .pass }
    if workload.annotation("slipway.dev/staged-rollout")?.scalar?.isEmpty == false { return .exempt("staged-rollout") }
    return .finding(finding)
  }
}

private struct HeldUpdate {
  let workload: Workload
  let replicas: Replicas?
  let context: CheckContext

  var excuse: Outcome? {
    guard case .onDelete = workload.updateStrategy, isAllowed else { return nil }
    return .exempt("on-delete-allowed")
  }

  var finding: Finding? {
    if workload.isDeployment, let paused = workload.specNode["paused"], paused.boolean == true {
      return finding(.error, at: paused, pods: "any of its pods")
    }
    if case .onDelete(let type) = workload.updateStrategy {
      return isAllowed ? nil : finding(.warning, at: type, pods: "any of its pods")
    }
    return partitionFinding
  }

  private var isAllowed: Bool {
    workload.kind == .daemonSet
      && context.options.globs("onDeleteAllowed").contains { $0.matches(workload.object.identity.description) }
  }

  /// Pods whose ordinal is below the partition keep the old template; ordinals may start above zero.
  private var partitionFinding: Finding? {
    guard workload.kind == .statefulSet,
      let partition = workload.specNode.descend("updateStrategy", "rollingUpdate", "partition"),
      let number = partition.integer, let count = replicas?.range.upperBound
    else { return nil }
    let first = max(0, workload.specNode.descend("ordinals", "start")?.integer ?? 0)
    guard first <= Int(Int32.max), number > first else { return nil }
    let kept = min(Int(Int32(clamping: number)) - first, count)
    return finding(
      kept >= count ? .error : .warning, at: partition, pods: "\(kept) of its \(count) pods",
      related: replicas.map { [Related($0.lower, "the number of pods")] } ?? [])
  }

  private func finding(_ level: Level, at node: Node, pods: String, related: [Related] = []) -> Finding {
    context.finding(
      level, in: workload.object, at: .value(node), related: related,
      holes: workload.holes + [
        Hole("pods", pods), Hole("field", node.key ?? ""), Hole("value", node.scalar ?? ""),
      ])
  }
}
