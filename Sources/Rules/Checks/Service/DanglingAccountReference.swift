import Kubernetes

extension Check {
  /// `dangling-account-reference`: pods or bindings name an account or role that nobody makes.
  package static let danglingAccountReference = Check.object { object, context in
    let check = AccountReferences(object: object, context: context)
    if let binding = AccessBinding(object) { return check.outcome(of: binding) }
    guard let workload = Workload(object, customKinds: context.scope.workloadKinds) else { return .notConcerned }
    return check.outcome(of: workload)
  }
}

private struct AccountReferences {
  let object: KubernetesObject
  let context: CheckContext

  private var isClosed: Bool { context.options.boolean("closed") }

  func outcome(of workload: Workload) -> Outcome {
    guard let node = workload.pod.serviceAccountName, let name = node.scalar, !name.isEmpty, name != "default" else {
      return .exempt("default-account")
    }
    return outcome(
      of: context.lookup(.serviceAccount, named: node, in: object.namespace, isClosed: isClosed), node, "ServiceAccount"
    )
  }

  func outcome(of binding: AccessBinding) -> Outcome {
    var outcomes = [role(of: binding)]
    for subject in binding.subjects where subject.kind == "ServiceAccount" { outcomes.append(account(subject)) }
    let findings = outcomes.flatMap { outcome -> [Finding] in
      if case .findings(let list) = outcome { list } else { [] }
    }
    guard findings.isEmpty else { return .findings(findings) }
    let undecided = outcomes.first { if case .unknown = $0 { true } else { false } }
    let exempt = outcomes.first { if case .exempt = $0 { true } else { false } }
    return undecided ?? exempt ?? .pass
  }

  private func role(of binding: AccessBinding) -> Outcome {
    guard let node = binding.roleName, let name = node.scalar else { return .pass }
    if binding.roleKind == "Role" {
      // Namespaces of the cluster itself have roles of their own, such as `extension-apiserver-authentication-reader`.
      let isShared = object.namespace.hasPrefix("kube-") || name.hasPrefix("system:")
      guard !isShared else { return .exempt("built-in-role") }
      let found = context.lookup(.role, named: node, in: object.namespace, isClosed: isClosed, isOwn: true)
      return outcome(of: found, node, "Role")
    }
    let isBuiltIn = ["admin", "edit", "view", "cluster-admin"].contains(name) || name.hasPrefix("system:")
    guard !isBuiltIn else { return .exempt("built-in-role") }
    let found = context.lookup(.clusterRole, named: node, in: "", isClosed: isClosed)
    return outcome(of: found, node, "ClusterRole")
  }

  private func account(_ subject: AccessBinding.Subject) -> Outcome {
    guard subject.name != "default", let node = subject.node["name"] else { return .exempt("default-account") }
    let found = context.lookup(
      .serviceAccount, named: node, in: subject.namespace, isClosed: isClosed,
      isOwn: subject.namespace == object.namespace ? nil : false)
    return outcome(of: found, subject.node["namespace"] ?? node, "ServiceAccount", name: subject.name)
  }

  private func outcome(of lookup: Lookup, _ node: Node, _ kind: String, name: String? = nil) -> Outcome {
    switch lookup {
    case .found: return .pass
    case .external: return .exempt("external")
    case .undecided(let missing): return .unknown(missing)
    case .missing: return .finding(finding(node, kind, name, reason: "which this release does not create", []))
    case .elsewhere(let other):
      let related = [Related(.object(other.node), "the one of that name")]
      return .finding(
        finding(node, kind, name, reason: "which this release creates in namespace `\(other.namespace)`", related))
    }
  }

  private func finding(_ node: Node, _ kind: String, _ name: String?, reason: String, _ related: [Related]) -> Finding {
    context.finding(
      .error, in: object, at: context.place(ofReference: node), related: related,
      holes: [
        Hole("owner", object.identity.description), Hole("refkind", kind), Hole("ref", name ?? node.scalar ?? ""),
        Hole("reason", reason),
      ])
  }
}
