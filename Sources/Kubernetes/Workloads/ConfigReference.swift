/// A ConfigMap or Secret that a pod reads.
package struct ConfigReference: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case configMap = "ConfigMap"
    case secret = "Secret"
  }

  package let kind: Kind
  package let name: String
  /// The node that holds the name.
  package let node: Node

  /// Nil when the name is missing.
  private init?(_ kind: Kind, _ node: Node?) {
    guard let node, let name = node.scalar else { return nil }
    self.kind = kind
    self.name = name
    self.node = node
  }
}

extension PodTemplate {
  /// The ConfigMaps and Secrets that volumes and environments of the pod read, in document order of each.
  package var configReferences: [ConfigReference] {
    (spec["volumes"]?.items ?? []).flatMap(ConfigReference.all(inVolume:))
      + containers.flatMap { ConfigReference.all(inEnvironmentOf: $0) }
  }
}

extension ConfigReference {
  fileprivate static func all(inVolume volume: Node) -> [ConfigReference] {
    let direct = [
      ConfigReference(.configMap, volume.descend("configMap", "name")),
      ConfigReference(.secret, volume.descend("secret", "secretName")),
    ]
    let projected = (volume.descend("projected", "sources")?.items ?? []).flatMap { source in
      [
        ConfigReference(.configMap, source.descend("configMap", "name")),
        ConfigReference(.secret, source.descend("secret", "name")),
      ]
    }
    return (direct + projected).compactMap { $0 }
  }

  fileprivate static func all(inEnvironmentOf container: Container) -> [ConfigReference] {
    let variables = (container.node["env"]?.items ?? []).flatMap { variable in
      [
        ConfigReference(.configMap, variable.descend("valueFrom", "configMapKeyRef", "name")),
        ConfigReference(.secret, variable.descend("valueFrom", "secretKeyRef", "name")),
      ]
    }
    let sources = (container.node["envFrom"]?.items ?? []).flatMap { source in
      [
        ConfigReference(.configMap, source.descend("configMapRef", "name")),
        ConfigReference(.secret, source.descend("secretRef", "name")),
      ]
    }
    return (variables + sources).compactMap { $0 }
  }
}
