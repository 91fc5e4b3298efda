import Diagnostics
import Kubernetes

extension Check {
  /// `service-port-mismatch`: a Service's target port that the selected pods do not have.
  package static let servicePortMismatch = Check.service { service, context in
    let all = context.joins.workloads.filter(service.selects)
    guard !all.isEmpty else { return .exempt("selects-nothing") }
    let longRunning = all.filter(\.isLongRunning)
    let workloads = longRunning.isEmpty ? all : longRunning
    guard !workloads.allSatisfy(\.pod.usesHostNetwork) else { return .exempt("host-network") }
    let findings = service.ports.flatMap { port in
      ServicePorts(service: service, port: port, workloads: workloads, context: context).findings
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

/// One port of a Service against the pods that it selects.
private struct ServicePorts {
  let service: Service
  let port: ServicePort
  let workloads: [Workload]
  let context: CheckContext

  var findings: [Finding] {
    guard let target = port.target else { return [] }
    let missing = workloads.filter { !$0.pod.usesHostNetwork && !declares($0, target) }
    switch target {
    case .name:
      // Pods without any port get no traffic by name; that they are selected beside others is another rule's.
      let othersAnswer = missing.count < workloads.count
      return missing.filter { !othersAnswer || !ports(of: $0).isEmpty }.map { finding(.error, $0, target) }
    case .number:
      guard context.isStrict, port.node["targetPort"] != nil else { return [] }
      return missing.filter { !ports(of: $0).isEmpty && !isMeshed($0) }.map { finding(.note, $0, target) }
    }
  }

  private func declares(_ workload: Workload, _ target: PortReference) -> Bool {
    ports(of: workload).contains { $0.isNamed(by: target) && $0.transport == port.transport }
  }

  /// Containers that end have no endpoints.
  private func ports(of workload: Workload) -> [ContainerPort] {
    workload.pod.containers.filter { $0.role != .initial }.flatMap(\.ports)
  }

  /// A mesh's sidecar, added in the cluster, may listen.
  private func isMeshed(_ workload: Workload) -> Bool {
    let labels = workload.pod.labels
    let marks = [
      workload.pod.annotation("sidecar.istio.io/inject"), labels["sidecar.istio.io/inject"],
      workload.pod.annotation("linkerd.io/inject"),
    ]
    return marks.contains { ["true", "enabled", "ingress"].contains($0?.scalar ?? "") }
  }

  private func finding(_ level: Level, _ workload: Workload, _ target: PortReference) -> Finding {
    let declared = ports(of: workload)
    let list = declared.map { port in
      let name = [port.name, port.number.map(String.init)].compactMap { $0 }.joined(separator: " = ")
      return port.transport == "TCP" ? name : "\(name) (\(port.transport))"
    }
    let container = workload.pod.containers.first { $0.role != .initial && !$0.ports.isEmpty }
    return context.finding(
      level, in: service.object, at: .value(port.node["targetPort"] ?? port.node),
      related: container?.node["ports"].map { [Related(.key($0), "the ports it declares")] } ?? [],
      holes: [
        Hole("name", service.name), Hole("port", port.name ?? port.number.map(String.init) ?? ""),
        Hole("target", target.description), Hole("workload", workload.object.identity.description),
        Hole("list", list.isEmpty ? "no port" : "only " + list.joined(separator: ", ")),
      ], edits: rename(target, among: declared))
  }

  /// To the only declared name that is at most two edits away.
  private func rename(_ target: PortReference, among declared: [ContainerPort]) -> [NodeEdit] {
    guard let wrong = target.name, let node = port.node["targetPort"] else { return [] }
    let near = Set(declared.compactMap(\.name)).filter { editDistance(Array(wrong.utf8), Array($0.utf8)) <= 2 }
    // The right name may be of another protocol.
    guard near.count == 1, let name = near.first, name != wrong else { return [] }
    return [
      NodeEdit(title: "Use the declared port `\(name)`", change: .replaceText(node, nil, with: name), isSafe: true)
    ]
  }
}
