import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `load-balancer-outlives-pod`: an AWS load balancer keeps connections to a pod that is gone.
  package static let loadBalancerOutlivesPod = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    let services = context.joins.services(selecting: workload)
    guard !services.isEmpty else { return context.notServed(workload) }
    let balancers = AWSLoadBalancer.all(before: services, context.joins)
    guard !balancers.isEmpty else { return .exempt("no-load-balancer") }
    let pod = BalancedPod(workload: workload, context: context)
    var findings = balancers.flatMap { pod.findings(behind: $0) }
    // One annotation serves all the paths of an Ingress, and is one thing to change.
    var seen: Set<Place> = []
    findings = findings.filter { seen.insert($0.place).inserted }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

/// What annotations say about an ALB or NLB.
private struct AWSLoadBalancer {
  /// The time that a deregistered target keeps its connections unless an attribute says otherwise (Elastic Load
  /// Balancing, `deregistration_delay.timeout_seconds`).
  static let defaultDelay: Seconds = 300

  let object: KubernetesObject
  let backend: Node?
  private let annotations: [Node]
  private let prefixes: [String]

  static func all(before services: [Service], _ joins: Joins) -> [AWSLoadBalancer] {
    services.flatMap { service -> [AWSLoadBalancer] in
      let own = service.object.metadata?["annotations"]
      let ingresses = joins.ingresses.filter { $0.className == "alb" && $0.sends(to: service) }.map { ingress in
        AWSLoadBalancer(
          object: ingress.object, backend: ingress.backendNames.first { $0.scalar == service.name },
          annotations: [own, ingress.annotations].compactMap { $0 }, prefixes: ["alb.ingress.kubernetes.io/"])
      }
      guard service.spec?["type"]?.scalar == "LoadBalancer", let own,
        own.children.contains(where: { $0.key?.hasPrefix(Self.servicePrefix) ?? false })
      else { return ingresses }
      return ingresses + [
        AWSLoadBalancer(object: service.object, backend: nil, annotations: [own], prefixes: [Self.servicePrefix])
      ]
    }
  }

  private static let servicePrefix = "service.beta.kubernetes.io/aws-load-balancer-"

  /// The first of these annotations that is written.
  func annotation(_ names: String...) -> Node? {
    for name in names {
      for prefix in prefixes {
        for mapping in annotations {
          if let node = mapping[prefix + name] { return node }
        }
      }
    }
    return nil
  }

  /// The deregistration delay that is written, with the bytes of its number.
  var delay: (time: Seconds, node: Node, bytes: Range<Int>)? {
    guard let node = annotation("target-group-attributes"), let text = node.scalar else { return nil }
    let name = "deregistration_delay.timeout_seconds="
    guard let found = text.firstRange(of: name) else { return nil }
    let digits = text[found.upperBound...].prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let start = text.utf8.distance(from: text.startIndex, to: found.upperBound)
    return (Seconds(number), node, start..<start + digits.utf8.count)
  }

  /// How long health checks take to notice that a target is gone, where both numbers are written.
  var noticeTime: (time: Seconds, node: Node)? {
    guard let interval = annotation("healthcheck-interval-seconds", "healthcheck-interval"),
      let threshold = annotation("unhealthy-threshold-count", "healthcheck-unhealthy-threshold"),
      let seconds = interval.scalar.flatMap({ Int($0) }), let times = threshold.scalar.flatMap({ Int($0) })
    else { return nil }
    return (times * Seconds(seconds), interval)
  }

  /// Targets are nodes, so that only their health checks tell that a pod is gone.
  var targetsInstances: Bool { annotation("target-type", "nlb-target-type")?.scalar == "instance" }
}

private struct BalancedPod {
  let workload: Workload
  let context: CheckContext

  private var grace: Seconds { workload.pod.gracePeriod }

  func findings(behind balancer: AWSLoadBalancer) -> [Finding] {
    [connections(behind: balancer), healthChecks(of: balancer)].compactMap { $0 }
  }

  private func connections(behind balancer: AWSLoadBalancer) -> Finding? {
    if let delay = balancer.delay {
      return delay.time > grace
        ? finding(balancer, at: .bytes(delay.node, delay.bytes), [Hole("delay", delay.time.description)]) : nil
    }
    guard context.isStrict, AWSLoadBalancer.defaultDelay > grace else { return nil }
    return finding(
      balancer, at: .object(balancer.object.node), [Hole("delay", AWSLoadBalancer.defaultDelay.description)])
  }

  private func healthChecks(of balancer: AWSLoadBalancer) -> Finding? {
    let hasGate = workload.pod.spec["readinessGates"].map { $0.childCount > 0 } ?? false
    guard balancer.targetsInstances, !hasGate, let notice = balancer.noticeTime else { return nil }
    let hooks = workload.pod.appContainers.map(\.drainDelay.time)
    guard !hooks.contains(nil), let hook = hooks.compactMap({ $0 }).max(), notice.time > hook else { return nil }
    return finding(
      balancer, at: .value(notice.node), [Hole("notice", notice.time.description), Hole("hook", hook.description)])
  }

  private func finding(_ balancer: AWSLoadBalancer, at place: Place, _ more: [Hole]) -> Finding {
    var related = workload.pod.gracePeriodNode.map { [Related(.value($0), "the pods live this long")] } ?? []
    if let backend = balancer.backend { related.append(Related(.value(backend), "the load balancer sends here")) }
    return context.finding(
      .warning, in: balancer.object, at: place, related: related,
      holes: workload.holes + [Hole("grace", grace.description)] + more)
  }
}
