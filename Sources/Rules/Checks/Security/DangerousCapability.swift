import Kubernetes

extension Check {
  /// `dangerous-capability`: a container is given rights that lead out of it.
  package static let dangerousCapability = SecuritySubjects.container { subject in
    let allowed = Set(subject.context.options.words("allowed").map { $0.uppercased() })
    let added = subject.security.addedCapabilities
    var findings: [Finding] = []
    for node in added {
      let name = SecurityContext.capability(node)
      guard !allowed.contains(name), !allowed.contains("CAP_\(name)") else { continue }
      let isGrave = DangerousCapabilities.names.contains(name)
      guard isGrave || subject.context.isStrict else { continue }
      findings.append(
        subject.context.finding(
          isGrave ? .error : .warning, in: subject.workload.object, at: .value(node),
          holes: [
            Hole("container", subject.container.title), Hole("capability", node.scalar ?? ""),
            Hole(
              "effect", isGrave ? "It is enough to leave the container." : "It goes beyond what most programs need."),
          ]))
    }
    guard findings.isEmpty else { return .findings(findings) }
    return added.isEmpty ? .pass : .exempt("allowed")
  }
}

private enum DangerousCapabilities {
  /// Each is enough to leave a container: by mounting, tracing, loading code into the kernel, reading any file, or
  /// reaching the node's network. Source: capabilities(7) of Linux.
  static let names: Set<String> = [
    "ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF", "NET_ADMIN",
  ]
}
