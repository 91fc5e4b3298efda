import Diagnostics
import Kubernetes

extension Check {
  /// `invalid-probe`: a probe for which the API server refuses the object.
  package static let invalidProbe = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload), clause != "init-container" {
      return .exempt(clause)
    }
    guard !container.probes.isEmpty else { return .exempt("no-probe") }
    var findings: [Finding] = []
    var clause: String?
    for probe in container.probes {
      if InvalidProbe.hasStrayHandler(probe, container) {
        clause = "unknown-field"
        continue
      }
      findings += ProbeFaults.all(in: probe, of: container).map { fault in
        InvalidProbe.finding(fault, probe, container, workload, context)
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}

private enum InvalidProbe {
  /// A handler that a bad indent moved out of the probe: `unknown-field` points at it.
  static func hasStrayHandler(_ probe: Probe, _ container: Container) -> Bool {
    probe.handlers.isEmpty
      && ["httpGet", "tcpSocket", "exec", "grpc"].contains { container.node.entry($0) != nil }
  }

  static func finding(
    _ fault: ProbeFault, _ probe: Probe, _ container: Container, _ workload: Workload, _ context: CheckContext
  ) -> Finding {
    context.finding(
      .error, in: workload.object, at: fault.place,
      holes: [
        Hole("probe", probe.purpose.rawValue), Hole("container", container.title), Hole("reason", fault.reason),
        Hole("remedy", fault.remedy),
      ], edits: fault.edit.map { [$0] } ?? [])
  }
}
