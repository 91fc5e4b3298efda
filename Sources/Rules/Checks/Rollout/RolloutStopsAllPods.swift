import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `rollout-stops-all-pods`: an update may leave no pod, by the controller's own rounding.
  package static let rolloutStopsAllPods = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard case .rolling(let update, let nodes) = workload.updateStrategy else { return .exempt("other-strategy") }
    guard let serving = context.serving(of: workload) else { return context.notServed(workload) }
    let stop = RolloutStop(workload: workload, update: update, nodes: nodes, serving: serving, context: context)
    return update.controller == .daemonSet ? stop.ofNodes : stop.ofReplicas
  }
}

private struct RolloutStop {
  let workload: Workload
  let update: RollingUpdate
  let nodes: RollingUpdateNodes
  let serving: Serving
  let context: CheckContext

  var ofReplicas: Outcome {
    guard let replicas = context.joins.replicas(of: workload) else {
      return .unknown(Undecided("how many pods \(workload.object.identity) has"))
    }
    guard !replicas.isStopped, let step = update.worstStep(in: replicas.updated) else {
      return .exempt("scaled-to-zero")
    }
    if workload.kind == .statefulSet, replicas.updated == 1...1 { return .exempt("single-stateful-pod") }
    if step.availableMinimum == 0 { return .finding(finding(.error, step, replicas)) }
    guard context.isStrict else { return .pass }
    let share = minimumShare
    let worst = RollingUpdate.counts(in: replicas.updated).lazy.map { update.step(replicas: $0) }
      .first { $0.availableMinimum < share.of($0.replicas, rounding: .up) }
    return worst.map { Outcome.finding(finding(.warning, $0, replicas)) } ?? .pass
  }

  /// How many nodes there are is not known; a share is enough where it is all of them.
  var ofNodes: Outcome {
    guard update.maxSurge.isZero else { return .pass }
    switch update.maxUnavailable {
    case .pods(let count):
      return count > 1 ? .unknown(Undecided("how many nodes run \(workload.object.identity)")) : .pass
    case .percent(let percent):
      guard percent >= 100, let node = nodes.maxUnavailable else { return .pass }
      return .finding(
        context.finding(
          .error, in: workload.object, at: .value(node), related: context.related(serving),
          holes: workload.holes + [Hole("pods", "all pods"), Hole("share", update.maxUnavailable.description)]))
    }
  }

  private var minimumShare: Amount {
    let text = context.options.word("minimumAvailable")
    return .percent(Int(text.filter(\.isNumber)) ?? 75)
  }

  private func finding(_ level: Level, _ step: RollingUpdate.Step, _ replicas: Replicas) -> Finding {
    let primary = nodes.maxUnavailable ?? nodes.maxSurge
    let count = replicas.autoscaler == nil ? "the number of pods" : "the fewest pods that the autoscaler keeps"
    var holes = workload.holes
    holes.append(Hole("pods", pods(of: step)))
    holes += [
      Hole("unavailable", update.maxUnavailable.description), Hole("r", String(step.replicas)),
      Hole("u", String(step.isForced ? 0 : step.unavailable)), Hole("surge", update.maxSurge.description),
      Hole("s", String(step.surge)),
    ]
    if step.isForced { holes.append(Hole("both", "both 0")) }
    return context.finding(
      level, in: workload.object, at: primary.map(Place.value) ?? replicas.lower,
      related: (primary == nil ? [] : [Related(replicas.lower, count)]) + context.related(serving), holes: holes,
      edits: edits)
  }

  private func pods(of step: RollingUpdate.Step) -> String {
    if step.availableMinimum > 0 { return "\(step.unavailable) of \(step.replicas) pods" }
    return step.replicas == 1 ? "the only pod" : "all \(step.replicas) pods"
  }

  private var edits: [NodeEdit] {
    guard update.controller == .deployment else { return [] }
    let wanted = [("maxUnavailable", nodes.maxUnavailable, "0"), ("maxSurge", nodes.maxSurge, "1")]
    // Where both are written one edit alone would leave both at zero.
    let isComplete = nodes.maxUnavailable == nil || nodes.maxSurge == nil
    return wanted.compactMap { field, node, value in
      guard let node, node.scalar != value else { return nil }
      return NodeEdit(
        title: "Set \(field) to \(value)", change: .replaceText(node, nil, with: value), isSafe: isComplete)
    }
  }
}
