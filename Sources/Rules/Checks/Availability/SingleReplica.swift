import Diagnostics
import Kubernetes

extension Check {
  /// `single-replica`: one drained node or crash is an outage.
  package static let singleReplica = Check.object { object, context in
    if let workload = Workload(object, customKinds: context.scope.workloadKinds) {
      return SingleReplica(context: context).judge(workload)
    }
    if let autoscaler = Autoscaler(object) { return SingleReplica(context: context).judge(autoscaler) }
    return .notConcerned
  }
}

private struct SingleReplica {
  let context: CheckContext

  private var minimum: Int { context.options.integer("minimumReplicas") }
  private var isExemptEnvironment: Bool {
    context.options.words("environmentsExempt").contains(context.scope.environment)
  }

  func judge(_ workload: Workload) -> Outcome {
    if let excuse = AvailabilitySubjects.excuse(forReplicasOf: workload) { return excuse }
    guard let replicas = context.joins.replicas(of: workload) else {
      return .unknown(Undecided("how many pods \(workload.object.identity) has"))
    }
    if replicas.isStopped || replicas.range.lowerBound == 0 { return .exempt("scaled-to-zero") }
    if isExemptEnvironment { return .exempt("exempt-environment") }
    let serving = context.serving(of: workload)
    let isStrictDeployment = context.isStrict && workload.isDeployment
    guard serving != nil || replicas.autoscaler != nil || isStrictDeployment else { return context.notServed(workload) }
    guard replicas.range.lowerBound < minimum else { return .pass }
    if LeaderElection.isUsed(by: workload, context) { return .exempt("leader-election") }
    return .finding(finding(workload, replicas, serving))
  }

  private func finding(_ workload: Workload, _ replicas: Replicas, _ serving: Serving?) -> Finding {
    var holes = workload.holes + counts(replicas.range.lowerBound)
    if let serving { holes.append(Hole("service", serving.service.name)) }
    var level = Level.warning
    if replicas.range.upperBound == 1, let claim = exclusiveClaim(of: workload) {
      holes.append(Hole("claim", claim.name))
      level = .note
    }
    return context.finding(
      level, in: workload.object, at: replicas.lower, related: serving.map { context.related($0) } ?? [], holes: holes,
      edits: edit(replicas.lower))
  }

  /// An autoscaler whose workload is elsewhere is all that there is to judge.
  func judge(_ autoscaler: Autoscaler) -> Outcome {
    if let excuse = AvailabilitySubjects.excuse(for: autoscaler.object) { return excuse }
    guard !context.joins.workloads.contains(where: autoscaler.targets), let lowest = autoscaler.minimum else {
      return .notConcerned
    }
    if lowest == 0 { return .exempt("scaled-to-zero") }
    if isExemptEnvironment { return .exempt("exempt-environment") }
    guard lowest < minimum else { return .pass }
    let place =
      autoscaler.minimumNode.map(Place.value)
      ?? .absent(key: autoscaler.minimumKey, under: autoscaler.spec ?? autoscaler.object.node)
    return .finding(
      context.finding(
        .warning, in: autoscaler.object, at: place,
        holes: [Hole("kind", autoscaler.object.kind), Hole("name", autoscaler.object.name)] + counts(lowest),
        edits: edit(place)))
  }

  private func counts(_ lowest: Int) -> [Hole] {
    [Hole("pods", lowest == 1 ? "a single pod" : "only \(lowest) pods"), Hole("min", String(minimum))]
  }

  private func edit(_ place: Place) -> [NodeEdit] {
    let title = "Run at least \(minimum) replicas"
    switch place {
    case .value(let node):
      return [NodeEdit(title: title, change: .replaceText(node, nil, with: String(minimum)), isSafe: false)]
    case .absent(let key, let node):
      return [
        NodeEdit(title: title, change: .insert(key: key, value: String(minimum), into: node), isSafe: false)
      ]
    case .bytes, .key, .valuesKey, .include, .object, .script: return []
    }
  }

  private func exclusiveClaim(of workload: Workload) -> ClaimVolume? {
    workload.pod.claims.first { context.joins.claim($0, of: workload)?.isExclusive ?? false }
  }
}

/// Operators of which one instance works and the others wait: more replicas add little.
enum LeaderElection {
  static func isUsed(by workload: Workload, _ context: CheckContext) -> Bool {
    workload.pod.appContainers.contains(where: hasFlag) || holdsLeases(workload, context)
  }

  private static func hasFlag(_ container: Container) -> Bool {
    let words = ["args", "command"].flatMap { container.node[$0]?.items ?? [] }.compactMap(\.scalar)
    return words.contains { word in
      let flag = word.drop { $0 == "-" }
      return word.hasPrefix("-") && (flag.hasPrefix("leader-elect") || flag.hasPrefix("enable-leader-election"))
        && !flag.hasSuffix("=false")
    }
  }

  /// A Role on leases that is bound to the workload's account.
  private static func holdsLeases(_ workload: Workload, _ context: CheckContext) -> Bool {
    guard let account = workload.pod.spec["serviceAccountName"]?.scalar else { return false }
    let objects = context.scope.objects.filter { $0.identity.group == "rbac.authorization.k8s.io" }
    let roles = objects.filter { role in
      (role.node["rules"]?.items ?? []).contains { rule in
        (rule["resources"]?.items ?? []).contains { $0.scalar == "leases" }
      }
    }
    return objects.contains { binding in
      guard let reference = binding.node["roleRef"] else { return false }
      let bindsLeases = roles.contains {
        $0.kind == reference["kind"]?.scalar && $0.name == reference["name"]?.scalar
      }
      return bindsLeases && (binding.node["subjects"]?.items ?? []).contains { $0["name"]?.scalar == account }
    }
  }
}
