import Diagnostics
import Kubernetes

extension Check {
  /// `missing-liveness-probe`: nobody restarts a process that hangs.
  package static let missingLivenessProbe = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    guard container.role == .app else { return .exempt("sidecar") }
    guard container.node["livenessProbe"] == nil else { return .pass }
    let hasOnlyStartup = container.node["startupProbe"] != nil && container.node["readinessProbe"] == nil
    guard !hasOnlyStartup else { return .exempt("startup-probe-only") }
    if !context.isStrict {
      switch MissingLivenessProbe.exposure(of: workload, context) {
      case .served: break
      case .possiblyServed(let serving):
        return .unknown(
          Undecided("which container of \(workload.object.identity) answers Service/\(serving.service.name)"))
      case .excused(let clause): return .exempt(clause)
      case .notServed: return context.undecidedAboutServices(of: workload) ?? .exempt("not-served")
      }
    }
    return .finding(
      context.finding(
        .note, in: workload.object, at: .absent(key: "livenessProbe", under: container.node),
        holes: [Hole("container", container.title)]))
  }
}

private enum MissingLivenessProbe {
  /// A workload is served when some container of it is.
  static func exposure(of workload: Workload, _ context: CheckContext) -> Exposure {
    let ignoredPorts = context.options.globs("ignorePorts")
    var best = Exposure.notServed
    for container in workload.pod.containers where container.role != .initial {
      let exposure = Exposure(of: container, in: workload, joins: context.joins, ignoredPorts: ignoredPorts)
      switch (exposure, best) {
      case (.served, _): return exposure
      case (.possiblyServed, _), (.excused, .notServed): best = exposure
      case (.excused, _), (.notServed, _): break
      }
    }
    return best
  }
}
