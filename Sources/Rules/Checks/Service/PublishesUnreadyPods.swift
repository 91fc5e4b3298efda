import Kubernetes

extension Check {
  /// `publishes-unready-pods`: a Service for requests that ignores readiness.
  package static let publishesUnreadyPods = Check.service { service, context in
    let annotation = service.object.metadata?.descend(
      "annotations", "service.alpha.kubernetes.io/tolerate-unready-endpoints")
    let field = service.publishesUnreadyPods ? service.spec?["publishNotReadyAddresses"] : nil
    guard let flag = field ?? (annotation?.scalar == "true" ? annotation : nil) else { return .pass }
    let users = context.joins.ingressReferences(to: service.name, in: service.object.namespace)
    if service.isHeadless {
      guard !context.joins.isGoverning(service) else { return .exempt("governing-service") }
      guard !users.isEmpty else { return .exempt("headless") }
    }
    return .finding(
      context.finding(
        .warning, in: service.object, at: .value(flag),
        related: users.map { Related(.value($0), "requests come from here") },
        holes: [Hole("name", service.name)],
        edits: [NodeEdit(title: "Delete the line", change: .removeEntry(flag), isSafe: true)]))
  }
}
