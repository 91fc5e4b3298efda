import Kubernetes

extension Check {
  /// `requests-differ-from-limits`: a container may use more than was set aside for it.
  package static let requestsDifferFromLimits = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    let only = context.options.globs("only")
    let identity = workload.object.identity.description
    guard only.isEmpty || only.contains(where: { $0.matches(identity) }) else { return .exempt("other-workload") }
    let findings = context.options.words("resources").compactMap { resource -> Finding? in
      let (request, limit) = (container.resources[.requests, resource], container.resources[.limits, resource])
      guard let node = limit ?? request else { return nil }
      if let limit, let request, Quantity(limit) == Quantity(request) { return nil }
      var edits: [NodeEdit] = []
      if let request, let text = limit?.scalar {
        edits = [
          NodeEdit(title: "Request the limit", change: .replaceText(request, nil, with: text), isSafe: false)
        ]
      }
      return context.finding(
        .note, in: workload.object, at: .value(node),
        related: limit == nil ? [] : request.map { [Related(.value($0), "the request")] } ?? [],
        holes: [
          Hole("container", container.title), Hole("resource", resource), Hole("request", request?.scalar ?? "none"),
          Hole("limit", limit?.scalar ?? "none"),
        ], edits: edits)
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}
