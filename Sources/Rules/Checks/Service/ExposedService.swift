import Kubernetes

extension Check {
  /// `exposed-service`: a Service that opens a port outside the cluster.
  package static let exposedService = Check.service { service, context in
    guard let node = service.spec?["type"], let type = node.scalar, context.options.words("types").contains(type) else {
      return .pass
    }
    let annotations = service.object.metadata?["annotations"]
    let allowed = context.options.globs("allowed")
    let isAllowed = { (name: String) in allowed.contains { $0.matches(name) } }
    guard !isAllowed(service.name) else { return .exempt("allowed-name") }
    let keys = annotations?.children.compactMap(\.key) ?? []
    guard !keys.contains(where: isAllowed) else { return .exempt("allowed-annotation") }
    let scheme = annotations?["service.beta.kubernetes.io/aws-load-balancer-scheme"]?.scalar
    guard type != "LoadBalancer" || scheme != "internal" else { return .exempt("internal-load-balancer") }
    return .finding(
      context.finding(
        .note, in: service.object, at: .value(node), holes: [Hole("name", service.name), Hole("type", type)]))
  }
}
