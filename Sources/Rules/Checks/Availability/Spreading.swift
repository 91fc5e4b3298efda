import Diagnostics
import Kubernetes

extension Check {
  /// `replicas-share-node`: nothing keeps the pods of a workload apart.
  package static let replicasShareNode = Check.workload { workload, context in
    if let excuse = AvailabilitySubjects.excuse(forReplicasOf: workload) { return excuse }
    guard let replicas = context.joins.replicas(of: workload) else {
      return .unknown(Undecided("how many pods \(workload.object.identity) has"))
    }
    guard replicas.range.upperBound >= 2 else { return .exempt("few-pods") }
    let keys = Set(context.options.words("topologyKeys"))
    let labels = workload.pod.labels
    let isKeptApart = workload.pod.antiAffinityTerms.contains { term in
      keys.contains(term.topologyKey ?? "") && term.selects(labels, namespace: workload.object.namespace)
    }
    let isSpread = workload.pod.spreadConstraints.contains {
      Selector($0["labelSelector"], form: .labelSelector).matches(labels)
    }
    guard !isKeptApart, !isSpread else { return .pass }
    let misses = workload.pod.antiAffinityTerms.compactMap(\.selectorNode)
    return .finding(
      context.finding(
        .warning, in: workload.object, at: .absent(key: "affinity", under: workload.pod.spec),
        related: misses.map { Related(.key($0), "this does not select its own pods") },
        holes: workload.holes + [Hole("pods", "\(replicas.range.upperBound) pods")]))
  }

  /// `ineffective-spread`: a rule that should keep pods apart counts other pods, or is refused.
  package static let ineffectiveSpread = Check.workload { workload, context in
    if let excuse = AvailabilitySubjects.excuse(for: workload.object) { return excuse }
    guard workload.isLongRunning else { return .exempt("short-running") }
    let search = SpreadSearch(workload: workload, context: context)
    var findings: [Finding] = []
    var clause: String?
    for result in workload.pod.spreadConstraints.map(search.judge) + workload.pod.antiAffinityTerms.map(search.judge) {
      switch result {
      case .good: break
      case .exempt(let name): clause = clause ?? name
      case .bad(let finding): findings.append(finding)
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}

private struct SpreadSearch {
  let workload: Workload
  let context: CheckContext

  enum Result {
    case good
    case exempt(String)
    case bad(Finding)
  }

  // MARK: Constraints

  func judge(_ constraint: Node) -> Result {
    if let refusal = refusal(of: constraint) { return .bad(refusal) }
    if constraint["matchLabelKeys"] != nil { return .exempt("match-label-keys") }
    guard let selector = constraint["labelSelector"] else {
      return .bad(mismatch("topologySpreadConstraint", at: .absent(key: "labelSelector", under: constraint), nil))
    }
    return judge(selector, "topologySpreadConstraint")
  }

  /// What the API server refuses (kubernetes, pkg/apis/core/validation, `validateTopologySpreadConstraints`).
  private func refusal(of constraint: Node) -> Finding? {
    for field in ["maxSkew", "minDomains"] {
      if let node = constraint[field], let number = node.integer, number < 1 {
        return refused(.value(node), "`\(field)` is \(number), below 1")
      }
    }
    for field in ["maxSkew", "topologyKey", "whenUnsatisfiable"] where constraint[field] == nil {
      return refused(.absent(key: field, under: constraint), "it has no `\(field)`")
    }
    if let node = constraint["whenUnsatisfiable"], let word = node.scalar,
      !["DoNotSchedule", "ScheduleAnyway"].contains(word)
    {
      return refused(.value(node), "`whenUnsatisfiable` is `\(word)`, not DoNotSchedule or ScheduleAnyway")
    }
    return nil
  }

  private func refused(_ place: Place, _ reason: String) -> Finding {
    context.finding(
      .error, in: workload.object, at: place,
      holes: [Hole("constraint", "topologySpreadConstraint"), Hole("reason", reason)] + workload.holes)
  }

  // MARK: Terms

  func judge(_ term: PodAffinityTerm) -> Result {
    guard let selector = term.selectorNode else { return .exempt("term-without-selector") }
    if term.node["matchLabelKeys"] != nil { return .exempt("match-label-keys") }
    return judge(selector, "podAntiAffinity")
  }

  private func judge(_ node: Node, _ constraint: String) -> Result {
    let selector = Selector(node, form: .labelSelector)
    let labels = workload.pod.labels
    if selector.matches(labels) { return .good }
    guard keys(of: selector).contains(where: { labels[$0] != nil }) else { return .exempt("other-pods") }
    let isForAnother = context.joins.workloads.contains {
      $0.object.identity != workload.object.identity && selector.matches($0.pod.labels)
    }
    if constraint == "podAntiAffinity", isForAnother { return .exempt("other-pods") }
    return .bad(mismatch(constraint, at: .key(node), selector))
  }

  private func keys(of selector: Selector) -> [String] {
    (selector.requiredLabels.map { Array($0.children) } ?? []).compactMap(\.key)
      + selector.expressions.compactMap { $0["key"]?.scalar }
  }

  private func mismatch(_ constraint: String, at place: Place, _ selector: Selector?) -> Finding {
    let labels = workload.pod.labels.node
    var holes = workload.holes + [Hole("constraint", constraint)]
    if let selector {
      holes += [Hole("selector", text(of: selector)), Hole("labels", pairs(labels))]
    } else {
      holes.append(Hole("absent", "it has no labelSelector"))
    }
    return context.finding(
      .warning, in: workload.object, at: place, related: labels.map { [Related(.key($0), "the pods' labels")] } ?? [],
      holes: holes)
  }

  private func text(of selector: Selector) -> String {
    let words = selector.expressions.map { expression in
      let values = (expression["values"]?.items ?? []).compactMap(\.scalar).joined(separator: ", ")
      return "\(expression["key"]?.scalar ?? "") \(expression["operator"]?.scalar ?? "")"
        + (values.isEmpty ? "" : " [\(values)]")
    }
    return ([pairs(selector.requiredLabels)] + words).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func pairs(_ node: Node?) -> String {
    (node.map { Array($0.children) } ?? []).map { "\($0.key ?? ""): \($0.scalar ?? "")" }.joined(separator: ", ")
  }
}
