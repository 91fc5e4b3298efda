import Diagnostics
import Kubernetes

extension Check {
  /// `service-selects-other-pods`: traffic reaches pods of several workloads.
  package static let serviceSelectsOtherPods = Check.service { service, context in
    let selected = context.joins.workloads.filter(service.selects)
    let workloads = selected.filter { !$0.object.hook.isTest }
    guard workloads.count > 1 else { return selected.count > 1 ? .exempt("test-object") : .pass }
    let owner = workloads.first { $0.isLongRunning && service.reaches($0) } ?? workloads.first(where: \.isLongRunning)
    guard let owner else { return .exempt("job-alone") }
    let others = workloads.filter { $0.object.identity != owner.object.identity }
    guard !others.isEmpty else { return .pass }
    if service.isHeadless, context.joins.isGoverning(service) { return .exempt("governing-service") }
    if service.isHeadless, workloads.allSatisfy({ service.reaches($0) }) { return .exempt("peers") }
    let pods = OtherPods(service: service, owner: owner, context: context)
    let strangers = others.filter { !pods.isVariant($0) }
    guard !strangers.isEmpty else { return .exempt("variants") }
    guard !pods.isShared(with: strangers) else { return .exempt("shared-service") }
    return .finding(pods.finding(strangers))
  }
}

private struct OtherPods {
  let service: Service
  let owner: Workload
  let context: CheckContext

  /// Whether a workload differs from the owner in labels that tell variants of one program apart, and in no others.
  func isVariant(_ other: Workload) -> Bool {
    let variants = Set(context.options.words("variantLabels"))
    let (mine, theirs) = (owner.pod.labels, other.pod.labels)
    let keys = [mine, theirs].flatMap { $0.node.map { $0.children.compactMap(\.key) } ?? [] }
    let differing = keys.filter { mine[$0]?.scalar != theirs[$0]?.scalar }
    return !differing.isEmpty
      && differing.allSatisfy { variants.contains($0) || variants.contains($0.afterLastSlash) }
  }

  func isShared(with others: [Workload]) -> Bool {
    let mark = "slipway.dev/shared-service"
    let objects = [service.object, owner.object] + others.map(\.object)
    return objects.contains { $0.metadata?.descend("annotations", mark) != nil }
      || ([owner] + others).contains { $0.pod.annotation(mark) != nil }
  }

  func finding(_ others: [Workload]) -> Finding {
    let reached = others.filter { service.mayReach($0) }
    let named = reached.isEmpty ? others : reached
    var related = named.compactMap { other in
      other.pod.labels.node.map { Related(.key($0), "these labels are selected too") }
    }
    if let labels = owner.pod.labels.node { related.insert(Related(.key(labels), "these labels are selected"), at: 0) }
    return context.finding(
      reached.isEmpty ? .note : .warning, in: service.object,
      at: .key(service.spec?["selector"] ?? service.object.node),
      related: related,
      holes: [
        Hole("name", service.name), Hole("does", reached.isEmpty ? "selects" : "sends traffic to"),
        Hole("a", owner.object.identity.description),
        Hole("b", named.map(\.object.identity.description).joined(separator: ", ")),
      ])
  }
}

extension Service {
  /// Whether the workload declares some target port of the Service.
  func reaches(_ workload: Workload) -> Bool {
    workload.pod.containers.contains { container in
      ports.contains { port in container.ports.contains { port.target.map($0.isNamed(by:)) ?? false } }
    }
  }

  /// Whether the workload's pods become endpoints of some port: a number needs no declaration.
  func mayReach(_ workload: Workload) -> Bool {
    reaches(workload) || ports.isEmpty || ports.contains { $0.target?.number != nil }
  }
}

extension Joins {
  /// Whether some StatefulSet gets its names from the Service.
  func isGoverning(_ service: Service) -> Bool {
    workloads.contains { workload in
      workload.kind == .statefulSet && workload.object.namespace == service.object.namespace
        && workload.object.node.descend("spec", "serviceName")?.scalar == service.name
    }
  }
}

extension String {
  /// The name in a label's key, without its prefix.
  var afterLastSlash: String { split(separator: "/").last.map(String.init) ?? self }
}
