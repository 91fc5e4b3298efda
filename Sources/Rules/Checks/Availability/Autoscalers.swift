import Diagnostics
import Kubernetes

extension Check {
  /// `autoscaler-fights-replicas`: each deploy sets back what an autoscaler has scaled.
  package static let autoscalerFightsReplicas = Check.autoscaler { autoscaler, context in
    if let excuse = AvailabilitySubjects.excuse(for: autoscaler.object) { return excuse }
    guard let workload = context.joins.workloads.first(where: autoscaler.targets) else {
      return .exempt("target-elsewhere")
    }
    guard let written = workload.specNode["replicas"] else { return .pass }
    if written.integer == 0 { return .exempt("stopped") }
    if let number = written.integer, autoscaler.minimum == number, autoscaler.maximum == number {
      return .exempt("fixed-count")
    }
    return .finding(
      context.finding(
        .warning, in: workload.object, at: .key(written),
        related: [Related(.object(autoscaler.object.node), "this scales it")],
        holes: workload.holes + [
          Hole("count", written.scalar ?? ""), Hole("autoscaler", autoscaler.object.identity.description),
        ]))
  }

  /// `autoscaler-range-empty`: an autoscaler that cannot scale, or is refused.
  package static let autoscalerRangeEmpty = Check.autoscaler { autoscaler, context in
    if let excuse = AvailabilitySubjects.excuse(for: autoscaler.object) { return excuse }
    guard let lowest = autoscaler.minimum, let highest = autoscaler.maximum, let most = autoscaler.maximumNode else {
      return .exempt("no-maximum")
    }
    let range = AutoscalerRange(autoscaler: autoscaler, lowest: lowest, highest: highest, context: context)
    if highest < lowest { return .finding(range.finding(.error, at: most, "so it is rejected")) }
    if autoscaler.kind == .horizontal, lowest == 0, !range.hasOutsideMetric, let least = autoscaler.minimumNode {
      return .finding(range.finding(.error, at: least, "and zero needs a metric of type Object or External"))
    }
    guard highest == lowest else { return .pass }
    if range.hasOneSource { return .exempt("fixed-on-purpose") }
    return .finding(range.finding(.warning, at: most, "so it never scales"))
  }

  /// `autoscaler-without-request`: utilization is a share of a request that is not there.
  package static let autoscalerWithoutRequest = Check.autoscaler { autoscaler, context in
    if let excuse = AvailabilitySubjects.excuse(for: autoscaler.object) { return excuse }
    guard autoscaler.kind == .horizontal else { return .exempt("scaled-object") }
    let metrics = UtilizationMetric.all(of: autoscaler)
    guard !metrics.isEmpty else { return .exempt("no-utilization") }
    guard let workload = context.joins.workloads.first(where: autoscaler.targets) else {
      return .unknown(Undecided("the target of \(autoscaler.object.identity) is not in the input"))
    }
    let requests = MissingRequests(autoscaler: autoscaler, workload: workload, context: context)
    let open = metrics.filter { !requests.hasDefault($0.resource) }
    guard !open.isEmpty else { return .exempt("limit-range") }
    let findings = open.flatMap(requests.findings)
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct AutoscalerRange {
  let autoscaler: Autoscaler
  let lowest: Int
  let highest: Int
  let context: CheckContext

  /// The API server lets these start pods from none.
  var hasOutsideMetric: Bool {
    (autoscaler.spec?["metrics"]?.items ?? []).contains { ["Object", "External"].contains($0["type"]?.scalar ?? "") }
  }

  /// Both ends come from the same value, so that they are meant to be equal.
  var hasOneSource: Bool {
    let keys = [autoscaler.minimumNode, autoscaler.maximumNode].map { node -> Set<String> in
      guard let node else { return [] }
      return Set(context.parts(of: node, in: 0..<(node.scalarBytes?.count ?? 0)).compactMap(\.source.valuesKey))
    }
    return !keys[0].isEmpty && keys[0] == keys[1]
  }

  func finding(_ level: Level, at node: Node, _ reason: String) -> Finding {
    let other = node == autoscaler.maximumNode ? autoscaler.minimumNode : autoscaler.maximumNode
    return context.finding(
      level, in: autoscaler.object, at: .value(node),
      related: other.map { [Related(.value($0), "the other end")] } ?? [],
      holes: [
        Hole("autoscaler", autoscaler.object.identity.description), Hole("min", String(lowest)),
        Hole("max", String(highest)), Hole("reason", reason),
      ])
  }
}

/// A metric that is measured against requests.
private struct UtilizationMetric {
  let resource: String
  /// Only this container is looked at.
  let container: String?
  let node: Node

  static func all(of autoscaler: Autoscaler) -> [UtilizationMetric] {
    if let old = autoscaler.spec?["targetCPUUtilizationPercentage"] {
      return [UtilizationMetric(resource: "cpu", container: nil, node: old)]
    }
    return (autoscaler.spec?["metrics"]?.items ?? []).compactMap { metric in
      let isOfContainer = metric["type"]?.scalar == "ContainerResource"
      guard isOfContainer || metric["type"]?.scalar == "Resource",
        let source = metric[isOfContainer ? "containerResource" : "resource"],
        let resource = source["name"]?.scalar, resource == "cpu" || resource == "memory",
        source.descend("target", "averageUtilization") != nil || source["targetAverageUtilization"] != nil
      else { return nil }
      return UtilizationMetric(
        resource: resource, container: isOfContainer ? source["container"]?.scalar ?? "" : nil,
        node: source["name"] ?? source)
    }
  }
}

private struct MissingRequests {
  let autoscaler: Autoscaler
  let workload: Workload
  let context: CheckContext

  /// A LimitRange of the namespace that gives containers a request.
  func hasDefault(_ resource: String) -> Bool {
    context.scope.objects.contains { object in
      object.isKind("LimitRange", group: "") && object.namespace == workload.object.namespace
        && (object.node.descend("spec", "limits")?.items ?? []).contains { limit in
          limit["type"]?.scalar == "Container"
            && ["defaultRequest", "default"].contains { limit.descend($0, resource) != nil }
        }
    }
  }

  func findings(_ metric: UtilizationMetric) -> [Finding] {
    let resource = metric.resource
    if hasRequest(workload.pod.spec, resource) { return [] }
    let containers = workload.pod.containers.filter { $0.role != .initial }
    if let name = metric.container, !containers.contains(where: { $0.name == name }) {
      return [
        context.finding(
          .error, in: autoscaler.object, at: .value(metric.node),
          holes: [
            Hole("autoscaler", autoscaler.object.identity.description), Hole("resource", resource),
            Hole("unknown", name),
          ] + workload.holes)
      ]
    }
    return containers.filter { container in
      (metric.container.map { $0 == container.name } ?? true) && !hasRequest(container.node, resource)
    }.map { finding(on: $0, metric) }
  }

  /// A limit alone is taken for the request.
  private func hasRequest(_ node: Node, _ resource: String) -> Bool {
    node.descend("resources", "requests", resource) != nil || node.descend("resources", "limits", resource) != nil
  }

  /// The outermost part of `resources.requests.cpu` that is not there.
  private func missing(_ resource: String, in container: Node) -> Place {
    guard let resources = container["resources"], resources.isMapping else {
      return .absent(key: "resources", under: container)
    }
    guard let requests = resources["requests"], requests.isMapping else {
      return .absent(key: "requests", under: resources)
    }
    return .absent(key: resource, under: requests)
  }

  private func finding(on container: Container, _ metric: UtilizationMetric) -> Finding {
    return context.finding(
      .error, in: workload.object,
      at: missing(metric.resource, in: container.node),
      related: [Related(.value(metric.node), "the metric of \(autoscaler.object.identity)")],
      holes: [
        Hole("autoscaler", autoscaler.object.identity.description), Hole("resource", metric.resource),
        Hole("container", container.title),
      ])
  }
}
