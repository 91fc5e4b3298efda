/// One entry of a container's `env`.
package struct EnvironmentVariable: Sendable {
  package let node: Node
  /// The node of its name.
  package let nameNode: Node
  package let name: String
  /// The literal value; nil for one that is read from elsewhere.
  package var value: Node? { node["value"] }
  package var isRead: Bool { node["valueFrom"] != nil }

  init?(_ node: Node) {
    guard let nameNode = node["name"], let name = nameNode.scalar else { return nil }
    self.node = node
    self.nameNode = nameNode
    self.name = name
  }
}

/// One entry of a container's `volumeMounts` or `volumeDevices`.
package struct VolumeMount: Sendable {
  package let node: Node
  /// The node of the volume's name.
  package let nameNode: Node
  /// The name of the pod's volume.
  package let volume: String
  /// Where the container sees it: `mountPath` or `devicePath`.
  package var path: Node? { node["mountPath"] ?? node["devicePath"] }
  package var isReadOnly: Bool { node["readOnly"]?.boolean ?? false }
  /// A file or folder of the volume instead of all; such a mount is never refreshed.
  package var isPart: Bool { node["subPath"] != nil || node["subPathExpr"] != nil }

  init?(_ node: Node) {
    guard let nameNode = node["name"], let volume = nameNode.scalar else { return nil }
    self.node = node
    self.nameNode = nameNode
    self.volume = volume
  }
}

extension Container {
  /// The entries of `env` that have a name.
  package var environment: [EnvironmentVariable] { (node["env"]?.items ?? []).compactMap(EnvironmentVariable.init) }

  /// The texts of `command` and then of `args`.
  package var commandLine: [Node] { (node["command"]?.items ?? []) + (node["args"]?.items ?? []) }

  /// Mounts and devices.
  package var volumeMounts: [VolumeMount] {
    ((node["volumeMounts"]?.items ?? []) + (node["volumeDevices"]?.items ?? [])).compactMap(VolumeMount.init)
  }
}
