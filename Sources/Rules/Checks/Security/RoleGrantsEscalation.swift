import Kubernetes

extension Check {
  /// `role-grants-escalation`: a role whose rights lead to further rights.
  package static let roleGrantsEscalation = Check.object { object, context in
    guard object.identity.group == "rbac.authorization.k8s.io", ["Role", "ClusterRole"].contains(object.kind) else {
      return .notConcerned
    }
    if let clause = SecuritySubjects.exemption(of: object, context) { return .exempt(clause) }
    let isBuiltIn = ["admin", "edit", "cluster-admin"].contains(object.name) || object.name.hasPrefix("system:")
    guard !isBuiltIn else { return .exempt("built-in-role") }
    let grants = GrantSearch(object: object, wanted: Set(context.options.words("grants")))
    guard let first = grants.found.first else { return .pass }
    return .finding(
      context.finding(
        .warning, in: object, at: .value(first.place), related: grants.related(context.joins),
        holes: [
          Hole("kind", object.kind), Hole("name", object.name), Hole("verb", first.verb),
          Hole("resource", first.resource), Hole("grants", grants.names.joined(separator: ", ")),
        ]))
  }
}

private struct GrantSearch {
  struct Hit {
    let name: String
    /// The item to blame.
    let place: Node
    let verb: String
    let resource: String
    let rule: Node
  }

  let object: KubernetesObject
  private(set) var found: [Hit] = []

  init(object: KubernetesObject, wanted: Set<String>) {
    self.object = object
    for rule in AccessRule.all(in: object) {
      for grant in AccessGrant.all where wanted.contains("all") || wanted.contains(grant.name) {
        guard let hit = grant.found(in: rule) else { continue }
        found.append(
          Hit(
            name: grant.name, place: hit.resource, verb: Self.word(hit.verb), resource: Self.word(hit.resource),
            rule: rule.node))
      }
      guard wanted.contains("all") || wanted.contains("wildcard"), rule.items(.names).isEmpty else { continue }
      let resources = rule.items(.resources)
      guard !resources.isEmpty else { continue }
      if let star = (resources + rule.items(.verbs)).first(where: { $0.scalar == "*" }) {
        let isVerb = star.parent?.key == "verbs"
        found.append(
          Hit(
            name: "wildcard", place: star, verb: isVerb ? "do everything with" : Self.word(rule.items(.verbs).first),
            resource: isVerb ? Self.word(resources.first) : "everything", rule: rule.node))
      }
    }
  }

  private static func word(_ node: Node?) -> String {
    let text = node?.scalar ?? ""
    guard text == "*" else { return text }
    return node?.parent?.key == "verbs" ? "do everything with" : "everything"
  }

  /// Each once, in order of appearance.
  var names: [String] {
    var seen: Set<String> = []
    return found.map(\.name).filter { seen.insert($0).inserted }
  }

  func related(_ joins: Joins) -> [Related] {
    var seen: Set<Node> = [found[0].rule]
    let others = found.filter { seen.insert($0.rule).inserted }
      .map { Related(.value($0.place), "this grants \($0.name)") }
    let bindings = (joins.objects(.roleBinding) + joins.objects(.clusterRoleBinding)).compactMap(AccessBinding.init)
      .filter { $0.grants(object) }
      .flatMap { binding -> [Related] in
        let subjects = binding.subjects.compactMap { $0.node["name"] }
        return subjects.isEmpty
          ? [Related(.object(binding.object.node), "bound here")]
          : subjects.map { Related(.value($0), "bound to this subject") }
      }
    return others + bindings
  }
}
