import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `probe-timeout-exceeds-period`: attempts that hang hold up the next ones.
  package static let probeTimeoutExceedsPeriod = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    guard !container.probes.isEmpty else { return .exempt("no-probe") }
    let valid = container.probes.filter { $0.isValid(in: container) }
    guard !valid.isEmpty else { return .exempt("invalid-probe") }
    let findings = valid.compactMap { SlowProbe.finding(on: $0, of: container, in: workload, context) }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private enum SlowProbe {
  static func finding(
    on probe: Probe, of container: Container, in workload: Workload, _ context: CheckContext
  ) -> Finding? {
    let timing = ProbeTiming(probe)
    var holes = [Hole("probe", probe.purpose.rawValue), Hole("container", container.title)]
    if timing.timeout > timing.period {
      holes += [
        Hole("timeout", timing.timeout.description), Hole("period", timing.period.description),
        Hole("slow", (timing.failureThreshold * timing.timeout).description),
        Hole("nominal", (timing.failureThreshold * timing.period).description),
      ]
      let related = probe.node["periodSeconds"].map { [Related(.value($0), "it runs this often")] } ?? []
      return context.finding(
        .warning, in: workload.object, at: probe.place(of: "timeoutSeconds"), related: related, holes: holes,
        edits: [
          probe.setting(
            "periodSeconds", to: timing.timeout.count, title: "Set periodSeconds to \(timing.timeout.count)")
        ])
    }
    guard context.isStrict, case .exec? = probe.handler, probe.node["timeoutSeconds"] == nil else { return nil }
    return context.finding(
      .note, in: workload.object, at: .key(probe.node), holes: holes + [Hole("default", timing.timeout.description)])
  }
}
