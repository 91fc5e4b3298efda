import Kubernetes

extension Check {
  /// `host-shared`: pods that see their node's network or processes.
  package static let hostShared = Check.workload { workload, context in
    if let clause = SecuritySubjects.exemption(of: workload.object, context) { return .exempt(clause) }
    let isAgent = workload.kind == .daemonSet && !context.isStrict
    let pod = workload.pod
    let flags = [("hostNetwork", "network"), ("hostPID", "process table"), ("hostIPC", "IPC")]
    var clause: String?
    var findings: [Finding] = []
    for (field, name) in flags {
      guard let node = pod.spec[field], node.boolean == true else { continue }
      if isAgent, field == "hostNetwork" {
        clause = "node-agent"
      } else {
        findings.append(HostNamespaces.finding(node, name, workload, context))
      }
    }
    if !pod.usesHostNetwork {
      for node in pod.containers.flatMap(\.ports).compactMap({ $0.node["hostPort"] }) where node.integer != 0 {
        if isAgent {
          clause = "node-agent"
        } else {
          findings.append(HostNamespaces.finding(node, "port \(node.scalar ?? "")", workload, context))
        }
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}

private enum HostNamespaces {
  static func finding(_ node: Node, _ what: String, _ workload: Workload, _ context: CheckContext) -> Finding {
    context.finding(
      .warning, in: workload.object, at: .value(node),
      holes: [Hole("kind", workload.object.kind), Hole("name", workload.object.name), Hole("what", what)],
      edits: [NodeEdit(title: "Delete the line", change: .removeEntry(node), isSafe: true)])
  }
}
