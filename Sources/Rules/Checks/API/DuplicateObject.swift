import Diagnostics
import Kubernetes

extension Check {
  /// `duplicate-object`: one render holds an object twice.
  package static let duplicateObject = Check.scope { context in
    guard context.scope.isOneRelease else { return .exempt("separate-files") }
    var first: [DuplicateKey: KubernetesObject] = [:]
    var findings: [Finding] = []
    var clause: String?
    for object in context.scope.objects {
      guard let key = DuplicateKey(object) else { continue }
      guard let earlier = first[key] else {
        first[key] = object
        continue
      }
      if earlier.hook.events != object.hook.events {
        clause = "other-event"
        continue
      }
      let isCopy = object.kind == "CustomResourceDefinition" && object.node.hasSameContent(as: earlier.node)
      findings.append(DuplicateKey.finding(isCopy ? .warning : .error, object, earlier, context))
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}

/// What makes two objects one to the cluster.
private struct DuplicateKey: Hashable {
  let group: String
  let kind: String
  let namespace: String
  let name: String

  /// Nil for an object that the cluster names.
  init?(_ object: KubernetesObject) {
    guard let name = object.metadata?["name"]?.scalar, !name.isEmpty else { return nil }
    self.name = name
    // Old and new groups of one kind are one storage.
    group = object.identity.group == "extensions" ? Self.movedKinds[object.kind] ?? "extensions" : object.identity.group
    kind = object.kind
    namespace = object.namespace
  }

  private static let movedKinds = [
    "Deployment": "apps", "DaemonSet": "apps", "ReplicaSet": "apps", "Ingress": "networking.k8s.io",
    "NetworkPolicy": "networking.k8s.io", "PodSecurityPolicy": "policy",
  ]

  static func finding(
    _ level: Level, _ object: KubernetesObject, _ earlier: KubernetesObject, _ context: CheckContext
  ) -> Finding {
    let place = { (object: KubernetesObject) -> Place in
      object.metadata?["name"].map(Place.value) ?? .object(object.node)
    }
    return context.finding(
      level, in: object, at: place(object), related: [Related(place(earlier), "the first is here")],
      holes: [Hole("kind", object.kind), Hole("name", object.name)])
  }
}

extension Node {
  /// Equal keys with equal values in equal order, whatever their form.
  fileprivate func hasSameContent(as other: Node) -> Bool {
    guard childCount == other.childCount, key == other.key || parent == nil, isMapping == other.isMapping,
      isSequence == other.isSequence, scalarBytes == other.scalarBytes
    else { return false }
    return zip(children, other.children).allSatisfy { $0.hasSameContent(as: $1) }
  }
}
