/// An object that a pod needs to start: a ConfigMap or Secret it reads, or a claim it mounts.
package struct ConfigReference: Hashable, Sendable {
  /// The raw value is the kind of the object, all of the core group.
  package enum Kind: String, Hashable, Sendable {
    case configMap = "ConfigMap"
    case secret = "Secret"
    case claim = "PersistentVolumeClaim"
  }

  /// How the pod comes by it.
  package enum Route: Hashable, Sendable {
    /// One key for one variable.
    case variable
    /// All keys as variables: `envFrom`.
    case environment
    /// Files, by the volume's name.
    case volume(String)
  }

  package let kind: Kind
  package let name: String
  /// The node that holds the name.
  package let node: Node
  package let route: Route
  /// The nodes that name single keys; none when all are taken.
  package let keys: [Node]
  /// The pod starts without it too.
  package let isOptional: Bool

  /// Nil when the name is missing. `node` holds the field `field` and, for some kinds, `optional`.
  private init?(_ kind: Kind, _ route: Route, in node: Node?, named field: String, keys: [Node] = []) {
    guard let node, let nameNode = node[field], let name = nameNode.scalar, !name.isEmpty else { return nil }
    self.kind = kind
    self.route = route
    self.name = name
    self.node = nameNode
    self.keys = keys
    isOptional = node["optional"]?.boolean ?? false
  }
}

extension PodTemplate {
  /// Everything that volumes and environments of the pod refer to, in document order of each.
  package var configReferences: [ConfigReference] {
    volumeReferences + containers.flatMap(\.environmentReferences)
  }

  /// What the pod's volumes are made of.
  package var volumeReferences: [ConfigReference] {
    (spec["volumes"]?.items ?? []).flatMap(ConfigReference.all(inVolume:))
  }

  /// What one container refers to: its environment, and the volumes that it mounts.
  package func references(of container: Container) -> [ConfigReference] {
    let mounted = Set(container.volumeMounts.map(\.volume))
    let volumes = volumeReferences.filter { reference in
      if case .volume(let name) = reference.route { mounted.contains(name) } else { false }
    }
    return container.environmentReferences + volumes
  }
}

extension Container {
  /// What the container's environment is read from.
  package var environmentReferences: [ConfigReference] { ConfigReference.all(inEnvironmentOf: self) }
}

extension ConfigReference {
  fileprivate static func all(inVolume volume: Node) -> [ConfigReference] {
    let route = Route.volume(volume["name"]?.scalar ?? "")
    let sources = volume.descend("projected", "sources")?.items ?? []
    let projected = sources.flatMap { source in
      [
        ConfigReference(.configMap, route, in: source["configMap"], named: "name", keys: items(source["configMap"])),
        ConfigReference(.secret, route, in: source["secret"], named: "name", keys: items(source["secret"])),
      ]
    }
    let direct = [
      ConfigReference(.configMap, route, in: volume["configMap"], named: "name", keys: items(volume["configMap"])),
      ConfigReference(.secret, route, in: volume["secret"], named: "secretName", keys: items(volume["secret"])),
      ConfigReference(.claim, route, in: volume["persistentVolumeClaim"], named: "claimName"),
    ]
    return (direct + projected).compactMap { $0 }
  }

  private static func items(_ source: Node?) -> [Node] { (source?["items"]?.items ?? []).compactMap { $0["key"] } }

  fileprivate static func all(inEnvironmentOf container: Container) -> [ConfigReference] {
    let variables = container.environment.flatMap { variable in
      [(Kind.configMap, "configMapKeyRef"), (.secret, "secretKeyRef")].map { kind, field in
        let source = variable.node.descend("valueFrom", field)
        return ConfigReference(
          kind, .variable, in: source, named: "name", keys: [source?["key"]].compactMap { $0 })
      }
    }
    let sources = (container.node["envFrom"]?.items ?? []).flatMap { source in
      [
        ConfigReference(.configMap, .environment, in: source["configMapRef"], named: "name"),
        ConfigReference(.secret, .environment, in: source["secretRef"], named: "name"),
      ]
    }
    return (variables + sources).compactMap { $0 }
  }
}
