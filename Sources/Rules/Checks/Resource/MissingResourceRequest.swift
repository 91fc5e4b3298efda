import Kubernetes

extension Check {
  /// `missing-resource-request`: the scheduler does not know what a container needs.
  package static let missingResourceRequest = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    if !context.isStrict {
      guard workload.isLongRunning else { return .exempt("short-running") }
      guard container.role != .initial else { return .exempt("init-container") }
    }
    guard !ResourceSubjects.isClusterComponent(workload, context) else { return .exempt("cluster-component") }
    var clause: String?
    var missing: [String] = []
    for resource in context.options.words("resources") where context.isStrict || resource != "ephemeral-storage" {
      let resources = container.resources
      if resources.positive(.requests, resource) != nil { continue }
      if resources[.requests, resource] == nil, resources.positive(.limits, resource) != nil { continue }
      if let reason = ResourceSubjects.exemption(from: .requests, of: resource, in: workload, context) {
        clause = clause ?? reason
      } else {
        missing.append(resource)
      }
    }
    guard let first = missing.first else { return clause.map(Outcome.exempt) ?? .pass }
    return .finding(
      context.finding(
        .warning, in: workload.object, at: ResourceSubjects.place(of: first, .requests, in: container),
        holes: [Hole("container", container.title), Hole("list", ResourceSubjects.list(missing))]))
  }
}
