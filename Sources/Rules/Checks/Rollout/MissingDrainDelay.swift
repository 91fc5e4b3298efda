import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `missing-drain-delay`: a container ends while proxies still send to it.
  package static let missingDrainDelay = Check.container { container, workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard container.role != .initial else { return .exempt("init-container") }
    switch workload.updateStrategy {
    case .recreate, .onDelete: return .exempt("no-rolling-update")
    case .rolling, .other: break
    }
    if context.options.word("drainHandledBy") == "application" { return .exempt("drained-by-application") }
    let delay = DrainDelaySearch(container: container, workload: workload, context: context)
    switch delay.exposure {
    case .notServed: return context.notServed(workload)
    case .exempt(let clause): return .exempt(clause)
    case .unclear(let service):
      return .unknown(Undecided("which container of \(workload.object.identity) answers Service/\(service)"))
    case .served(let serving): return delay.verdict(serving)
    }
  }
}

private struct DrainDelaySearch {
  let container: Container
  let workload: Workload
  let context: CheckContext

  enum Exposure {
    case served(Serving)
    case unclear(String)
    case exempt(String)
    case notServed
  }

  var exposure: Exposure {
    let all = context.joins.servings(of: container, in: workload)
    guard !all.isEmpty else { return .notServed }
    // Clients of a headless Service hold addresses of pods, which no proxy withdraws for them.
    let proxied = all.filter { !$0.service.isHeadless }
    guard !proxied.isEmpty else { return .exempt("headless-service") }
    if workload.kind == .statefulSet, proxied.allSatisfy({ DatabasePorts.contains($0.number) }) {
      return .exempt("database")
    }
    if let certain = proxied.first(where: { $0.certainty == .certain }) { return .served(certain) }
    return .unclear(proxied[0].service.name)
  }

  func verdict(_ serving: Serving) -> Outcome {
    let needed = Seconds(max(0, context.options.integer("propagationSeconds")))
    guard let time = container.drainDelay.time else { return .exempt("unknown-hook") }
    guard time < needed else { return .pass }
    let node = container.drainNode
    var related = context.related(serving)
    if let grace = workload.pod.gracePeriodNode { related.append(Related(.value(grace), "the grace period")) }
    return .finding(
      context.finding(
        .warning, in: workload.object, at: node.map(place) ?? missing, related: related,
        holes: [
          Hole("container", container.title), Hole("when", time > 0 ? "\(time) after" : "at the moment"),
          Hole("propagation", String(needed.count)),
        ], edits: node == nil ? [edit(needed)] : []))
  }

  private func place(_ node: Node) -> Place { node.isScalar ? .value(node) : .key(node) }

  private var lifecycle: Node? { container.node["lifecycle"].flatMap { $0.isMapping ? $0 : nil } }
  private var missing: Place {
    lifecycle.map { Place.absent(key: "preStop", under: $0) } ?? .absent(key: "lifecycle", under: container.node)
  }

  private func edit(_ needed: Seconds) -> NodeEdit {
    let hook = "{sleep: {seconds: \(needed.count)}}"
    return NodeEdit(
      title: "Wait \(needed) before the container is told to stop",
      change: lifecycle.map { .insert(key: "preStop", value: hook, into: $0) }
        ?? .insert(key: "lifecycle", value: "{preStop: \(hook)}", into: container.node), isSafe: false)
  }
}

/// Ports of servers whose clients keep connections open and whose shutdown is their own protocol.
enum DatabasePorts {
  static let numbers: Set<Int> = [5432, 3306, 6379, 9092, 27017]
  static func contains(_ number: Int?) -> Bool { number.map(numbers.contains) ?? false }
}
