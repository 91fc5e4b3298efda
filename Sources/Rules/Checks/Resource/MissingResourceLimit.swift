import Diagnostics
import Kubernetes

extension Check {
  /// `missing-resource-limit`: nothing stops a container from taking what its neighbours need.
  package static let missingResourceLimit = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    guard !ResourceSubjects.isClusterComponent(workload, context) else { return .exempt("cluster-component") }
    var clause: String?
    var findings: [Finding] = []
    for resource in context.options.words("resources") where container.resources[.limits, resource] == nil {
      if let reason = ResourceSubjects.exemption(from: .limits, of: resource, in: workload, context) {
        clause = clause ?? reason
        continue
      }
      let level: Level = resource == "memory" ? .warning : .note
      findings.append(
        context.finding(
          level, in: workload.object, at: ResourceSubjects.place(of: resource, .limits, in: container),
          holes: [Hole("container", container.title), Hole("resource", resource)]))
    }
    guard findings.isEmpty else { return .findings(findings) }
    return clause.map(Outcome.exempt) ?? .pass
  }
}
