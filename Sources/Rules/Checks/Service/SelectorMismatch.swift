import Kubernetes

extension Check {
  /// `selector-mismatch`: a workload does not select the pods that it makes.
  package static let selectorMismatch = Check.workload { workload, context in
    guard let form = SelectorMismatch.form(of: workload) else { return .exempt("job") }
    guard let spec = workload.object.node["spec"] else { return .notConcerned }
    let mismatch = SelectorMismatch(workload: workload, context: context)
    let selector = Selector(spec["selector"], form: form)
    guard let node = spec["selector"], !selector.isEmpty else {
      if let clause = SelectorMismatch.giverOfSelectors[workload.kind] { return .exempt(clause) }
      let place: Place = spec["selector"].map(Place.key) ?? .absent(key: "selector", under: spec)
      return .finding(mismatch.finding(at: place, Hole("state", spec["selector"] == nil ? "missing" : "empty")))
    }
    let unknown = selector.requirements.compactMap(\.unknownOperator)
    if let word = unknown.first {
      return .finding(mismatch.finding(at: .value(word), Hole("operator", word.scalar ?? "")))
    }
    let failures = selector.failures(for: workload.pod.labels)
    guard let first = failures.first else { return .pass }
    return .finding(mismatch.finding(first, isAlone: failures.count == 1, in: node))
  }
}

private struct SelectorMismatch {
  let workload: Workload
  let context: CheckContext

  /// The kinds that need not be told what to select, with the clause that says so.
  static let giverOfSelectors: [Workload.Kind: String] = [
    .custom: "custom-kind", .replicationController: "replication-controller", .job: "job",
  ]

  /// How the workload's selector is written; nil when the cluster makes it.
  static func form(of workload: Workload) -> Selector.Form? {
    let selector = workload.object.node.descend("spec", "selector")
    switch workload.kind {
    case .deployment, .statefulSet, .daemonSet, .replicaSet: return .labelSelector
    case .replicationController: return .map
    case .custom:
      let isLabelSelector = selector?["matchLabels"] != nil || selector?["matchExpressions"] != nil
      return isLabelSelector ? .labelSelector : .map
    case .job: return workload.object.node.descend("spec", "manualSelector")?.boolean == true ? .labelSelector : nil
    case .cronJob, .pod: return nil
    }
  }

  func finding(at place: Place, _ hole: Hole) -> Finding {
    context.finding(
      .error, in: workload.object, at: place,
      holes: [Hole("kind", workload.object.kind), Hole("name", workload.object.name), hole])
  }

  func finding(_ failure: LabelRequirement, isAlone: Bool, in selector: Node) -> Finding {
    let label = workload.pod.labels[failure.key]
    let other = label?.scalar.map { "`\(failure.key): \($0)`" } ?? "no such label"
    var edits: [NodeEdit] = []
    if isAlone, failure.isEquality, let label, let value = failure.node.scalar {
      edits = [
        NodeEdit(
          title: "Label the pods `\(failure.key): \(value)`", change: .replaceText(label, nil, with: value),
          isSafe: true)
      ]
    }
    let related =
      label.map { Related(.value($0), "the label of the pods") }
      ?? workload.pod.labels.node.map { Related(.key($0), "the labels of the pods") }
    let place: Place =
      failure.isEquality
      ? (label == nil ? .key(failure.node) : .value(failure.node)) : .value(failure.node["key"] ?? failure.node)
    return context.finding(
      .error, in: workload.object, at: place, related: related.map { [$0] } ?? [],
      holes: [
        Hole("kind", workload.object.kind), Hole("name", workload.object.name), Hole("wanted", failure.text),
        Hole("other", other),
      ], edits: edits)
  }
}
