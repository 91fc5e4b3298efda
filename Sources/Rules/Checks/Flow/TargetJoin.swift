import Delivery
import Kubernetes
import SourceText

/// Compares what two commands name, by the objects that their files and charts hold where those are in the input.
struct TargetJoin {
  let objects: DeliveredObjects

  struct Match {
    var relation: TargetRelation
    /// The objects that both are known to mean.
    var holdings: [DeliveredObjects.Holding] = []
  }

  /// A target with the script that names it, from which its path is seen.
  struct Named {
    let target: DeliveryTarget
    let file: SourceFile

    init(_ target: DeliveryTarget, in command: DeliveryCommand) {
      self.target = target
      file = command.place.file
    }
  }

  func match(_ deleted: Named, _ created: Named) -> Match {
    guard deleted.target.isReachable(from: created.target) else { return Match(relation: .different) }
    if let match = namespace(deleted.target, created) { return match }
    switch (holdings(of: deleted), holdings(of: created)) {
    case (nil, nil): return Match(relation: guess(deleted.target, created.target))
    case (let left?, nil): return match(left, created.target, deleted.target)
    case (nil, let right?): return match(right, deleted.target, created.target)
    case (let left?, let right?):
      if case .release = deleted.target.subject, case .release = created.target.subject {
        return Match(relation: deleted.target.relation(to: created.target), holdings: right)
      }
      let both = left.filter { one in right.contains { one.isSame(as: $0) } }
      return Match(relation: both.isEmpty ? .different : .same, holdings: both)
    }
  }

  /// What a target holds; nil when that is not in the input, or when the target names no file.
  func holdings(of named: Named) -> [DeliveredObjects.Holding]? {
    switch named.target.subject {
    case .manifests(let path, let form): objects.holdings(at: path, form, calledFrom: named.file)
    case .release(let name):
      named.target.chart.flatMap { objects.holdings(ofChart: $0, release: name, calledFrom: named.file) }
    case .object, .selection, .stream: nil
    }
  }

  /// A namespace takes all that is in it along.
  private func namespace(_ deleted: DeliveryTarget, _ created: Named) -> Match? {
    guard case .object(let kind, let name) = deleted.subject, kind.constant == "Namespace",
      let namespace = created.target.namespace
    else { return nil }
    let relation = DeliveryTarget.relation(name, namespace)
    return relation == .different ? nil : Match(relation: relation, holdings: holdings(of: created) ?? [])
  }

  /// The objects of a file or chart (of `owner`) beside a target without any.
  private func match(
    _ holdings: [DeliveredObjects.Holding], _ target: DeliveryTarget, _ owner: DeliveryTarget
  ) -> Match {
    switch target.subject {
    case .object(let kind, let name):
      return best(holdings) { holding in
        weakest(
          DeliveryTarget.relation(kind, ResolvedText(ByteString(holding.object.kind))),
          DeliveryTarget.relation(name, ResolvedText(ByteString(holding.name))))
      }
    case .selection(let kind, let selector): return best(holdings) { relation(kind, selector, $0) }
    case .release(let release):
      if case .manifests(_, .chart(let name?)) = owner.subject {
        let relation = DeliveryTarget.relation(release, name)
        return Match(relation: relation, holdings: relation == .same ? holdings : [])
      }
      if case .release(let name) = owner.subject {
        return Match(relation: DeliveryTarget.relation(release, name), holdings: holdings)
      }
      // Helm refuses objects of others; a file that it does not own is another thing.
      return Match(relation: target.chart == nil ? .different : .possible)
    case .manifests, .stream: return Match(relation: guess(target, owner))
    }
  }

  private func best(
    _ holdings: [DeliveredObjects.Holding], _ relation: (DeliveredObjects.Holding) -> TargetRelation
  ) -> Match {
    let judged = holdings.map { ($0, relation($0)) }
    for wanted in [TargetRelation.same, .possible] {
      let found = judged.filter { $0.1 == wanted }.map(\.0)
      if !found.isEmpty { return Match(relation: wanted, holdings: found) }
    }
    return Match(relation: .different)
  }

  /// Whether objects of a kind that a selector chooses hold an object. Pods are chosen by the labels of their template.
  private func relation(
    _ kind: ResolvedText, _ selector: ResolvedText?, _ holding: DeliveredObjects.Holding
  ) -> TargetRelation {
    let object = holding.object
    let workload = Workload(object)
    let isOfKind =
      kind.constant == "all" && Self.kindsOfAll.contains(object.kind)
      || kind.constant == "Pod" && workload != nil || kind.constant?.string == object.kind
    guard isOfKind else { return kind.isConstant ? .different : .possible }
    guard let selector else { return .same }
    guard let condition = LabelCondition(selector) else { return .possible }
    let own = Labels(object.metadata?["labels"])
    if kind.constant == "Pod", let workload { return condition.matches(workload.pod.labels) ? .same : .different }
    return condition.matches(own) ? .same : .different
  }

  /// What `kubectl delete all` stands for.
  private static let kindsOfAll: Set<String> = [
    "Pod", "Service", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob",
    "HorizontalPodAutoscaler",
  ]

  private func weakest(_ left: TargetRelation, _ right: TargetRelation) -> TargetRelation {
    if left == .different || right == .different { return .different }
    return left == .same && right == .same ? .same : .possible
  }

  /// By the words alone, where the content is not at hand.
  private func guess(_ deleted: DeliveryTarget, _ created: DeliveryTarget) -> TargetRelation {
    let relation = deleted.relation(to: created)
    guard relation == .possible else { return relation }
    switch (deleted.subject, created.subject) {
    case (.object(let kind, let name), .manifests(let path, _)):
      return ManifestPath(path).holds(kind: kind, name: name)
    case (.selection(let kind, _), .manifests(let path, _)): return ManifestPath(path).holds(kind: kind, name: nil)
    case (.object(_, let name), .release(let release)): return name == release ? .same : .possible
    case (.release(let release), .manifests(_, .chart(let name?))): return DeliveryTarget.relation(release, name)
    case (.release, .object), (.release, .selection), (.release, .manifests), (.release, .stream): return .different
    default: return .possible
    }
  }
}

extension DeliveredObjects.Holding {
  fileprivate func isSame(as other: DeliveredObjects.Holding) -> Bool {
    object.kind == other.object.kind && object.identity.group == other.object.identity.group && name == other.name
      && (namespace == nil || other.namespace == nil || namespace == other.namespace)
  }
}

extension DeliveryTarget {
  /// Whether both may be in one namespace of one cluster.
  fileprivate func isReachable(from other: DeliveryTarget) -> Bool {
    [(namespace, other.namespace), (context, other.context)].allSatisfy { left, right in
      guard let left, let right else { return true }
      return left.constant == "*" || right.constant == "*" || DeliveryTarget.relation(left, right) != .different
    }
  }
}
