import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `drain-exceeds-grace`: the preStop hook eats up the time in which the container should finish its requests.
  package static let drainExceedsGrace = Check.workload { workload, context in
    guard workload.isLongRunning else { return .exempt("short-running") }
    if workload.object.hook.isTest { return .exempt("test-object") }
    if workload.object.hook.isHook { return .exempt("hook") }
    let grace = workload.pod.gracePeriod
    if grace == 0, let node = workload.pod.gracePeriodNode, node.integer == 0 {
      return .finding(
        context.finding(
          .error, in: workload.object, at: .value(node),
          holes: workload.holes + [Hole("kills", "at once"), Hole("enough", "30")]))
    }
    let containers = workload.pod.containers.filter { $0.role != .initial }
    let findings = containers.flatMap { DrainOverrun(container: $0, workload: workload, context: context).findings }
    guard findings.isEmpty else { return .findings(findings) }
    return containers.contains { $0.drainDelay == .unknown } ? .exempt("unknown-hook") : .pass
  }
}

private struct DrainOverrun {
  let container: Container
  let workload: Workload
  let context: CheckContext

  var findings: [Finding] {
    let drain = Seconds(max(0, context.options.integer("drainSeconds")))
    guard let hook = container.drainDelay.time, let node = container.drainNode else { return [] }
    let end = Termination(container, in: workload.pod)
    let hookPlace: Place = node.isScalar ? .value(node) : .key(node)
    if !end.leavesTime(for: drain) {
      let graceNode = workload.pod.gracePeriodNode
      return [
        finding(
          hook, end.gracePeriod, drain, at: graceNode.map(Place.value) ?? hookPlace,
          related: graceNode == nil ? [] : [Related(hookPlace, "the hook takes this long")])
      ]
    }
    return container.probes.compactMap { probe in
      guard probe.purpose != .readiness, let node = probe.node["terminationGracePeriodSeconds"],
        let grace = node.integer, grace > 0, Seconds(grace) < hook
      else { return nil }
      return finding(
        hook, Seconds(grace), drain, at: .value(node), related: [Related(hookPlace, "the hook takes this long")])
    }
  }

  private func finding(
    _ hook: Seconds, _ grace: Seconds, _ drain: Seconds, at place: Place, related: [Related]
  ) -> Finding {
    context.finding(
      .error, in: workload.object, at: place, related: related,
      holes: workload.holes + [
        Hole("container", container.title), Hole("hook", hook.description), Hole("grace", grace.description),
        Hole("rest", max(0, grace - hook).description), Hole("enough", String((hook + drain + 5).count)),
      ])
  }
}
