import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `liveness-outruns-readiness`: a failing container is restarted before it is taken out of its Services.
  package static let livenessOutrunsReadiness = Check.container { container, workload, context in
    switch ProbePair.of(container, workload) {
    case .exempt(let clause): return .exempt(clause)
    case .pair(let pair):
      guard !pair.asksTheSame else { return .exempt("identical-probes") }
      guard pair.kills <= pair.unready else { return .pass }
      let threshold = pair.threshold(above: pair.unready)
      return .finding(
        context.finding(
          .warning, in: workload.object, at: pair.liveness.place(of: "failureThreshold"),
          related: [Related(pair.readiness.place(of: "failureThreshold", "periodSeconds"), "readiness reacts by this")],
          holes: pair.holes,
          edits: [
            pair.liveness.setting("failureThreshold", to: threshold, title: "Raise failureThreshold to \(threshold)")
          ]))
    }
  }

  /// `identical-probes`: liveness and readiness ask the same question, and liveness is not clearly slower.
  package static let identicalProbes = Check.container { container, workload, context in
    switch ProbePair.of(container, workload) {
    case .exempt(let clause): return .exempt(clause)
    case .pair(let pair):
      guard pair.asksTheSame else { return .exempt("different-handlers") }
      let ratio = context.options.number("ratio")
      guard Double(pair.kills.count) < ratio * Double(pair.unready.count) else { return .exempt("slower-liveness") }
      let threshold = ProbeTiming(pair.liveness).failureThreshold
      let doubled = Int(Int32(clamping: threshold)) * 2
      return .finding(
        context.finding(
          .warning, in: workload.object, at: .key(pair.liveness.node),
          related: [Related(.key(pair.readiness.node), "readiness asks this")], holes: pair.holes,
          edits: [
            pair.liveness.setting("failureThreshold", to: doubled, title: "Double failureThreshold to \(doubled)")
          ]))
    }
  }
}

/// The two probes of a container that are asked all its life.
private struct ProbePair {
  let liveness: Probe
  let readiness: Probe
  let container: Container

  enum Verdict {
    case pair(ProbePair)
    case exempt(String)
  }

  static func of(_ container: Container, _ workload: Workload) -> Verdict {
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    guard let liveness = container.probe(.liveness) else { return .exempt("no-liveness-probe") }
    guard let readiness = container.probe(.readiness) else { return .exempt("no-readiness-probe") }
    guard liveness.isValid(in: container), readiness.isValid(in: container) else { return .exempt("invalid-probe") }
    return .pair(ProbePair(liveness: liveness, readiness: readiness, container: container))
  }

  var asksTheSame: Bool { liveness.asksTheSame(as: readiness, in: container) }
  /// From failure to restart, and from failure to the end of traffic, as the fields multiply out.
  var kills: Seconds { ProbeTiming(liveness).nominalFailureTime }
  var unready: Seconds { ProbeTiming(readiness).nominalFailureTime }

  /// The liveness threshold that takes longer than a time.
  func threshold(above time: Seconds) -> Int { time.count / max(1, ProbeTiming(liveness).effectivePeriod.count) + 1 }

  var holes: [Hole] {
    [
      Hole("container", container.title), Hole("kills", kills.description), Hole("unready", unready.description),
    ]
  }
}
