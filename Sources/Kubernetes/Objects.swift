import SourceText

/// What distinguishes one object from another in a cluster.
package struct ObjectIdentity: Hashable, Sendable, CustomStringConvertible {
  /// The API group; empty for the core group.
  package var group: String
  package var version: String
  package var kind: String
  /// As written in the object or the release's; empty for cluster-scoped kinds.
  package var namespace: String
  package var name: String

  package init(group: String, version: String, kind: String, namespace: String, name: String) {
    self.group = group
    self.version = version
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `Deployment/web`.
  package var description: String { "\(kind)/\(name)" }

  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

  /// Group and version of an `apiVersion` text.
  package static func split(apiVersion text: String) -> (group: String, version: String) {
    guard let slash = text.lastIndex(of: "/") else { return ("", text) }
    return (String(text[..<slash]), String(text[text.index(after: slash)...]))
  }
}

/// One Kubernetes object of the input.
package struct KubernetesObject: Sendable {
  package let identity: ObjectIdentity
  /// The object's mapping: the document, or an item of a `List`.
  package let node: Node
  package let hook: Hook

  /// Reads a mapping with `apiVersion` and `kind`; nil for any other node.
  package init?(_ node: Node, releaseNamespace: String) {
    guard let kind = node["kind"]?.scalar, let apiVersion = node["apiVersion"]?.scalar, !kind.isEmpty else {
      return nil
    }
    let metadata = node["metadata"]
    let (group, version) = ObjectIdentity.split(apiVersion: apiVersion)
    let isClusterScoped = ClusterScopedKinds.contains(group: group, kind: kind)
    identity = ObjectIdentity(
      group: group, version: version, kind: kind,
      namespace: isClusterScoped ? "" : metadata?["namespace"]?.scalar ?? releaseNamespace,
      name: metadata?["name"]?.scalar ?? metadata?["generateName"]?.scalar ?? "")
    self.node = node
    hook = Hook(annotations: metadata?["annotations"])
  }

  package var metadata: Node? { node["metadata"] }
  package var kind: String { identity.kind }
  package var name: String { identity.name }
  package var namespace: String { identity.namespace }
  /// The `kind` entry, at which a finding about the whole object points.
  package var kindNode: Node { node["kind"] ?? node }

  package func isKind(_ kind: String, group: String) -> Bool { identity.kind == kind && identity.group == group }

  /// True when a controller in the cluster made the object.
  package var isOwned: Bool { metadata?["ownerReferences"].map { $0.childCount > 0 } ?? false }
}

extension KubernetesObject {
  /// The objects of a document: itself, or the items of a `List` of any kind.
  package static func all(in document: Node, releaseNamespace: String) -> [KubernetesObject] {
    if let kind = document["kind"]?.scalar, kind.hasSuffix("List"), let items = document["items"], items.isSequence {
      return items.children.compactMap { KubernetesObject($0, releaseNamespace: releaseNamespace) }
    }
    return KubernetesObject(document, releaseNamespace: releaseNamespace).map { [$0] } ?? []
  }
}

/// What the `helm.sh/hook` annotation says.
package struct Hook: Hashable, Sendable {
  /// The hook's events, for example `pre-upgrade`; empty for an ordinary object.
  package let events: [String]

  init(annotations: Node?) {
    let text = annotations?["helm.sh/hook"]?.scalar ?? ""
    events = text.split(separator: ",").map { String($0.filter { $0 != " " }) }.filter { !$0.isEmpty }
  }

  package var isHook: Bool { !events.isEmpty }
  package var isTest: Bool { events.contains { ["test", "test-success", "test-failure"].contains($0) } }
}

/// Built-in kinds that live outside namespaces.
enum ClusterScopedKinds {
  static func contains(group: String, kind: String) -> Bool { kinds[group]?.contains(kind) ?? false }

  private static let kinds: [String: Set<String>] = [
    "": ["ComponentStatus", "Namespace", "Node", "PersistentVolume"],
    "admissionregistration.k8s.io": [
      "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
      "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
    ],
    "apiextensions.k8s.io": ["CustomResourceDefinition"],
    "apiregistration.k8s.io": ["APIService"],
    "certificates.k8s.io": ["CertificateSigningRequest", "ClusterTrustBundle"],
    "flowcontrol.apiserver.k8s.io": ["FlowSchema", "PriorityLevelConfiguration"],
    "networking.k8s.io": ["IPAddress", "IngressClass", "ServiceCIDR"],
    "node.k8s.io": ["RuntimeClass"],
    "policy": ["PodSecurityPolicy"],
    "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding"],
    "resource.k8s.io": ["DeviceClass", "ResourceSlice"],
    "scheduling.k8s.io": ["PriorityClass"],
    "storage.k8s.io": ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"],
  ]
}
