/// An apiVersion of a kind that a version of Kubernetes stopped to serve.
package struct APIRemoval: Hashable, Sendable {
  /// The minor version of Kubernetes 1 that no longer has it.
  package let removed: Int
  /// The apiVersion to use; nil when the kind is gone for good.
  package let replacement: String?
  /// The minor version that first had the replacement; nil when that was before the oldest that is known.
  package let replacementSince: Int?
  /// What else changes with the replacement; nil when the fields are the same.
  package let change: String?

  /// The removal of an object's apiVersion, past or announced; nil while none is known.
  package static func of(_ identity: ObjectIdentity) -> APIRemoval? {
    for row in rows where row.apiVersion == identity.apiVersion {
      if row.kinds.isEmpty || row.kinds.contains(identity.kind) { return row.removal }
    }
    return generated(identity)
  }

  /// Later removals are read off the schemas: a version has the kind no more that an earlier one had.
  private static func generated(_ identity: ObjectIdentity) -> APIRemoval? {
    guard let lifetime = SchemaTable.lifetime(of: identity), lifetime.last < SchemaTable.knownVersions.upperBound else {
      return nil
    }
    let table = SchemaTable(minorVersion: lifetime.last + 1)
    let others = table.apiVersions(of: identity.kind)
      .filter { ObjectIdentity.split(apiVersion: $0).group == identity.group }
    let replacement = others.max(by: { APIStability($0) < APIStability($1) })
    let since = replacement.flatMap { text -> Int? in
      var other = identity
      other.version = ObjectIdentity.split(apiVersion: text).version
      return SchemaTable.lifetime(of: other)?.first
    }
    return APIRemoval(
      removed: lifetime.last + 1, replacement: replacement, replacementSince: since == 0 ? nil : since, change: nil)
  }
}

/// The order in which API versions are to be preferred: stable before beta before alpha, then the higher number.
package struct APIStability: Comparable, Sendable {
  private let rank: Int
  private let numbers: [Int]

  /// Of a version, or of an apiVersion.
  package init(_ text: String) {
    let version = ObjectIdentity.split(apiVersion: text).version
    rank = version.contains("alpha") ? 0 : version.contains("beta") ? 1 : 2
    numbers = version.split { !$0.isNumber }.compactMap { Int($0) }
  }

  package var isStable: Bool { rank == 2 }

  package static func < (left: APIStability, right: APIStability) -> Bool {
    left.rank != right.rank ? left.rank < right.rank : left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}

// MARK: - Removals before the oldest schemas

extension APIRemoval {
  /// One apiVersion with the kinds that went; all of its kinds when there are none.
  struct Row {
    let apiVersion: String
    let kinds: Set<String>
    let removal: APIRemoval

    init(
      _ apiVersion: String, _ kinds: Set<String>, removed: Int, use replacement: String?, since: Int? = nil,
      change: String? = nil
    ) {
      self.apiVersion = apiVersion
      self.kinds = kinds
      removal = APIRemoval(removed: removed, replacement: replacement, replacementSince: since, change: change)
    }
  }

  private static let selector = "spec.selector is required there"
  private static let ingress = "backends are written `service: {name, port}` and each path needs pathType"

  /// Source: the deprecation guide of the Kubernetes documentation.
  static let rows: [Row] = [
    Row(
      "extensions/v1beta1", ["Deployment", "DaemonSet", "ReplicaSet"], removed: 16, use: "apps/v1", since: 9,
      change: selector),
    Row("extensions/v1beta1", ["NetworkPolicy"], removed: 16, use: "networking.k8s.io/v1", since: 7),
    Row("extensions/v1beta1", ["PodSecurityPolicy"], removed: 16, use: "policy/v1beta1", since: 10),
    Row("extensions/v1beta1", ["Ingress"], removed: 22, use: "networking.k8s.io/v1", since: 19, change: ingress),
    Row("apps/v1beta1", [], removed: 16, use: "apps/v1", since: 9, change: selector),
    Row("apps/v1beta2", [], removed: 16, use: "apps/v1", since: 9, change: selector),
    Row("networking.k8s.io/v1beta1", ["Ingress"], removed: 22, use: "networking.k8s.io/v1", since: 19, change: ingress),
    Row("networking.k8s.io/v1beta1", ["IngressClass"], removed: 22, use: "networking.k8s.io/v1", since: 19),
    Row(
      "admissionregistration.k8s.io/v1beta1", ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
      removed: 22, use: "admissionregistration.k8s.io/v1", since: 16,
      change: "sideEffects and admissionReviewVersions are required there"),
    Row(
      "apiextensions.k8s.io/v1beta1", ["CustomResourceDefinition"], removed: 22, use: "apiextensions.k8s.io/v1",
      since: 16, change: "each version needs a structural schema"),
    Row("apiregistration.k8s.io/v1beta1", ["APIService"], removed: 22, use: "apiregistration.k8s.io/v1", since: 10),
    Row("authentication.k8s.io/v1beta1", ["TokenReview"], removed: 22, use: "authentication.k8s.io/v1", since: 6),
    Row(
      "authorization.k8s.io/v1beta1",
      ["LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview"],
      removed: 22, use: "authorization.k8s.io/v1", since: 6),
    Row(
      "certificates.k8s.io/v1beta1", ["CertificateSigningRequest"], removed: 22, use: "certificates.k8s.io/v1",
      since: 19, change: "signerName and usages are required there"),
    Row("coordination.k8s.io/v1beta1", ["Lease"], removed: 22, use: "coordination.k8s.io/v1", since: 14),
    Row("rbac.authorization.k8s.io/v1beta1", [], removed: 22, use: "rbac.authorization.k8s.io/v1", since: 8),
    Row("rbac.authorization.k8s.io/v1alpha1", [], removed: 22, use: "rbac.authorization.k8s.io/v1", since: 8),
    Row("scheduling.k8s.io/v1beta1", ["PriorityClass"], removed: 22, use: "scheduling.k8s.io/v1", since: 14),
    Row("storage.k8s.io/v1beta1", ["CSIDriver"], removed: 22, use: "storage.k8s.io/v1", since: 19),
    Row("storage.k8s.io/v1beta1", ["CSINode"], removed: 22, use: "storage.k8s.io/v1", since: 17),
    Row("storage.k8s.io/v1beta1", ["StorageClass"], removed: 22, use: "storage.k8s.io/v1", since: 6),
    Row("storage.k8s.io/v1beta1", ["VolumeAttachment"], removed: 22, use: "storage.k8s.io/v1", since: 13),
    Row("storage.k8s.io/v1beta1", ["CSIStorageCapacity"], removed: 27, use: "storage.k8s.io/v1", since: 24),
    Row("batch/v1beta1", ["CronJob"], removed: 25, use: "batch/v1", since: 21),
    Row("policy/v1beta1", ["PodDisruptionBudget"], removed: 25, use: "policy/v1", since: 21),
    Row("policy/v1beta1", ["PodSecurityPolicy"], removed: 25, use: nil),
    Row("discovery.k8s.io/v1beta1", ["EndpointSlice"], removed: 25, use: "discovery.k8s.io/v1", since: 21),
    Row("events.k8s.io/v1beta1", ["Event"], removed: 25, use: "events.k8s.io/v1", since: 19),
    Row("node.k8s.io/v1beta1", ["RuntimeClass"], removed: 25, use: "node.k8s.io/v1", since: 20),
    Row(
      "autoscaling/v2beta1", ["HorizontalPodAutoscaler"], removed: 25, use: "autoscaling/v2", since: 23,
      change: "targets of metrics are written `target: {type, …}`"),
    Row("autoscaling/v2beta2", ["HorizontalPodAutoscaler"], removed: 26, use: "autoscaling/v2", since: 23),
    Row(
      "flowcontrol.apiserver.k8s.io/v1beta1", [], removed: 26, use: "flowcontrol.apiserver.k8s.io/v1beta3", since: 26),
    Row("flowcontrol.apiserver.k8s.io/v1beta2", [], removed: 29, use: "flowcontrol.apiserver.k8s.io/v1", since: 29),
    Row("flowcontrol.apiserver.k8s.io/v1beta3", [], removed: 32, use: "flowcontrol.apiserver.k8s.io/v1", since: 29),
  ]
}
