import Diagnostics
import Kubernetes

extension Check {
  /// `dangling-config-reference`: a container needs a ConfigMap, Secret, claim or key that nobody makes.
  package static let danglingConfigReference = Check.container { container, workload, context in
    let references = workload.pod.references(of: container)
    guard !references.isEmpty else { return .pass }
    let needed = references.filter { !$0.isOptional }
    guard !needed.isEmpty else { return .exempt("optional") }
    let check = ConfigReferences(container: container, workload: workload, context: context)
    var findings: [Finding] = []
    var undecided: Undecided?
    var exemption: String?
    for reference in needed {
      switch check.verdict(on: reference) {
      case .defined: break
      case .wrong(let list): findings += list
      case .undecided(let missing): undecided = undecided ?? missing
      case .exempt(let clause): exemption = exemption ?? clause
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    if let undecided { return .unknown(undecided) }
    return exemption.map(Outcome.exempt) ?? .pass
  }
}

private struct ConfigReferences {
  let container: Container
  let workload: Workload
  let context: CheckContext

  enum Verdict {
    case defined
    case wrong([Finding])
    case undecided(Undecided)
    case exempt(String)
  }

  func verdict(on reference: ConfigReference) -> Verdict {
    if makesItself(reference) { return .defined }
    let kind = ObjectKind(reference.kind.rawValue, group: "")
    let found = context.lookup(
      kind, named: reference.node, in: workload.object.namespace, isClosed: context.options.boolean("closed"))
    if case .found(let object) = found {
      return isRemovedTooEarly(object) ? .wrong([removed(reference, object)]) : verdict(on: reference, object)
    }
    if reference.kind == .secret, context.joins.isPromised(secret: reference.name) { return .exempt("external-secret") }
    switch found {
    case .found: return .defined
    case .external: return .exempt("external")
    case .undecided(let missing): return .undecided(missing)
    case .elsewhere(let other):
      let reason = "which this release defines in namespace `\(other.namespace)` only"
      return .wrong([finding(.error, reference, reason: reason, related: [Related(.object(other.node), "the one")])])
    case .missing:
      let names = context.joins.objects(kind).filter { $0.namespace == workload.object.namespace }.map(\.name)
      return .wrong([
        finding(
          .error, reference, reason: "which this release does not define",
          near: nearestName(to: reference.name, among: names),
          edits: replacement(of: reference.node, among: names))
      ])
    }
  }

  /// A claim that a StatefulSet makes for each pod is no reference, whatever a volume says.
  private func makesItself(_ reference: ConfigReference) -> Bool {
    guard reference.kind == .claim, case .volume(let name) = reference.route else { return false }
    return workload.claimTemplates.contains { $0.name == name }
  }

  /// Helm deletes what a hook made once all hooks of the event are through; those of the same event still have it.
  private func isRemovedTooEarly(_ object: KubernetesObject) -> Bool {
    object.isRemovedWhenDone && Set(object.hook.events).isDisjoint(with: workload.object.hook.events)
  }

  // MARK: Keys

  private func verdict(on reference: ConfigReference, _ object: KubernetesObject) -> Verdict {
    guard !reference.keys.isEmpty else { return .defined }
    guard !object.isFilledLater else { return .exempt("filled-later") }
    let keys = ["data", "stringData", "binaryData"].flatMap { field in
      object.node[field].map { Array($0.children) } ?? []
    }
    let names = keys.compactMap(\.key)
    guard !names.isEmpty else { return .undecided(Undecided("\(object.identity) has no keys yet")) }
    let missing = reference.keys.filter { !names.contains($0.scalar ?? "") }
    guard !missing.isEmpty else { return .defined }
    return .wrong(
      missing.map { key in
        let near = nearestName(to: key.scalar ?? "", among: names)
        let place = keys.first { $0.key == near } ?? object.node["data"] ?? object.node
        return finding(
          .error, reference, key: key, reason: "which this release does not define", near: near,
          related: [Related(.key(place), near == nil ? "the keys that there are" : "the nearest key")],
          edits: replacement(of: key, among: names))
      })
  }

  // MARK: Findings

  private func removed(_ reference: ConfigReference, _ object: KubernetesObject) -> Finding {
    finding(
      .warning, reference, reason: "which is deleted once its hook has succeeded",
      related: [Related(.object(object.node), "made by this hook")])
  }

  private func finding(
    _ level: Level, _ reference: ConfigReference, key: Node? = nil, reason: String, near: String? = nil,
    related: [Related] = [], edits: [NodeEdit] = []
  ) -> Finding {
    var holes = [
      Hole("container", container.title), Hole("refkind", reference.kind.rawValue), Hole("ref", reference.name),
      Hole("reason", reason),
    ]
    if let key { holes.append(Hole("key", key.scalar ?? "")) }
    if let near { holes.append(Hole("near", near)) }
    return context.finding(
      level, in: workload.object, at: key.map(Place.value) ?? context.place(ofReference: reference.node),
      related: related, holes: holes, edits: edits)
  }

  /// To the only candidate that is at most two edits away.
  private func replacement(of node: Node, among names: [String]) -> [NodeEdit] {
    let wrong = Array((node.scalar ?? "").utf8)
    let near = Set(names).filter { editDistance(wrong, Array($0.utf8)) <= 2 }
    guard near.count == 1, let name = near.first else { return [] }
    return [NodeEdit(title: "Use `\(name)`", change: .replaceText(node, nil, with: name), isSafe: true)]
  }
}

extension KubernetesObject {
  /// A hook's object that Helm deletes as soon as the hook is through.
  fileprivate var isRemovedWhenDone: Bool {
    let policy = metadata?.descend("annotations", "helm.sh/hook-delete-policy")?.scalar ?? ""
    return hook.isHook && policy.contains("hook-succeeded")
  }

  /// Whether something in the cluster writes keys into the object: a controller, or who an annotation speaks to.
  fileprivate var isFilledLater: Bool {
    if node["type"]?.scalar == "kubernetes.io/service-account-token" { return true }
    let keys = metadata?["annotations"].map { $0.children.compactMap(\.key) } ?? []
    let fillers = [
      "replicator", "reflector", "secret-generator", "vault", "sops", "kubed", "inject-ca", "external-secret",
      "cert-manager.io", "trust-manager", "service.beta.openshift.io",
    ]
    return keys.contains { key in fillers.contains { key.contains($0) } }
  }
}

extension Workload {
  /// The claims that a StatefulSet makes for each of its pods.
  var claimTemplates: [(name: String, node: Node)] {
    guard kind == .statefulSet else { return [] }
    return (object.node.descend("spec", "volumeClaimTemplates")?.items ?? []).compactMap { claim in
      claim.descend("metadata", "name")?.scalar.map { ($0, claim) }
    }
  }
}

extension Joins {
  /// Whether a custom resource of the scope asks its operator for a Secret of this name.
  func isPromised(secret name: String) -> Bool {
    customObjects.contains { object in
      Self.secretNames(promisedBy: object).contains(name)
    }
  }

  /// Where the kinds that make Secrets name them; an absent name is the object's own.
  private static func secretNames(promisedBy object: KubernetesObject) -> [String] {
    let spec = object.node["spec"]
    switch (object.identity.group, object.kind) {
    case ("external-secrets.io", "ExternalSecret"): return [spec?.descend("target", "name")?.scalar ?? object.name]
    case ("external-secrets.io", "ClusterExternalSecret"): return [spec?["externalSecretName"]?.scalar ?? object.name]
    case ("bitnami.com", "SealedSecret"): return [spec?.descend("template", "metadata", "name")?.scalar ?? object.name]
    case ("cert-manager.io", "Certificate"): return [spec?["secretName"]?.scalar].compactMap { $0 }
    case ("secrets.hashicorp.com", _): return [spec?.descend("destination", "name")?.scalar].compactMap { $0 }
    case (_, "SecretProviderClass"):
      return (spec?["secretObjects"]?.items ?? []).compactMap { $0["secretName"]?.scalar }
    default: return []
    }
  }
}
