import Diagnostics
import Kubernetes

extension Check {
  /// `selector-matches-nothing`: a policy, budget or monitor that applies to nothing.
  package static let selectorMatchesNothing = Check.object { object, context in
    guard let subject = SelectingObject(object, context) else { return .notConcerned }
    if let clause = subject.exemption { return .exempt(clause) }
    if let undecided = subject.undecided { return undecided }
    var findings = subject.main.map { [$0] } ?? []
    if context.isStrict { findings += subject.peers }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

/// An object that applies to what its selector matches.
private struct SelectingObject {
  let object: KubernetesObject
  let context: CheckContext
  let node: Node?
  private let path: [String]
  private let looksForServices: Bool

  init?(_ object: KubernetesObject, _ context: CheckContext) {
    self.object = object
    self.context = context
    switch (object.kind, object.identity.group) {
    case ("NetworkPolicy", "networking.k8s.io"): path = ["spec", "podSelector"]
    case ("PodDisruptionBudget", "policy"), ("ServiceMonitor", "monitoring.coreos.com"),
      ("PodMonitor", "monitoring.coreos.com"):
      path = ["spec", "selector"]
    default: return nil
    }
    looksForServices = object.kind == "ServiceMonitor"
    node = object.node["spec"]?[path[1]]
  }

  private var selector: Selector { Selector(node, form: .labelSelector) }
  private var isBudget: Bool { object.kind == "PodDisruptionBudget" }
  private var isMonitor: Bool { object.identity.group == "monitoring.coreos.com" }

  var exemption: String? {
    if context.joins.workloads.isEmpty || looksForServices && context.joins.services.isEmpty {
      return isBudget && selectsNobody ? nil : "no-workloads"
    }
    if object.node.descend("spec", "namespaceSelector", "any")?.boolean == true { return "any-namespace" }
    if selector.isEmpty, !(isBudget && selectsNobody) { return "every-pod" }
    return nil
  }

  /// A budget without selector; below policy/v1 an empty one too.
  private var selectsNobody: Bool { node == nil || selector.isEmpty && object.identity.version != "v1" }

  /// The namespaces that are looked into.
  private var namespaces: [String] {
    let names = object.node.descend("spec", "namespaceSelector", "matchNames")?.items.compactMap(\.scalar) ?? []
    return isMonitor && !names.isEmpty ? names : [object.namespace]
  }

  var undecided: Outcome? {
    if isBudget, selectsNobody { return nil }
    guard candidates.allSatisfy({ !selector.matches($0.labels) }) else { return nil }
    if isMonitor, let shared = namespaces.first(where: { ["default", "kube-system"].contains($0) }), isWritten(shared) {
      return .unknown(Undecided("namespace `\(shared)` holds Services of the cluster itself"))
    }
    if let outcome = context.undecidedAboutPods(of: object) { return outcome }
    let known = Set(context.scope.objects.map(\.namespace))
    if let foreign = namespaces.first(where: { !known.contains($0) }) {
      return .unknown(Undecided("nothing of the input is in namespace `\(foreign)`"))
    }
    return nil
  }

  /// Whether the monitor names the namespace itself, rather than being in it.
  private func isWritten(_ namespace: String) -> Bool {
    let names = object.node.descend("spec", "namespaceSelector", "matchNames")?.items ?? []
    return names.contains { $0.scalar == namespace }
  }

  private var candidates: [SelectorSearch.Candidate] {
    guard looksForServices else { return namespaces.flatMap(context.joins.podTemplates) }
    return context.joins.services.filter { namespaces.contains($0.object.namespace) }
      .map { SelectorSearch.Candidate(object: $0.object, labels: Labels($0.object.metadata?["labels"])) }
  }

  var main: Finding? {
    if isBudget, selectsNobody {
      let spec = object.node["spec"] ?? object.node
      return finding(.warning, at: node.map(Place.key) ?? .absent(key: "selector", under: spec), holes: [])
    }
    guard let node, candidates.allSatisfy({ !selector.matches($0.labels) }) else { return nil }
    return finding(selector, in: node, level: .warning)
  }

  /// The peers of a NetworkPolicy in the policy's own namespace that match nothing.
  var peers: [Finding] {
    guard object.kind == "NetworkPolicy" else { return [] }
    let rules = ["ingress", "egress"].flatMap { object.node.descend("spec", $0)?.items ?? [] }
    let peers = rules.flatMap { ($0["from"]?.items ?? []) + ($0["to"]?.items ?? []) }
    return peers.compactMap { peer in
      guard peer["namespaceSelector"] == nil, let node = peer["podSelector"] else { return nil }
      let selector = Selector(node, form: .labelSelector)
      guard !selector.isEmpty, candidates.allSatisfy({ !selector.matches($0.labels) }) else { return nil }
      return finding(selector, in: node, level: .note, subject: "a peer of ")
    }
  }

  private func finding(_ selector: Selector, in node: Node, level: Level, subject: String = "") -> Finding {
    let search = SelectorSearch(selector, among: candidates)
    return finding(
      level, at: search.place(in: node), subject: subject, holes: search.holes, related: search.related,
      edits: search.edits)
  }

  private func finding(
    _ level: Level, at place: Place, subject: String = "", holes: [Hole], related: [Related] = [],
    edits: [NodeEdit] = []
  ) -> Finding {
    context.finding(
      level, in: object, at: place, related: related,
      holes: [Hole("subject", subject), Hole("kind", object.kind), Hole("name", object.name)] + holes, edits: edits)
  }
}
