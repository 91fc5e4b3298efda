import Diagnostics
import Kubernetes

extension Check {
  /// `invalid-metadata`: names, labels and annotations that the API server refuses or ignores.
  package static let invalidMetadata = Check.object { object, context in
    var search = MetadataSearch(object: object, context: context)
    search.inspectName()
    search.inspectNamespace()
    search.inspect(object.metadata)
    search.inspectListItem()
    if let workload = Workload(object, customKinds: context.scope.workloadKinds), workload.kind != .pod {
      search.inspect(workload.pod.node["metadata"])
    }
    guard search.findings.isEmpty else { return .findings(search.findings) }
    return search.clause.map(Outcome.exempt) ?? .pass
  }
}

private struct MetadataSearch {
  let object: KubernetesObject
  let context: CheckContext
  private(set) var findings: [Finding] = []
  private(set) var clause: String?

  init(object: KubernetesObject, context: CheckContext) {
    self.object = object
    self.context = context
  }

  private mutating func add(
    _ place: Place, level: Level = .error, field: String, value: String? = nil, _ reason: String,
    edits: [NodeEdit] = []
  ) {
    var holes = [Hole("kind", object.kind), Hole("field", field)]
    if let value { holes.append(Hole("value", value)) }
    holes.append(Hole("reason", reason))
    findings.append(context.finding(level, in: object, at: place, holes: holes, edits: edits))
  }

  // MARK: The object

  mutating func inspectName() {
    guard let metadata = object.metadata, metadata.isMapping, let node = metadata["name"], node.isScalar else {
      if object.metadata?["generateName"] != nil {
        clause = "generated-name"
      } else if object.metadata == nil, case .nothing = context.schemas.knowledge(of: object.identity) {
        // Kustomize, kubeadm and others write their files like objects.
        clause = "configuration-file"
      } else {
        add(.absent(key: "name", under: object.metadata ?? object.node), field: "metadata.name", "it is missing")
      }
      return
    }
    let name = node.scalar ?? ""
    // Other tools fill such names in later.
    if name.contains("${") || name.contains("$(") {
      clause = "placeholder"
      return
    }
    guard node.value == .string || node.value == nil else {
      return add(
        .value(node), field: "metadata.name", value: name, "it is read as a number or boolean", edits: [quote(node)])
    }
    if let reason = NameForm.ofName(of: object.identity).fault(of: name) ?? lengthFault(name) {
      add(.value(node), field: "metadata.name", value: name, reason)
    }
  }

  /// Names from which the cluster makes longer ones, that must be labels.
  private func lengthFault(_ name: String) -> String? {
    let count = name.utf8.count
    switch (object.identity.group, object.kind) {
    case ("apps", "StatefulSet"):
      let last = max(1, object.node.descend("spec", "replicas")?.integer ?? 1) - 1
      let suffix = "-\(last)"
      return count + suffix.utf8.count > 63
        ? "its pods are named `…\(suffix)`, which makes more than 63 characters" : nil
    case ("batch", "CronJob"):
      return count > 52 ? "it has \(count) characters; 52 leave room for the names of its jobs" : nil
    case ("batch", "Job"):
      return count > 63 ? "it has \(count) characters, more than the 63 of the label that its pods get" : nil
    default: return nil
    }
  }

  mutating func inspectNamespace() {
    guard let node = object.metadata?["namespace"], let text = node.scalar,
      context.schemas.isClusterScoped(object.identity)
    else { return }
    add(
      .value(node), level: .warning, field: "metadata.namespace", value: text, "the kind lives outside namespaces")
  }

  mutating func inspectListItem() {
    guard object.node.parent != nil, let node = object.metadata?["annotations"]?["helm.sh/resource-policy"] else {
      return
    }
    add(
      .key(node), level: .warning, field: "annotation `helm.sh/resource-policy`", value: node.scalar,
      "Helm does not look at the items of a List")
  }

  // MARK: Labels and annotations

  /// The metadata of an object or of a pod template.
  mutating func inspect(_ metadata: Node?) {
    guard let metadata, metadata.isMapping else { return }
    for label in metadata["labels"].map({ Array($0.children) }) ?? [] { inspect(label, isLabel: true) }
    let annotations = metadata["annotations"].map { Array($0.children) } ?? []
    for annotation in annotations { inspect(annotation, isLabel: false) }
    let size = annotations.reduce(0) { $0 + ($1.key?.utf8.count ?? 0) + ($1.scalarBytes?.count ?? 0) }
    if size > 262_144, let node = metadata["annotations"] {
      add(.key(node), field: "metadata.annotations", "they have \(size) bytes, more than 262144")
    }
  }

  private mutating func inspect(_ node: Node, isLabel: Bool) {
    guard let key = node.key else { return }
    let what = isLabel ? "label" : "annotation"
    if let reason = NameForm.qualifiedName.fault(of: key) {
      return add(.key(node), field: "\(what) key", value: key, reason)
    }
    if node.isNull { return }
    guard let text = node.scalar else {
      return add(.key(node), field: "\(what) `\(key)`", "its value must be a string")
    }
    guard node.value == .string else {
      return add(
        .value(node), field: "\(what) `\(key)`", value: text, "it must be a string, and is read as a number or boolean",
        edits: [quote(node)])
    }
    if isLabel, let reason = NameForm.labelValue.fault(of: text) {
      if text.contains("${") || text.contains("$(") {
        clause = "placeholder"
      } else {
        add(.value(node), field: "label `\(key)`", value: text, reason)
      }
    }
  }

  private func quote(_ node: Node) -> NodeEdit { NodeEdit(title: "Quote it", change: .quote(node), isSafe: true) }
}
