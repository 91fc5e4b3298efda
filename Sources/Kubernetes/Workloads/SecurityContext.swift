/// What a container may do, by its own security context and that of its pod.
package struct SecurityContext: Sendable {
  /// The container's `securityContext`.
  package let container: Node?
  /// The pod's `securityContext`.
  package let pod: Node?

  package init(of container: Container, in pod: PodTemplate) {
    self.container = container.node["securityContext"]
    self.pod = pod.spec["securityContext"]
  }

  /// A field that exists at both levels: the container's wins over the pod's.
  package func effective(_ field: String) -> Node? { container?[field] ?? pod?[field] }

  package var isPrivileged: Bool { container?["privileged"]?.boolean ?? false }

  /// Windows' counterpart of a privileged container; both levels have it.
  package var hostProcess: Node? {
    container?.descend("windowsOptions", "hostProcess") ?? pod?.descend("windowsOptions", "hostProcess")
  }

  /// The items of `capabilities.add`.
  package var addedCapabilities: [Node] { container?.descend("capabilities", "add")?.items ?? [] }
  /// The items of `capabilities.drop`.
  package var droppedCapabilities: [Node] { container?.descend("capabilities", "drop")?.items ?? [] }

  /// A capability's name as the kernel's list has it: `cap_net_raw` is `NET_RAW`.
  package static func capability(_ node: Node) -> String {
    let name = (node.scalar ?? "").uppercased()
    return name.hasPrefix("CAP_") ? String(name.dropFirst(4)) : name
  }

  /// What container runtimes grant when nothing is said. Source: the default lists of containerd and of Moby.
  package static let defaultCapabilities: Set<String> = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW",
    "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]
}

extension PodTemplate {
  package var isWindows: Bool { spec.descend("os", "name")?.scalar == "windows" }

  /// False gives root inside the pod no rights outside.
  package var usesHostUsers: Bool { spec["hostUsers"]?.boolean ?? true }

  /// A pod template's annotation.
  package func annotation(_ key: String) -> Node? { node.descend("metadata", "annotations")?[key] }

  /// The name of the account that the pod runs as.
  package var serviceAccountName: Node? { spec["serviceAccountName"] ?? spec["serviceAccount"] }
}
