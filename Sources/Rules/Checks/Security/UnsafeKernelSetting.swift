import Kubernetes

extension Check {
  /// `unsafe-kernel-setting`: kernel settings that kubelets refuse.
  package static let unsafeKernelSetting = Check.workload { workload, context in
    if let clause = SecuritySubjects.exemption(of: workload.object, context) { return .exempt(clause) }
    let allowed = Set(context.options.words("allowedSysctls"))
    var findings: [Finding] = []
    for entry in workload.pod.spec.descend("securityContext", "sysctls")?.items ?? [] {
      guard let node = entry["name"], let name = node.scalar, !allowed.contains(name),
        !SafeSysctls.contains(name, minorVersion: context.scope.targetMinorVersion)
      else { continue }
      findings.append(SafeSysctls.finding(node, "sysctl `\(name)`", workload, context))
    }
    for container in workload.pod.containers {
      guard let node = container.node.descend("securityContext", "procMount"), node.scalar == "Unmasked" else {
        continue
      }
      findings.append(SafeSysctls.finding(node, "procMount Unmasked", workload, context))
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

/// The sysctls that every kubelet lets a pod set. Source: k8s.io/kubernetes, pkg/kubelet/sysctl/safe_sysctls.go, and
/// the page on sysctls of the documentation for the versions.
private enum SafeSysctls {
  /// By name: the minor version of Kubernetes that first had it.
  private static let since: [String: Int] = [
    "kernel.shm_rmid_forced": 0, "net.ipv4.ip_local_port_range": 0, "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ping_group_range": 18, "net.ipv4.ip_unprivileged_port_start": 22, "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_keepalive_time": 29, "net.ipv4.tcp_fin_timeout": 29, "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29, "net.ipv4.tcp_rmem": 32, "net.ipv4.tcp_wmem": 32,
    "net.ipv4.tcp_slow_start_after_idle": 37, "net.ipv4.tcp_notsent_lowat": 37,
  ]

  /// Slashes may stand for dots.
  static func contains(_ name: String, minorVersion: Int) -> Bool {
    since[String(name.map { $0 == "/" ? "." : $0 })].map { $0 <= minorVersion } ?? false
  }

  static func finding(_ node: Node, _ what: String, _ workload: Workload, _ context: CheckContext) -> Finding {
    context.finding(
      .warning, in: workload.object, at: .value(node),
      holes: [Hole("kind", workload.object.kind), Hole("name", workload.object.name), Hole("what", what)])
  }
}
