import Kubernetes

extension Check {
  /// `config-change-without-restart`: an upgrade edits what pods have read already, and leaves the pods alone.
  package static let configChangeWithoutRestart = Check.workload { workload, context in
    guard workload.isLongRunning else { return .exempt("job") }
    guard context.provenance != nil else { return .notConcerned }
    let check = RestartCheck(workload: workload, context: context)
    var seen: Set<ObjectIdentity> = []
    var findings: [Finding] = []
    var exemption: String?
    for reference in workload.pod.configReferences where reference.kind != .claim {
      guard case .found(let object) = check.lookup(reference), seen.insert(object.identity).inserted else { continue }
      if let clause = check.exemption(of: reference, object) {
        exemption = exemption ?? clause
      } else if let finding = check.finding(reference, object) {
        findings.append(finding)
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return exemption.map(Outcome.exempt) ?? .pass
  }
}

private struct RestartCheck {
  let workload: Workload
  let context: CheckContext

  func lookup(_ reference: ConfigReference) -> Lookup {
    context.lookup(
      ObjectKind(reference.kind.rawValue, group: ""), named: reference.node, in: workload.object.namespace)
  }

  func exemption(of reference: ConfigReference, _ object: KubernetesObject) -> String? {
    if object.node["immutable"]?.boolean == true { return "immutable" }
    let annotations = [
      workload.object.metadata?["annotations"], workload.pod.node.descend("metadata", "annotations"),
      object.metadata?["annotations"],
    ]
    let reloaders = context.options.globs("reloaderAnnotations")
    let isReloaded = annotations.compactMap { $0 }.flatMap { Array($0.children) }.compactMap(\.key).contains { key in
      reloaders.contains { $0.matches(key) }
    }
    if isReloaded { return "reloader" }
    if case .volume(let name) = reference.route, context.options.boolean("volumesReload") {
      let mounts = workload.pod.containers.flatMap(\.volumeMounts).filter { $0.volume == name }
      if !mounts.contains(where: \.isPart) { return "reloaded-volume" }
    }
    return nil
  }

  /// Nil when the object's content is constant, or the pods carry a hash of it.
  func finding(_ reference: ConfigReference, _ object: KubernetesObject) -> Finding? {
    let feeds = data(of: object).compactMap(feed)
    guard let first = feeds.first, !isHashed(object.metadata?["name"], feeds) else { return nil }
    guard !marks.contains(where: { isHashed($0, feeds) }) else { return nil }
    return context.finding(
      .warning, in: workload.object, at: context.place(ofReference: reference.node),
      related: [
        Related(.object(object.node), "it reads this object"),
        Related(.bytes(first.node, first.range), "fed from here"),
      ],
      holes: [
        Hole("refkind", reference.kind.rawValue), Hole("ref", reference.name), Hole("kind", workload.object.kind),
        Hole("name", workload.object.name),
      ])
  }

  // MARK: What feeds the object

  /// A stretch of the object's content that is not constant text.
  private struct Feed {
    let node: Node
    let range: Range<Int>
    let leaves: Set<ValueSource>
  }

  private func data(of object: KubernetesObject) -> [Node] {
    ["data", "stringData", "binaryData"].flatMap { field in
      object.node[field].map { Array($0.children) } ?? []
    }.filter(\.isScalar)
  }

  private func feed(_ node: Node) -> Feed? {
    let parts = context.parts(of: node, in: 0..<(node.scalarBytes?.count ?? 0))
    let fed = parts.filter { part in part.source.leaves.contains { Self.isChangeable($0) } }
    guard let first = fed.first else { return nil }
    return Feed(
      node: node, range: first.range,
      leaves: Set(fed.flatMap(\.source.leaves).filter(Self.isChangeable)))
  }

  /// What a person edits between two releases: values and files, and not the chart's own name.
  private static func isChangeable(_ source: ValueSource) -> Bool {
    switch source {
    case .value, .argument, .file: true
    case .literal, .chart, .builtIn, .derived, .unknown: false
    }
  }

  // MARK: Hashes

  /// The labels and annotations of the pods.
  private var marks: [Node] {
    ["annotations", "labels"].flatMap { field in
      workload.pod.node.descend("metadata", field).map { Array($0.children) } ?? []
    }
  }

  /// Whether a text holds a hash over something that feeds the object, or over something that is not known better.
  private func isHashed(_ node: Node?, _ feeds: [Feed]) -> Bool {
    guard let node else { return false }
    let sources = context.parts(of: node, in: 0..<(node.scalarBytes?.count ?? 0)).flatMap(\.source.leaves)
    let leaves = Set(feeds.flatMap(\.leaves))
    return sources.contains { source in
      guard source.isDigest, case .derived(_, let inputs) = source else { return false }
      let covered = inputs.flatMap(\.leaves).filter(Self.isChangeable)
      return covered.isEmpty || covered.contains(where: leaves.contains)
    }
  }
}
