import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `liveness-kills-starting-container`: a container is killed earlier than its author says it may start.
  package static let livenessKillsStartingContainer = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    guard let killer = container.probe(.startup) ?? container.probe(.liveness) else {
      return .exempt("no-liveness-probe")
    }
    let expected = context.expectedStart(of: workload.pod)
    var start = ContainerStart(container, expected: expected.time)
    // A startup probe holds the other two back, so that only what is said outright can exceed it.
    if killer.purpose == .startup { start = ContainerStart(expected: expected.time) }
    let need = start.need
    guard need.time > 0 else { return .exempt("no-declared-need") }
    guard container.probes.allSatisfy({ $0.isValid(in: container) }) else { return .exempt("invalid-probe") }
    let budget = ProbeTiming(killer).guaranteedStart
    guard budget < need.time else { return .pass }
    let starved = StarvedStart(container: container, killer: killer, budget: budget, need: need)
    return .finding(starved.finding(expected.node, in: workload, context))
  }
}

private struct StarvedStart {
  let container: Container
  let killer: Probe
  let budget: Seconds
  let need: (time: Seconds, source: ContainerStart.NeedSource)

  func finding(_ annotation: Node?, in workload: Workload, _ context: CheckContext) -> Finding {
    let threshold = ProbeTiming(killer).failureThreshold(covering: need.time)
    return context.finding(
      .error, in: workload.object, at: killer.place(of: "failureThreshold", "initialDelaySeconds"),
      related: declaration(annotation).map { [Related(.value($0), "this allows the start \(need.time)")] } ?? [],
      holes: [
        Hole("probe", killer.purpose == .startup ? "startup probe" : "liveness"), Hole("container", container.title),
        Hole("budget", budget.description), Hole("source", sourceName(annotation)),
        Hole("need", need.time.description), Hole("threshold", String(threshold)),
      ],
      edits: [
        killer.setting("failureThreshold", to: threshold, title: "Raise failureThreshold to \(threshold)")
      ])
  }

  private func declaration(_ annotation: Node?) -> Node? {
    need.source == .readinessDelay ? container.probe(.readiness)?.node["initialDelaySeconds"] : annotation
  }

  private func sourceName(_ annotation: Node?) -> String {
    switch need.source {
    case .readinessDelay: "`readinessProbe.initialDelaySeconds`"
    case .startupProbe: "the startup probe"
    case .expectation: annotation == nil ? "`expectedStartSeconds`" : "`slipway.dev/start-seconds`"
    }
  }
}
