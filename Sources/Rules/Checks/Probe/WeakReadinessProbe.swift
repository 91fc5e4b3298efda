import Diagnostics
import Kubernetes

extension Check {
  /// `weak-readiness-probe`: readiness is told by something that says little about requests.
  package static let weakReadinessProbe = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    guard let probe = container.probe(.readiness), let handler = probe.handler else {
      return .exempt("no-readiness-probe")
    }
    let servings = context.joins.servings(of: container, in: workload)
    guard !servings.isEmpty else { return context.undecidedAboutServices(of: workload) ?? .exempt("not-served") }
    let weak = WeakReadiness(container: container, servings: servings, context: context)
    switch weak.verdict(on: handler) {
    case .good: return .pass
    case .exempt(let clause): return .exempt(clause)
    case .weak(let hole, let related):
      return .finding(
        context.finding(
          .note, in: workload.object, at: .key(handler.node), related: related,
          holes: [Hole("container", container.title), hole]))
    }
  }
}

private struct WeakReadiness {
  let container: Container
  let servings: [Serving]
  let context: CheckContext

  enum Verdict {
    case good
    case exempt(String)
    case weak(Hole, [Related])
  }

  func verdict(on handler: Probe.Handler) -> Verdict {
    switch handler {
    case .grpc: return .exempt("grpc")
    case .exec(let node):
      let words = node["command"]?.items.compactMap(\.scalar) ?? []
      return Self.alwaysSucceeds(words) ? .weak(Hole("command", words.joined(separator: " ")), []) : .good
    case .httpGet(let node):
      let port = node["port"].flatMap(PortReference.init)
      let declared = container.ports.first { declared in port.map { declared.isNamed(by: $0) } ?? false }
      guard node["path"]?.scalar ?? "/" == "/", let name = declared?.name, name.contains("metrics") else {
        return .good
      }
      return .weak(Hole("metrics", name), [])
    case .tcpSocket(let node): return verdict(onSocket: node)
    }
  }

  private func verdict(onSocket node: Node) -> Verdict {
    if servings.contains(where: { !["http", "https", nil].contains($0.servicePort.appProtocol) }) {
      return .exempt("other-protocol")
    }
    if servings.contains(where: { DatabasePorts.contains($0.number) }) { return .exempt("database") }
    guard let serving = servings.first(where: isHTTP) else { return .good }
    var related = [Related(.value(serving.servicePort.node), "requests come through this port")]
    if let backend = ingress(before: serving)?.backendNames.first(where: { $0.scalar == serving.service.name }) {
      related.append(Related(.value(backend), "an Ingress sends requests here"))
    }
    return .weak(Hole("port", node["port"]?.scalar ?? ""), related)
  }

  private static let httpPorts: Set<Int> = [80, 443, 8080, 8443]

  private func isHTTP(_ serving: Serving) -> Bool {
    let names = [serving.containerPort?.name, serving.servicePort.name].compactMap { $0 }
    return names.contains { $0.hasPrefix("http") || $0 == "web" } || Self.httpPorts.contains(serving.number ?? 0)
      || ingress(before: serving) != nil
  }

  private func ingress(before serving: Serving) -> Ingress? {
    context.joins.ingresses.first { $0.sends(to: serving.service) }
  }

  private static func alwaysSucceeds(_ words: [String]) -> Bool {
    var words = words
    if words.count == 3, words[1] == "-c" { words = words[2].split(separator: " ").map(String.init) }
    let name = words.first?.split(separator: "/").last.map(String.init)
    return name == "true" || name == "echo" || words == ["exit", "0"]
  }
}

extension Serving {
  /// The number of the container's port.
  var number: Int? { containerPort?.number ?? servicePort.target?.number }
}
