import Diagnostics
import Kubernetes

extension Check {
  /// `deprecated-api`: what a later version of Kubernetes will drop, while its replacement is there already.
  package static let deprecatedApi = Check.object { object, context in
    let search = Deprecations(object: object, context: context)
    let found = [search.apiVersion].compactMap { $0 } + search.fields
    let findings = found.filter { context.mayUse(what: $0.replacementSince) }.map(search.finding)
    guard findings.isEmpty else { return .findings(findings) }
    if let removal = APIRemoval.of(object.identity), removal.removed <= context.minorVersion {
      return .exempt("removed")
    }
    return found.isEmpty ? .pass : .exempt("old-versions-allowed")
  }
}

/// Something deprecated that was found.
private struct Deprecation {
  var place: Place
  var level: Level
  /// As the message names it, with its marks.
  var what: String
  /// The minor version of Kubernetes 1 that deprecated it; nil when that was before the oldest that is known.
  var since: Int?
  var replacement: String
  /// The minor version that has the replacement first.
  var replacementSince: Int?
  var edits: [NodeEdit] = []
}

private struct Deprecations {
  let object: KubernetesObject
  let context: CheckContext

  func finding(_ deprecation: Deprecation) -> Finding {
    var holes = [Hole("what", deprecation.what), Hole("replacement", deprecation.replacement)]
    if let since = deprecation.since { holes.append(Hole("version", "1.\(since)")) }
    return context.finding(deprecation.level, in: object, at: deprecation.place, holes: holes, edits: deprecation.edits)
  }

  // MARK: API versions

  var apiVersion: Deprecation? {
    guard let node = object.node["apiVersion"] else { return nil }
    let text = object.identity.apiVersion
    let what = "`\(text)` \(object.kind)"
    if let removal = APIRemoval.of(object.identity) {
      guard removal.removed > context.minorVersion, let replacement = removal.replacement else { return nil }
      return Deprecation(
        place: .value(node), level: .warning, what: what, since: removal.replacementSince,
        replacement: "`\(replacement)`", replacementSince: removal.replacementSince)
    }
    if text == "v1", object.kind == "Endpoints", context.minorVersion >= 33 {
      return Deprecation(
        place: .value(node), level: .note, what: what, since: 33, replacement: "`discovery.k8s.io/v1` EndpointSlice",
        replacementSince: 21)
    }
    return supersededVersion(node, what)
  }

  /// An alpha or beta version beside a stable one.
  private func supersededVersion(_ node: Node, _ what: String) -> Deprecation? {
    let identity = object.identity
    guard !APIStability(identity.version).isStable, SchemaTable.lifetime(of: identity) != nil else { return nil }
    let stable = context.schemas.table.apiVersions(of: identity.kind)
      .filter { ObjectIdentity.split(apiVersion: $0).group == identity.group && APIStability($0).isStable }
      .max { APIStability($0) < APIStability($1) }
    guard let stable else { return nil }
    var other = identity
    other.version = ObjectIdentity.split(apiVersion: stable).version
    let since = SchemaTable.lifetime(of: other).flatMap { $0.first == 0 ? nil : $0.first }
    return Deprecation(
      place: .value(node), level: .warning, what: what, since: since, replacement: "`\(stable)`",
      replacementSince: since)
  }

  // MARK: Fields

  var fields: [Deprecation] {
    let workload = Workload(object, customKinds: context.scope.workloadKinds)
    return ingressClass + (workload.map { podFields($0.pod) } ?? [])
  }

  private var ingressClass: [Deprecation] {
    guard object.isKind("Ingress", group: "networking.k8s.io"),
      let node = object.metadata?["annotations"]?["kubernetes.io/ingress.class"]
    else { return [] }
    return [
      Deprecation(
        place: .key(node), level: .note, what: "annotation `kubernetes.io/ingress.class`", since: 18,
        replacement: "`spec.ingressClassName`", replacementSince: 18)
    ]
  }

  private func podFields(_ pod: PodTemplate) -> [Deprecation] {
    serviceAccount(pod) + nodeLabels(pod) + annotations(pod)
  }

  private func serviceAccount(_ pod: PodTemplate) -> [Deprecation] {
    guard let node = pod.spec["serviceAccount"] else { return [] }
    let edit = NodeEdit(
      title: "Rename it to `serviceAccountName`", change: .renameKey(node, to: "serviceAccountName"), isSafe: true)
    return [
      Deprecation(
        place: .key(node), level: .note, what: "`serviceAccount`", since: nil, replacement: "`serviceAccountName`",
        replacementSince: nil, edits: pod.spec.entry("serviceAccountName") == nil ? [edit] : [])
    ]
  }

  private static let labels = [
    "beta.kubernetes.io/os": "kubernetes.io/os", "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
  ]

  private func nodeLabels(_ pod: PodTemplate) -> [Deprecation] {
    var found: [Deprecation] = []
    func add(_ place: Place, _ name: String, _ change: NodeEdit.Change, taken: Bool = false) {
      guard let new = Self.labels[name] else { return }
      let edit = NodeEdit(title: "Use `\(new)`", change: change, isSafe: true)
      found.append(
        Deprecation(
          place: place, level: .note, what: "node label `\(name)`", since: 17, replacement: "`\(new)`",
          replacementSince: 17, edits: taken ? [] : [edit]))
    }
    for label in pod.spec["nodeSelector"].map({ Array($0.children) }) ?? [] {
      guard let name = label.key, let new = Self.labels[name] else { continue }
      let isTaken = pod.spec["nodeSelector"]?.entry(new) != nil
      add(.key(label), name, .renameKey(label, to: new), taken: isTaken)
    }
    for node in Self.labelNames(in: pod.spec) {
      guard let name = node.scalar, let new = Self.labels[name] else { continue }
      add(.value(node), name, .replaceText(node, nil, with: new))
    }
    return found
  }

  /// Scalars that hold the key of a node's label.
  private static func labelNames(in spec: Node) -> [Node] {
    let affinity = spec["affinity"]
    let terms = affinity?.descend("nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    let preferred = affinity?.descend("nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution")
    let nodes = (terms?.items ?? []) + (preferred?.items ?? []).compactMap { $0["preference"] }
    let expressions = nodes.flatMap { $0["matchExpressions"]?.items ?? [] }.compactMap { $0["key"] }
    let pods = ["podAffinity", "podAntiAffinity"].flatMap { kind -> [Node] in
      let required = affinity?.descend(kind, "requiredDuringSchedulingIgnoredDuringExecution")?.items ?? []
      let preferred = affinity?.descend(kind, "preferredDuringSchedulingIgnoredDuringExecution")?.items ?? []
      return required + preferred.compactMap { $0["podAffinityTerm"] }
    }
    let spread = spec["topologySpreadConstraints"]?.items ?? []
    return expressions + (pods + spread).compactMap { $0["topologyKey"] }
  }

  private func annotations(_ pod: PodTemplate) -> [Deprecation] {
    let annotations = pod.node.descend("metadata", "annotations").map { Array($0.children) } ?? []
    return annotations.compactMap { node in
      guard let key = node.key else { return nil }
      let isSeccomp =
        key == "seccomp.security.alpha.kubernetes.io/pod"
        || key.hasPrefix("container.seccomp.security.alpha.kubernetes.io/")
      let isAppArmor = key.hasPrefix("container.apparmor.security.beta.kubernetes.io/")
      guard isSeccomp || isAppArmor else { return nil }
      return Deprecation(
        place: .key(node), level: .note, what: "annotation `\(key)`", since: isSeccomp ? 19 : 30,
        replacement: isSeccomp ? "`securityContext.seccompProfile`" : "`securityContext.appArmorProfile`",
        replacementSince: isSeccomp ? 19 : 30)
    }
  }
}
