import Diagnostics
import Kubernetes

extension Check {
  /// `ingress-backend-missing`: requests for a path have nowhere to go.
  package static let ingressBackendMissing = Check.object { object, context in
    guard let backends = IngressBackend.all(in: object) else { return .notConcerned }
    let check = IngressBackendCheck(object: object, context: context)
    var findings: [Finding] = []
    var exemption: String?
    var undecided: Undecided?
    for backend in backends {
      switch check.verdict(on: backend) {
      case .fine: break
      case .exempt(let clause): exemption = exemption ?? clause
      case .undecided(let missing): undecided = undecided ?? missing
      case .wrong(let finding): findings.append(finding)
      }
    }
    findings += check.duplicates(among: backends)
    guard findings.isEmpty else { return .findings(findings) }
    if let undecided { return .unknown(undecided) }
    return exemption.map(Outcome.exempt) ?? .pass
  }
}

private struct IngressBackendCheck {
  let object: KubernetesObject
  let context: CheckContext

  enum Verdict {
    case fine
    case exempt(String)
    case undecided(Undecided)
    case wrong(Finding)
  }

  func verdict(on backend: IngressBackend) -> Verdict {
    guard !backend.isResource else { return .exempt("resource-backend") }
    guard let name = backend.service else {
      return .wrong(finding(.error, backend, at: .key(backend.node ?? backend.owner), reason: "has no backend"))
    }
    guard backend.port?.scalar != "use-annotation" else { return .exempt("use-annotation") }
    let isForeign = backend.namespace != object.namespace
    if isForeign, hasGrant(to: backend.namespace) { return .exempt("reference-grant") }
    let found = context.lookup(
      .service, named: name, in: backend.namespace, isClosed: context.options.boolean("closed"),
      isOwn: isForeign ? false : nil)
    switch found {
    case .found(let target):
      guard let service = Service(target) else { return .fine }
      return verdict(on: backend, service)
    case .external: return .exempt("external")
    case .undecided(let missing): return .undecided(missing)
    case .elsewhere(let other):
      let reason = "which is in namespace `\(other.namespace)` only"
      return isForeign ? .fine : .wrong(finding(.error, backend, at: .value(name), reason: reason))
    case .missing:
      return .wrong(finding(.error, backend, at: context.place(ofReference: name), reason: "which does not exist"))
    }
  }

  private func verdict(on backend: IngressBackend, _ service: Service) -> Verdict {
    guard !service.isExternalName else { return .exempt("external-name") }
    guard let port = backend.port, let reference = PortReference(port) else { return .fine }
    let has = service.ports.contains { candidate in
      switch reference {
      case .number(let number): candidate.number == number
      case .name(let name): candidate.name == name
      }
    }
    guard !has else { return .fine }
    let list = service.ports.map { candidate in
      [candidate.number.map(String.init), candidate.name.map { "`\($0)`" }].compactMap { $0 }.joined(separator: " ")
    }
    let reason = "which exposes \(list.isEmpty ? "no port" : "only " + list.joined(separator: ", "))"
    let related = service.spec?["ports"].map { [Related(.key($0), "the ports of the Service")] } ?? []
    return .wrong(
      finding(
        .error, backend, at: .value(port), reason: reason, related: related, edits: edits(port, reference, service)))
  }

  /// To the only port of the Service, by number or name as it was written.
  private func edits(_ node: Node, _ reference: PortReference, _ service: Service) -> [NodeEdit] {
    guard service.ports.count == 1, let only = service.ports.first else { return [] }
    let text = reference.number == nil ? only.name : only.number.map(String.init)
    return text.map {
      [NodeEdit(title: "Use port `\($0)`", change: .replaceText(node, nil, with: $0), isSafe: true)]
    } ?? []
  }

  private func finding(
    _ level: Level, _ backend: IngressBackend, at place: Place, reason: String, related: [Related] = [],
    edits: [NodeEdit] = []
  ) -> Finding {
    var holes = [
      Hole("kind", object.kind), Hole("name", object.name), Hole("path", backend.title), Hole("reason", reason),
    ]
    if let service = backend.service?.scalar {
      holes.append(Hole("target", service + (backend.port?.scalar.map { ":\($0)" } ?? "")))
    }
    return context.finding(level, in: object, at: place, related: related, holes: holes, edits: edits)
  }

  private func hasGrant(to namespace: String) -> Bool {
    context.joins.objects(ObjectKind("ReferenceGrant", group: "gateway.networking.k8s.io"))
      .contains { $0.namespace == namespace }
  }

  // MARK: Duplicates

  /// Paths that an earlier one of the same host, class and namespace has already.
  func duplicates(among backends: [IngressBackend]) -> [Finding] {
    guard object.kind == "Ingress" else { return [] }
    var earlier: [RequestKey: IngressBackend] = [:]
    for other in context.joins.ingressObjects {
      if other.identity == object.identity { break }
      guard other.namespace == object.namespace else { continue }
      for backend in IngressBackend.all(in: other) ?? [] {
        RequestKey(backend, of: other).map { earlier[$0] = earlier[$0] ?? backend }
      }
    }
    var findings: [Finding] = []
    for backend in backends {
      guard let path = backend.path, let key = RequestKey(backend, of: object) else { continue }
      if let first = earlier[key] {
        let host = backend.host.isEmpty ? "every host" : "host `\(backend.host)`"
        findings.append(
          finding(
            .warning, IngressBackend.silent(backend), at: .value(path),
            reason: "is given twice for \(host)",
            related: first.path.map { [Related(.value($0), "given first here")] } ?? []))
      } else {
        earlier[key] = backend
      }
    }
    return findings
  }

  /// What tells two requests apart for a controller.
  private struct RequestKey: Hashable {
    let ingressClass: String
    let host: String
    let path: String
    let pathType: String

    init?(_ backend: IngressBackend, of object: KubernetesObject) {
      guard let path = backend.path?.scalar else { return nil }
      let annotations = object.metadata?["annotations"]
      // Canaries and weighted or header routing share a path on purpose.
      let isCanary = (annotations.map { Array($0.children) } ?? []).contains { $0.key?.contains("canary") ?? false }
      guard !isCanary else { return nil }
      ingressClass =
        object.node.descend("spec", "ingressClassName")?.scalar
        ?? annotations?["kubernetes.io/ingress.class"]?.scalar ?? ""
      host = backend.host
      self.path = path
      pathType = backend.pathType
    }
  }
}

extension IngressBackend {
  /// The same without its target, for a message about the path alone.
  fileprivate static func silent(_ backend: IngressBackend) -> IngressBackend {
    IngressBackend(
      host: backend.host, path: backend.path, pathType: backend.pathType, node: backend.node, owner: backend.owner,
      service: nil, namespace: backend.namespace, port: nil, isResource: false)
  }
}

extension Joins {
  /// The Ingresses of both groups, in document order.
  var ingressObjects: [KubernetesObject] {
    objects(.ingress) + objects(ObjectKind("Ingress", group: "extensions"))
  }

  /// The Services' names that Ingresses and routes of a namespace send requests to, with the nodes that name them.
  func ingressReferences(to name: String, in namespace: String) -> [Node] {
    let routes = ["HTTPRoute", "GRPCRoute"].flatMap { objects(ObjectKind($0, group: "gateway.networking.k8s.io")) }
    return (ingressObjects + routes).flatMap { IngressBackend.all(in: $0) ?? [] }
      .filter { $0.namespace == namespace }.compactMap(\.service).filter { $0.scalar == name }
  }
}
