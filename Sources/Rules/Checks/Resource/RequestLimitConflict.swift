import Kubernetes

extension Check {
  /// `request-limit-conflict`: a container's amounts contradict each other, or the namespace's bounds.
  package static let requestLimitConflict = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    let check = RequestLimits(container: container, workload: workload, context: context)
    let findings = check.conflicts + check.outsideBounds
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct RequestLimits {
  let container: Container
  let workload: Workload
  let context: CheckContext

  var conflicts: [Finding] {
    container.resources.names(.requests).compactMap { resource in
      guard let request = container.resources[.requests, resource], let requested = Quantity(request),
        let limit = container.resources[.limits, resource], let limited = Quantity(limit)
      else { return nil }
      let related = [Related(.value(limit), "the limit")]
      if requested > limited {
        return finding(request, related, "requests", request, resource, "above its limit", limit)
      }
      guard requested != limited, Self.cannotBeOvercommitted(resource) else { return nil }
      return finding(request, related, "requests", request, resource, "and not its limit", limit)
    }
  }

  /// Huge pages and what device plugins hand out must be requested as they are limited. Source: the validation of
  /// core/v1, helper.IsOvercommitAllowed: resources of Kubernetes itself but for huge pages.
  private static func cannotBeOvercommitted(_ resource: String) -> Bool {
    if resource.hasPrefix("hugepages-") { return true }
    return resource.contains("/") && !resource.contains("kubernetes.io/")
  }

  var outsideBounds: [Finding] {
    context.joins.containerLimits(in: workload.object.namespace).flatMap { range in
      Set(container.resources.names(.requests) + container.resources.names(.limits)).sorted().flatMap { resource in
        findings(resource, range)
      }
    }
  }

  private func findings(_ resource: String, _ range: ContainerLimits) -> [Finding] {
    var findings: [Finding] = []
    let (request, limit) = (container.resources[.requests, resource], container.resources[.limits, resource])
    if let node = range.bound(.largest, resource), let bound = Quantity(node), let amount = limit ?? request,
      let quantity = Quantity(amount), quantity > bound
    {
      let verb = limit == nil ? "requests" : "limits itself to"
      findings.append(
        finding(
          amount, [Related(.value(node), "the LimitRange")], verb, amount, resource,
          "above the maximum of LimitRange/\(range.object.name),", node))
    }
    if let node = range.bound(.smallest, resource), let bound = Quantity(node), let amount = request ?? limit,
      let quantity = Quantity(amount), quantity < bound
    {
      findings.append(
        finding(
          amount, [Related(.value(node), "the LimitRange")], "requests", amount, resource,
          "below the minimum of LimitRange/\(range.object.name),", node))
    }
    if let node = range.bound(.ratio, resource), let bound = Quantity(node), let limit, let request,
      let limited = Quantity(limit), let requested = Quantity(request), !requested.isZero,
      Self.exceeds(limited, requested, bound)
    {
      findings.append(
        finding(
          request, [Related(.value(limit), "the limit"), Related(.value(node), "the LimitRange")], "requests", request,
          resource, "too little for its limit under the ratio of LimitRange/\(range.object.name),", node))
    }
    return findings
  }

  /// Whether limit ÷ request is above the ratio.
  private static func exceeds(_ limit: Quantity, _ request: Quantity, _ ratio: Quantity) -> Bool {
    let unit: Int128 = 1_000_000_000
    let (whole, rest) = limit.nanos.quotientAndRemainder(dividingBy: request.nanos)
    let (bound, part) = ratio.nanos.quotientAndRemainder(dividingBy: unit)
    if whole != bound { return whole > bound }
    // The fractions are compared by floating point: both are below one.
    return Double(rest) / Double(request.nanos) > Double(part) / Double(unit)
  }

  private func finding(
    _ node: Node, _ related: [Related], _ verb: String, _ amount: Node, _ resource: String, _ relation: String,
    _ bound: Node
  ) -> Finding {
    context.finding(
      .error, in: workload.object, at: .value(node), related: related,
      holes: [
        Hole("container", container.title), Hole("verb", verb), Hole("request", amount.scalar ?? ""),
        Hole("resource", resource), Hole("relation", relation), Hole("limit", bound.scalar ?? ""),
      ])
  }
}
