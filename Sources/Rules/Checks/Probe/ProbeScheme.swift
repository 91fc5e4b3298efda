import Diagnostics
import Kubernetes

extension Check {
  /// `probe-scheme-mismatch`: an HTTP probe asks a TLS port in the clear, or the other way round.
  package static let probeScheme = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    let probes = container.probes.compactMap { ProbeScheme($0, of: container, in: workload, context) }
    guard !probes.isEmpty else { return .exempt("other-handler") }
    let findings = probes.compactMap { $0.exemption == nil ? $0.finding : nil }
    if findings.isEmpty, let clause = probes.compactMap(\.exemption).first { return .exempt(clause) }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

/// One httpGet probe with what is known about the port it asks.
private struct ProbeScheme {
  let probe: Probe
  let httpGet: Node
  let port: Node
  let container: Container
  let workload: Workload
  let context: CheckContext
  let declared: ContainerPort?
  let servings: [Serving]

  init?(_ probe: Probe, of container: Container, in workload: Workload, _ context: CheckContext) {
    guard case .httpGet(let httpGet)? = probe.handler, let port = httpGet["port"],
      let reference = PortReference(port)
    else { return nil }
    self.probe = probe
    self.httpGet = httpGet
    self.port = port
    self.container = container
    self.workload = workload
    self.context = context
    let declared = container.ports.first { $0.transport == "TCP" && $0.isNamed(by: reference) }
    self.declared = declared
    servings = context.joins.servings(of: container, in: workload).filter { serving in
      if let answering = serving.containerPort { return answering.node == declared?.node }
      return serving.servicePort.target == reference
    }
  }

  var exemption: String? {
    if servings.contains(where: { $0.servicePort.appProtocol == "http" }) { return "app-protocol-http" }
    let headers = httpGet["httpHeaders"]?.items ?? []
    let isForwarded = headers.contains { $0["name"]?.scalar?.lowercased() == "x-forwarded-proto" }
    return isForwarded ? "forwarded-header" : nil
  }

  var finding: Finding? {
    switch httpGet["scheme"]?.scalar ?? "HTTP" {
    case "HTTP":
      guard let sign = signOfTLS else { return nil }
      return finding(speaks: "HTTP", looksLike: "TLS", sign: sign, edits: [addScheme])
    case "HTTPS":
      guard signOfTLS == nil, let sign = signOfPlain else { return nil }
      return finding(speaks: "HTTPS", looksLike: "plain HTTP", sign: sign, edits: [])
    default: return nil
    }
  }

  private var number: Int? { declared?.number ?? PortReference(port)?.number }
  private var names: [String] { [PortReference(port)?.name, declared?.name].compactMap { $0 } }

  /// The node that says the port speaks TLS.
  private var signOfTLS: Node? {
    let isTLSName = { (name: String) in
      name == "https" || name == "tls" || name.hasSuffix("-https") || name.hasPrefix("https-")
    }
    if let number, context.options.integers("tlsPorts").contains(number) { return declared?.node ?? port }
    if names.contains(where: isTLSName) { return declared?.node ?? port }
    return servings.first { $0.servicePort.name == "https" || $0.servicePort.appProtocol == "https" }?.servicePort.node
  }

  private var signOfPlain: Node? {
    names.contains("http") || number == 80 || number == 8080 ? declared?.node ?? port : nil
  }

  private var addScheme: NodeEdit {
    if let scheme = httpGet["scheme"] {
      return NodeEdit(title: "Ask by HTTPS", change: .replaceText(scheme, nil, with: "HTTPS"), isSafe: false)
    }
    return NodeEdit(
      title: "Ask by HTTPS", change: .insert(key: "scheme", value: "HTTPS", into: httpGet), isSafe: false)
  }

  private func finding(speaks: String, looksLike: String, sign: Node, edits: [NodeEdit]) -> Finding {
    let related = sign == port ? [] : [Related(.value(sign), "the port is declared here")]
    return context.finding(
      .warning, in: workload.object, at: .value(port), related: related,
      holes: [
        Hole("probe", probe.purpose.rawValue), Hole("container", container.title), Hole("scheme", speaks),
        Hole("port", port.scalar ?? ""), Hole("look", looksLike),
      ], edits: edits)
  }
}
