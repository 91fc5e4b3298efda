import Kubernetes

extension Check {
  /// `overlapping-selectors`: a workload's selector matches the pods of another workload too.
  package static let overlappingSelectors = Check.workload { workload, context in
    guard OverlappingSelectors.controls(workload) else { return .exempt("job") }
    guard let node = workload.object.node.descend("spec", "selector") else { return .exempt("no-selector") }
    let form: Selector.Form =
      workload.kind == .replicationController || workload.object.kind == "DeploymentConfig" ? .map : .labelSelector
    let selector = Selector(node, form: form)
    guard !selector.isEmpty else { return .exempt("no-selector") }
    let findings = context.joins.workloads.filter { other in
      OverlappingSelectors.controls(other) && other.object.identity != workload.object.identity
        && other.object.namespace == workload.object.namespace && selector.matches(other.pod.labels)
    }.map { other in
      context.finding(
        other.object.kind == workload.object.kind ? .error : .warning, in: workload.object, at: .key(node),
        related: other.pod.labels.node.map { [Related(.key($0), "these labels match")] } ?? [],
        holes: [Hole("a", workload.object.identity.description), Hole("b", other.object.identity.description)])
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private enum OverlappingSelectors {
  /// Whether a controller keeps pods for the workload by its selector.
  static func controls(_ workload: Workload) -> Bool {
    switch workload.kind {
    case .deployment, .statefulSet, .daemonSet, .replicaSet, .replicationController, .custom: true
    case .job, .cronJob, .pod: false
    }
  }
}
