import Kubernetes

extension Check {
  /// `ingress-without-tls`: hosts that are served in clear text.
  package static let ingressWithoutTls = Check.object { object, context in
    guard object.kind == "Ingress", ["networking.k8s.io", "extensions"].contains(object.identity.group),
      let spec = object.node["spec"]
    else { return .notConcerned }
    if let clause = SecuritySubjects.exemption(of: object, context) { return .exempt(clause) }
    let tls = IngressTLS(object: object, spec: spec, context: context)
    guard !tls.isAnnotated else { return .exempt("load-balancer-certificate") }
    let rules = spec["rules"]?.items ?? []
    guard !rules.isEmpty || spec["defaultBackend"] != nil || spec["backend"] != nil else { return .pass }
    let open = rules.compactMap { $0["host"] }.filter { !tls.isCovered($0) }
    guard tls.entries.isEmpty else {
      let findings = open.filter { !tls.isAllowed($0) }.map { tls.finding(at: .value($0), $0.scalar ?? "") }
      return findings.isEmpty ? (open.isEmpty ? .pass : .exempt("allowed-host")) : .findings(findings)
    }
    let judged = open.filter { !tls.isAllowed($0) }
    guard rules.isEmpty || rules.contains(where: { $0["host"] == nil }) || !judged.isEmpty else {
      return .exempt("allowed-host")
    }
    let host = judged.first?.scalar
    return .finding(tls.finding(at: spec["tls"].map(Place.key) ?? .absent(key: "tls", under: spec), host ?? "*"))
  }
}

private struct IngressTLS {
  let object: KubernetesObject
  let spec: Node
  let context: CheckContext

  var entries: [Node] { spec["tls"]?.items ?? [] }

  /// A load balancer of AWS holds the certificate itself.
  var isAnnotated: Bool {
    let annotations = object.metadata?["annotations"]
    return annotations?["alb.ingress.kubernetes.io/certificate-arn"] != nil
      || annotations?["alb.ingress.kubernetes.io/listen-ports"]?.scalar?.contains("HTTPS") ?? false
  }

  /// An entry without hosts covers all; a wildcard covers one level.
  func isCovered(_ host: Node) -> Bool {
    let name = host.scalar ?? ""
    let parent = name.split(separator: ".", maxSplits: 1).dropFirst().first.map { "*.\($0)" }
    return entries.contains { entry in
      guard let hosts = entry["hosts"] else { return true }
      return hosts.items.contains { $0.scalar == name || $0.scalar == parent }
    }
  }

  func isAllowed(_ host: Node) -> Bool {
    let name = host.scalar ?? ""
    return name == "localhost" || name.hasSuffix(".local") || name.hasSuffix(".localhost")
      || context.options.globs("allowedHosts").contains { $0.matches(name) }
  }

  func finding(at place: Place, _ host: String) -> Finding {
    context.finding(.note, in: object, at: place, holes: [Hole("name", object.name), Hole("host", host)])
  }
}
