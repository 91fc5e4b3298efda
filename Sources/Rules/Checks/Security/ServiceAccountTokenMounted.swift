import Kubernetes

extension Check {
  /// `service-account-token-mounted`: a token that its pod has no use for.
  package static let serviceAccountTokenMounted = Check.object { object, context in
    let check = AccountTokens(object: object, context: context)
    if let workload = Workload(object, customKinds: context.scope.workloadKinds) {
      if let clause = SecuritySubjects.exemption(of: object, context) { return .exempt(clause) }
      return check.outcome(of: workload)
    }
    if object.isKind("ServiceAccount", group: ""), object.name == "default" { return check.defaultAccount }
    guard let binding = AccessBinding(object) else { return .notConcerned }
    return check.outcome(of: binding)
  }
}

private struct AccountTokens {
  let object: KubernetesObject
  let context: CheckContext

  func outcome(of workload: Workload) -> Outcome {
    let spec = workload.pod.spec
    if spec["automountServiceAccountToken"]?.boolean == false { return .exempt("not-mounted") }
    let name = workload.pod.serviceAccountName?.scalar ?? ""
    let account = context.joins.objects(.serviceAccount)
      .first { $0.name == (name.isEmpty ? "default" : name) && $0.namespace == object.namespace }
    let asks = spec["automountServiceAccountToken"]?.boolean == true
    if !asks, account?.node["automountServiceAccountToken"]?.boolean == false { return .exempt("not-mounted") }
    let reason: String
    if name.isEmpty || name == "default" {
      reason = "of the account `default`"
    } else {
      guard let account else {
        return .unknown(Undecided("ServiceAccount `\(name)` is not in the input and may have rights"))
      }
      guard !hasIdentity(account) else { return .exempt("cloud-identity") }
      guard bindings(of: account).isEmpty else { return .exempt("bound") }
      guard context.scope.isComplete else {
        return .unknown(Undecided("no binding of ServiceAccount/\(name) is in the input (input is partial)"))
      }
      reason = "`\(name)` has no rights"
    }
    let place: Place =
      spec["automountServiceAccountToken"].map(Place.value) ?? .absent(key: "automountServiceAccountToken", under: spec)
    return .finding(
      finding(place, reason, related: account.map { [Related(.object($0.node), "its account")] } ?? [], spec))
  }

  var defaultAccount: Outcome {
    if object.node["automountServiceAccountToken"]?.boolean == false { return .exempt("not-mounted") }
    let place: Place =
      object.node["automountServiceAccountToken"].map(Place.value)
      ?? .absent(key: "automountServiceAccountToken", under: object.node)
    return .finding(finding(place, "of the account `default`, for every pod that names none", related: [], object.node))
  }

  func outcome(of binding: AccessBinding) -> Outcome {
    if let clause = SecuritySubjects.exemption(of: object, context) { return .exempt(clause) }
    let subject = binding.subjects.first { $0.kind == "ServiceAccount" && $0.name == "default" }
    guard let subject, let name = subject.node["name"] else { return .pass }
    return .finding(
      context.finding(
        .note, in: object, at: .value(name),
        holes: [
          Hole("kind", object.kind), Hole("name", object.name), Hole("does", "gives rights to"),
          Hole("account", "the account `default`, which every pod has that names none"),
        ]))
  }

  private func finding(_ place: Place, _ reason: String, related: [Related], _ mapping: Node) -> Finding {
    var edits: [NodeEdit] = []
    if case .absent(let key, _) = place {
      edits = [
        NodeEdit(title: "Mount no token", change: .insert(key: key, value: "false", into: mapping), isSafe: false)
      ]
    }
    return context.finding(
      .note, in: object, at: place, related: related,
      holes: [
        Hole("kind", object.kind), Hole("name", object.name), Hole("does", "mounts"),
        Hole("account", "an API token it has no use for (\(reason))"),
      ], edits: edits)
  }

  private func bindings(of account: KubernetesObject) -> [KubernetesObject] {
    let all = context.joins.objects(.roleBinding) + context.joins.objects(.clusterRoleBinding)
    return all.filter { candidate in
      AccessBinding(candidate)?.subject(account: account.name, namespace: account.namespace) != nil
    }
  }

  /// A cloud's identity comes to the pod by its token.
  private func hasIdentity(_ account: KubernetesObject) -> Bool {
    let marks = ["eks.amazonaws.com/role-arn", "iam.gke.io/", "azure.workload.identity/"]
    let keys = account.metadata?["annotations"].map { $0.children.compactMap(\.key) } ?? []
    return keys.contains { key in marks.contains { key.hasPrefix($0) } }
  }
}
