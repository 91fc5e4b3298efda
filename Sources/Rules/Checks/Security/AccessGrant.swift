import Kubernetes

/// A right that can be turned into rights of other accounts.
struct AccessGrant: Sendable {
  /// As the option `grants` names it.
  let name: String
  let groups: [String]
  let resources: [String]
  let verbs: [String]
  /// A resource name cannot limit what does not exist yet.
  var isCreation = false

  private static let core = [""]
  private static let roles = ["rbac.authorization.k8s.io"]

  /// Source: the page on good practices for RBAC of Kubernetes' documentation, and what each right leads to.
  static let all: [AccessGrant] = [
    AccessGrant(name: "exec", groups: core, resources: ["pods/exec", "pods/attach"], verbs: ["create", "get"]),
    AccessGrant(name: "create-workloads", groups: core, resources: ["pods"], verbs: ["create"], isCreation: true),
    AccessGrant(
      name: "create-workloads", groups: ["apps"],
      resources: ["deployments", "statefulsets", "daemonsets", "replicasets"], verbs: ["create"], isCreation: true),
    AccessGrant(
      name: "create-workloads", groups: ["batch"], resources: ["jobs", "cronjobs"], verbs: ["create"], isCreation: true),
    AccessGrant(name: "read-secrets", groups: core, resources: ["secrets"], verbs: ["get", "list", "watch"]),
    AccessGrant(name: "nodes-proxy", groups: core, resources: ["nodes/proxy"], verbs: ["create", "get"]),
    AccessGrant(name: "escalate", groups: roles, resources: ["roles", "clusterroles"], verbs: ["escalate"]),
    AccessGrant(name: "bind", groups: roles, resources: ["roles", "clusterroles"], verbs: ["bind"]),
    AccessGrant(
      name: "bind", groups: roles, resources: ["rolebindings", "clusterrolebindings"],
      verbs: ["create", "update", "patch", "bind"], isCreation: true),
    AccessGrant(
      name: "impersonate", groups: core, resources: ["users", "groups", "serviceaccounts"], verbs: ["impersonate"]),
    AccessGrant(
      name: "approve-csr", groups: ["certificates.k8s.io"], resources: ["certificatesigningrequests/approval"],
      verbs: ["update", "patch"]),
    AccessGrant(
      name: "approve-csr", groups: ["certificates.k8s.io"], resources: ["signers"], verbs: ["approve", "sign"]),
    AccessGrant(
      name: "webhooks", groups: ["admissionregistration.k8s.io"],
      resources: ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
      verbs: ["create", "update", "patch"], isCreation: true),
    AccessGrant(
      name: "services-status", groups: core, resources: ["services/status"], verbs: ["update", "patch"]),
    AccessGrant(name: "token", groups: core, resources: ["serviceaccounts/token"], verbs: ["create"], isCreation: true),
  ]

  /// The verb and resource items by which a rule gives the right; nil when it does not.
  func found(in rule: AccessRule) -> (resource: Node, verb: Node)? {
    guard groups.contains(where: { rule.allows(.groups, $0) }) else { return nil }
    let resource = resources.lazy.compactMap { rule.item(.resources, allowing: $0) }.first
    let verb = verbs.lazy.compactMap { rule.item(.verbs, allowing: $0) }.first
    guard let resource, let verb else { return nil }
    let isNamed = !rule.items(.names).isEmpty && !(isCreation && ["create", "*"].contains(verb.scalar ?? ""))
    return isNamed ? nil : (resource, verb)
  }
}
