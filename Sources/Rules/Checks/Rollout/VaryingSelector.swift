import Kubernetes

extension Check {
  /// `release-varying-selector`: a selector that the next release will render differently.
  package static let varyingSelector = Check.object { object, context in
    if VaryingSelector.generatesSelectors(object) { return .exempt("job") }
    guard let selector = VaryingSelector.selector(of: object) else { return .notConcerned }
    guard context.provenance != nil else {
      return .unknown(Undecided("a manifest does not tell where the labels of its selectors come from"))
    }
    let findings = VaryingSelector.labels(in: selector).compactMap { label in
      VaryingSelector.finding(on: label, in: object, context)
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private enum VaryingSelector {
  private static let kinds: Set<String> = [
    "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "/Service",
    "policy/PodDisruptionBudget",
  ]

  /// The cluster makes the selectors of Jobs.
  static func generatesSelectors(_ object: KubernetesObject) -> Bool {
    object.identity.group == "batch" && (object.kind == "Job" || object.kind == "CronJob")
  }

  static func selector(of object: KubernetesObject) -> Node? {
    guard kinds.contains("\(object.identity.group)/\(object.kind)") else { return nil }
    return object.node.descend("spec", "selector")
  }

  /// The scalars of a selector that must equal labels: the pairs, and the values of expressions.
  static func labels(in selector: Node) -> [Node] {
    let pairs = selector["matchLabels"] ?? (selector["matchExpressions"] == nil ? selector : nil)
    let values = (selector["matchExpressions"]?.items ?? []).flatMap { $0["values"]?.items ?? [] }
    return (pairs.map { Array($0.children) } ?? []).filter(\.isScalar) + values
  }

  static func finding(on label: Node, in object: KubernetesObject, _ context: CheckContext) -> Finding? {
    let length = label.scalarBytes?.count ?? 0
    for part in context.parts(of: label, in: 0..<length) {
      guard let source = context.variation(of: part.source) else { continue }
      let name = label.key ?? label.parent?.parent?["key"]?.scalar ?? ""
      return context.finding(
        .error, in: object, at: .include(label.key == nil ? label.parent ?? label : label),
        related: [Related(.bytes(label, part.range), "this part comes from \(source)")],
        holes: [
          Hole("kind", object.kind), Hole("name", object.name), Hole("label", name),
          Hole("value", label.scalar ?? ""), Hole("source", source),
        ], edits: label.key == nil ? [] : narrowerTemplate(for: label, context).map { [$0] } ?? [])
    }
    return nil
  }

  /// Selector labels instead of all labels, where the chart has a named template for them.
  private static func narrowerTemplate(for label: Node, _ context: CheckContext) -> NodeEdit? {
    guard let provenance = context.provenance else { return nil }
    for name in provenance.templates(printing: label) where name.lowercased().hasSuffix("labels") {
      let stem = name.dropLast("labels".count)
      let narrower = ["selectorLabels", "matchLabels", "labels.selectorLabels", "labels.matchLabels"]
        .map { stem + $0 }.first { $0 != name && provenance.hasTemplate($0) }
      guard let narrower else { continue }
      return NodeEdit(
        title: "Select by `\(narrower)`", change: .callTemplate(narrower, insteadOf: name, printing: label),
        isSafe: false)
    }
    return nil
  }
}
