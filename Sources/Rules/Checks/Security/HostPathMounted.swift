import Diagnostics
import Kubernetes

extension Check {
  /// `host-path-mounted`: a pod that reaches into its node's files.
  package static let hostPathMounted = Check.workload { workload, context in
    if let clause = SecuritySubjects.exemption(of: workload.object, context) { return .exempt(clause) }
    var clause: String?
    var findings: [Finding] = []
    for volume in workload.pod.spec["volumes"]?.items ?? [] {
      guard let node = volume.descend("hostPath", "path"), let path = node.scalar else { continue }
      let hostPath = HostPath(path: path, node: node, volume: volume, workload: workload)
      if context.options.globs("allowedPaths").contains(where: { $0.matches(path) }) {
        clause = "allowed-path"
      } else if let reason = hostPath.exemption {
        clause = reason
      } else if let level = hostPath.level(isStrict: context.isStrict) {
        findings.append(hostPath.finding(level, context))
      } else {
        clause = "other-path"
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}

/// A volume that is a file or folder of the node.
private struct HostPath {
  let path: String
  let node: Node
  let volume: Node
  let workload: Workload

  private static let sockets = ["docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock"]
  /// Folders that hold the sockets of container runtimes.
  private static let socketFolders: Set<String> = [
    "/run", "/var/run", "/run/containerd", "/var/run/containerd", "/run/crio", "/var/run/crio", "/run/docker",
    "/var/run/docker",
  ]
  private static let sensitive = [
    "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr", "/root", "/var/lib/kubelet", "/var/lib/docker",
  ]

  /// Without the slash at the end.
  private var plain: String {
    var text = Substring(path)
    while text.count > 1, text.last == "/" { text = text.dropLast() }
    return String(text)
  }

  private var mounts: [VolumeMount] {
    let name = volume["name"]?.scalar
    return workload.pod.containers.flatMap(\.volumeMounts).filter { $0.volume == name }
  }
  private var writableMount: VolumeMount? { mounts.first { !$0.isReadOnly } }

  private var isSocket: Bool {
    Self.socketFolders.contains(plain) || Self.sockets.contains { plain.hasSuffix("/" + $0) }
  }
  private var isSensitive: Bool {
    plain == "/" || Self.sensitive.contains { plain == $0 || plain.hasPrefix($0 + "/") }
  }

  /// Agents of a DaemonSet read the kernel's files and logs.
  var exemption: String? {
    let agentPaths = ["/proc", "/sys", "/var/log"]
    let isRead = agentPaths.contains { plain == $0 || plain.hasPrefix($0 + "/") }
    return workload.kind == .daemonSet && isRead && writableMount == nil ? "node-agent" : nil
  }

  func level(isStrict: Bool) -> Level? {
    if isSocket { return .error }
    if isSensitive { return writableMount == nil ? .warning : .error }
    return isStrict ? .note : nil
  }

  func finding(_ level: Level, _ context: CheckContext) -> Finding {
    let related =
      writableMount.map { Related(.key($0.node), "mounted here, not `readOnly`") }
      ?? mounts.first.map { Related(.key($0.node), "mounted here") }
    return context.finding(
      level, in: workload.object, at: .value(node), related: related.map { [$0] } ?? [],
      holes: [
        Hole("kind", workload.object.kind), Hole("name", workload.object.name), Hole("path", path),
        Hole("writable", writableMount == nil ? "" : ", writable"),
      ])
  }
}
