import Kubernetes

/// What a selector that matches nothing comes nearest to.
struct SelectorSearch {
  /// Something that has labels.
  struct Candidate {
    let object: KubernetesObject
    let labels: Labels
  }

  let candidates: [Candidate]
  /// The candidate with the fewest conditions unmet, the first of several; nil without candidates.
  let nearest: Candidate?
  /// What the nearest does not meet.
  let failures: [LabelRequirement]

  init(_ selector: Selector, among candidates: [Candidate]) {
    self.candidates = candidates
    var best: (Candidate, [LabelRequirement])?
    for candidate in candidates {
      let failures = selector.failures(for: candidate.labels)
      if failures.count < best?.1.count ?? Int.max { best = (candidate, failures) }
    }
    nearest = best?.0
    failures = best?.1 ?? selector.requirements
  }

  /// The condition to blame: the only one that the nearest does not meet, else the first that nobody meets.
  var guilty: LabelRequirement? {
    if failures.count == 1 { return failures.first }
    return failures.first { failure in !candidates.contains { failure.holds(for: $0.labels) } }
  }

  /// The nearest one's value of the guilty label; nil when it has no such label.
  var otherValue: Node? { guilty.flatMap { nearest?.labels[$0.key] } }

  /// The place that a finding points at: the value where another one would do, else the label's name.
  func place(in selector: Node) -> Place {
    guard let guilty else { return .key(selector) }
    guard guilty.isEquality else { return .value(guilty.node["key"] ?? guilty.node) }
    return otherValue == nil ? .key(guilty.node) : .value(guilty.node)
  }

  var holes: [Hole] {
    var holes = guilty.map { [Hole("wanted", $0.text)] } ?? []
    if let nearest, let guilty, let other = otherValue?.scalar {
      holes += [Hole("near", nearest.object.identity.description), Hole("other", "\(guilty.key): \(other)")]
    }
    return holes
  }

  var related: [Related] {
    if let otherValue { return [Related(.value(otherValue), "the nearest label")] }
    return nearest?.labels.node.map { [Related(.key($0), "the nearest labels")] } ?? []
  }

  /// Copies the nearest value when it is all that differs.
  var edits: [NodeEdit] {
    guard failures.count == 1, let guilty, guilty.isEquality, let value = otherValue?.scalar, let nearest else {
      return []
    }
    return [
      NodeEdit(
        title: "Select `\(guilty.key): \(value)` as \(nearest.object.identity) has it",
        change: .replaceText(guilty.node, nil, with: value), isSafe: true)
    ]
  }
}

extension Joins {
  /// The pod templates of a namespace.
  func podTemplates(in namespace: String) -> [SelectorSearch.Candidate] {
    workloads.filter { $0.object.namespace == namespace }
      .map { SelectorSearch.Candidate(object: $0.object, labels: $0.pod.labels) }
  }
}
