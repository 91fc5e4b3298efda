import Diagnostics
import Kubernetes

extension Check {
  /// `probe-port-mismatch`: a probe asks a port that its container does not declare.
  package static let probePort = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    let ports = ProbePorts(container: container, workload: workload, context: context)
    var findings: [Finding] = []
    var clause: String?
    for probe in container.probes {
      switch ports.verdict(on: probe) {
      case .declared: break
      case .excused(let name): clause = clause ?? name
      case .missing(let port, let level): findings.append(ports.finding(level, probe, port))
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}

private struct ProbePorts {
  let container: Container
  let workload: Workload
  let context: CheckContext

  enum Verdict {
    case declared
    case excused(String)
    case missing(Node, Level)
  }

  /// The ports that a probe can reach: those of TCP.
  private var reachable: [ContainerPort] { container.ports.filter { $0.transport == "TCP" } }

  func verdict(on probe: Probe) -> Verdict {
    guard let handler = probe.handler else { return .declared }
    if case .exec = handler { return .excused("exec") }
    if handler.node["host"] != nil { return .excused("host-set") }
    guard let port = handler.node["port"], let reference = PortReference(port) else { return .declared }
    if reachable.contains(where: { $0.isNamed(by: reference) }) { return .declared }
    switch reference {
    case .name:
      // A gRPC probe with a name is a type error, which is another rule's.
      if case .grpc = handler { return .declared }
      return .missing(port, .error)
    case .number:
      if workload.pod.usesHostNetwork { return .excused("host-network") }
      if container.ports.isEmpty { return .excused("no-ports") }
      return context.isStrict && !reachable.isEmpty ? .missing(port, .note) : .declared
    }
  }

  func finding(_ level: Level, _ probe: Probe, _ port: Node) -> Finding {
    let declared = container.ports.compactMap { $0.name ?? $0.number.map(String.init) }
    let related = container.node["ports"].map { [Related(.key($0), "the ports it declares")] } ?? []
    return context.finding(
      level, in: workload.object, at: .value(port), related: related,
      holes: [
        Hole("probe", probe.purpose.rawValue), Hole("container", container.title), Hole("port", port.scalar ?? ""),
        Hole("list", declared.isEmpty ? "none" : declared.joined(separator: ", ")),
      ], edits: rename(port).map { [$0] } ?? [])
  }

  /// To the only declared name that is at most two edits away.
  private func rename(_ port: Node) -> NodeEdit? {
    guard case .name(let wrong)? = PortReference(port) else { return nil }
    let near = reachable.compactMap(\.name).filter { editDistance(Array(wrong.utf8), Array($0.utf8)) <= 2 }
    guard near.count == 1, let name = near.first else { return nil }
    return NodeEdit(title: "Use the declared port `\(name)`", change: .replaceText(port, nil, with: name), isSafe: true)
  }
}
