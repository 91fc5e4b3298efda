import Kubernetes

extension Check {
  /// `secret-as-env-var`: a container reads a Secret through its environment.
  package static let secretAsEnvVar = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    let allowed = context.options.globs("allowed")
    let secrets = container.environmentReferences.filter { $0.kind == .secret }
    var seen: Set<String> = []
    let findings = secrets.compactMap { reference -> Finding? in
      guard !allowed.contains(where: { $0.matches(reference.name) }), seen.insert(reference.name).inserted else {
        return nil
      }
      return context.finding(
        .note, in: workload.object, at: context.place(ofReference: reference.node),
        holes: [Hole("container", container.title), Hole("ref", reference.name)])
    }
    guard findings.isEmpty else { return .findings(findings) }
    return secrets.isEmpty ? .pass : .exempt("allowed")
  }
}
