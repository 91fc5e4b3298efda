/// One rule of a Role or ClusterRole.
package struct AccessRule: Sendable {
  package let node: Node

  /// The rules of a Role or ClusterRole; none for other objects.
  package static func all(in object: KubernetesObject) -> [AccessRule] {
    guard object.identity.group == "rbac.authorization.k8s.io", ["Role", "ClusterRole"].contains(object.kind) else {
      return []
    }
    return (object.node["rules"]?.items ?? []).filter(\.isMapping).map(AccessRule.init)
  }

  package enum List: String, Hashable, Sendable {
    case groups = "apiGroups"
    case resources
    case verbs
    case names = "resourceNames"
  }

  package func items(_ list: List) -> [Node] { node[list.rawValue]?.items ?? [] }

  /// The item of a list that allows the word: the word itself or `*`.
  package func item(_ list: List, allowing word: String) -> Node? {
    items(list).first { $0.scalar == word } ?? items(list).first { $0.scalar == "*" }
  }

  package func allows(_ list: List, _ word: String) -> Bool { item(list, allowing: word) != nil }

  /// Everything on everything.
  package var isUnlimited: Bool {
    let allVerbs = ["get", "list", "watch", "create", "update", "patch", "delete"]
    let has = { (list: List) in items(list).contains { $0.scalar == "*" } }
    return has(.groups) && has(.resources) && items(.names).isEmpty
      && (has(.verbs) || allVerbs.allSatisfy { verb in items(.verbs).contains { $0.scalar == verb } })
  }
}

/// A RoleBinding or ClusterRoleBinding.
package struct AccessBinding: Sendable {
  package let object: KubernetesObject

  package init?(_ object: KubernetesObject) {
    guard object.identity.group == "rbac.authorization.k8s.io",
      ["RoleBinding", "ClusterRoleBinding"].contains(object.kind)
    else { return nil }
    self.object = object
  }

  package var roleName: Node? { object.node.descend("roleRef", "name") }
  /// `Role` or `ClusterRole`.
  package var roleKind: String { object.node.descend("roleRef", "kind")?.scalar ?? "" }
  package var subjects: [Subject] { (object.node["subjects"]?.items ?? []).filter(\.isMapping).map(subject) }

  /// Who is granted the role.
  package struct Subject: Sendable {
    package let node: Node
    package let kind: String
    package let name: String
    /// Of a service account; the binding's own where none is written.
    package let namespace: String
  }

  private func subject(_ node: Node) -> Subject {
    Subject(
      node: node, kind: node["kind"]?.scalar ?? "", name: node["name"]?.scalar ?? "",
      namespace: node["namespace"]?.scalar ?? object.namespace)
  }

  /// Whether the binding grants this role.
  package func grants(_ role: KubernetesObject) -> Bool {
    roleKind == role.kind && roleName?.scalar == role.name
      && (role.kind == "ClusterRole" || role.namespace == object.namespace)
  }

  /// The subject that is this service account; groups of service accounts are not looked into.
  package func subject(account name: String, namespace: String) -> Subject? {
    subjects.first { $0.kind == "ServiceAccount" && $0.name == name && $0.namespace == namespace }
  }
}
