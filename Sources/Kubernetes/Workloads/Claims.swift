/// A volume of a pod that is a PersistentVolumeClaim.
package struct ClaimVolume: Sendable {
  /// The node that holds the claim's name.
  package let node: Node
  package let name: String
  package let isReadOnly: Bool
}

/// A PersistentVolumeClaim of its own (not a StatefulSet's template).
package struct VolumeClaim: Sendable {
  package let object: KubernetesObject

  package init?(_ object: KubernetesObject) {
    guard object.isKind("PersistentVolumeClaim", group: "") else { return nil }
    self.object = object
  }

  package var modesNode: Node? { object.node.descend("spec", "accessModes") }
  package var modes: Set<String> { Set((modesNode?.items ?? []).compactMap(\.scalar)) }

  /// Only one node, or one pod, can hold it.
  package var isExclusive: Bool {
    !modes.isEmpty && modes.isSubset(of: ["ReadWriteOnce", "ReadWriteOncePod"])
  }
}

extension PodTemplate {
  /// The claims that the pod mounts by name.
  package var claims: [ClaimVolume] {
    (spec["volumes"]?.items ?? []).compactMap { volume in
      guard let source = volume["persistentVolumeClaim"], let node = source["claimName"], let name = node.scalar else {
        return nil
      }
      return ClaimVolume(node: node, name: name, isReadOnly: source["readOnly"]?.boolean ?? false)
    }
  }
}
