import Kubernetes

extension Check {
  /// `service-selects-nothing`: a selector that no pod template answers to.
  package static let serviceSelectsNothing = Check.service { service, context in
    guard !service.isExternalName else { return .exempt("external-name") }
    guard let node = service.spec?["selector"], !service.selector.isEmpty else { return .exempt("no-selector") }
    let ignored = Set(context.options.words("ignoredLabels"))
    let selects = { (labels: Labels) in
      service.selector.failures(for: labels).allSatisfy { ignored.contains($0.key) }
    }
    if context.joins.workloads.contains(where: {
      $0.object.namespace == service.object.namespace && selects($0.pod.labels)
    }) {
      return .pass
    }
    let elsewhere = context.joins.workloads.first { selects($0.pod.labels) }
    if let undecided = context.undecidedAboutPods(of: service.object, selected: elsewhere != nil) { return undecided }
    let search = SelectorSearch(
      service.selector, among: context.joins.podTemplates(in: service.object.namespace))
    guard !search.failures.contains(where: { context.namesAnotherRelease($0.node) }) else {
      return .exempt("other-release")
    }
    var related = search.related
    if let elsewhere {
      related = [Related(.object(elsewhere.object.node), "these pods have the labels, in another namespace")]
    }
    return .finding(
      context.finding(
        .error, in: service.object, at: elsewhere == nil ? search.place(in: node) : .key(node), related: related,
        holes: [Hole("name", service.name)] + (elsewhere == nil ? search.holes : []),
        edits: elsewhere == nil ? search.edits : []))
  }
}

extension CheckContext {
  /// Why pods that are not seen may be there all the same; nil when they are not.
  func undecidedAboutPods(of object: KubernetesObject, selected: Bool = false) -> Outcome? {
    guard scope.isComplete else {
      return .unknown(Undecided("no pod in the input is selected by \(object.identity) (input is partial)"))
    }
    if let maker = joins.podMakers.first {
      return .unknown(Undecided("\(maker.identity) may make the pods that \(object.identity) selects"))
    }
    guard !selected, !joins.workloads.isEmpty,
      !joins.workloads.contains(where: { $0.object.namespace == object.namespace })
    else { return nil }
    return .unknown(Undecided("no workload of the input is in namespace `\(object.namespace)` of \(object.identity)"))
  }

  /// Whether a label was given to find pods of somebody else: a value whose key speaks of a selector or release.
  func namesAnotherRelease(_ label: Node) -> Bool {
    let length = label.scalarBytes?.count ?? 0
    return parts(of: label, in: 0..<length).contains { part in
      if part.source.isVendorDefault { return true }
      let words = ["selector", "release", "instance", "matchlabels"]
      return part.source.leaves.contains { leaf in
        leaf.valuesKey.map { key in words.contains { key.lowercased().contains($0) } } ?? false
      }
    }
  }
}
