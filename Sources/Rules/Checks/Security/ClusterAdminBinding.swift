import Kubernetes

extension Check {
  /// `cluster-admin-binding`: a binding that hands out every right.
  package static let clusterAdminBinding = Check.object { object, context in
    guard let binding = AccessBinding(object) else { return .notConcerned }
    if let clause = SecuritySubjects.exemption(of: object, context) { return .exempt(clause) }
    guard !object.name.hasPrefix("system:") else { return .exempt("system-binding") }
    guard let name = binding.roleName else { return .pass }
    let role =
      context.joins.objects(.clusterRole).first(where: binding.grants)
      ?? context.joins.objects(.role).first(where: binding.grants)
    let unlimited = role.flatMap { AccessRule.all(in: $0).first(where: \.isUnlimited) }
    guard binding.roleKind == "ClusterRole" && name.scalar == "cluster-admin" || unlimited != nil else { return .pass }
    let subjects = binding.subjects.map { "\($0.kind) `\($0.name)`" }
    let isLocal = object.kind == "RoleBinding" || binding.roleKind == "Role"
    return .finding(
      context.finding(
        .error, in: object, at: .value(name),
        related: unlimited.map { [Related(.key($0.node), "this rule allows everything")] } ?? [],
        holes: [
          Hole("kind", object.kind), Hole("name", object.name),
          Hole("subjects", subjects.isEmpty ? "its subjects" : subjects.joined(separator: ", ")),
        ] + (isLocal ? [Hole("namespace", object.namespace)] : [])))
  }
}
