import Kubernetes

/// How many pods a workload has, and who says so.
package struct Replicas: Sendable {
  /// The fewest and the most pods, as an autoscaler lets them be; both ends equal without one.
  package let range: ClosedRange<Int>
  /// Where the lower end is written, or would have to be.
  package let lower: Place
  package let autoscaler: Autoscaler?
  /// The workload is scaled to zero on purpose, whatever an autoscaler says: an autoscaler leaves it alone.
  package let isStopped: Bool

  /// The counts that an update meets: an autoscaler that can scale to zero updates at least one pod.
  package var updated: ClosedRange<Int> { max(1, range.lowerBound)...max(1, range.upperBound) }
}

extension Joins {
  /// Nil where the manifests do not tell: DaemonSets, Jobs, a count that is no number.
  package func replicas(of workload: Workload) -> Replicas? {
    let spec = workload.object.node["spec"] ?? workload.object.node
    switch workload.kind {
    case .daemonSet, .job, .cronJob: return nil
    case .pod: return Replicas(range: 1...1, lower: .object(workload.object.node), autoscaler: nil, isStopped: false)
    case .deployment, .statefulSet, .replicaSet, .replicationController, .custom: break
    }
    let written = spec["replicas"]
    let count = written.map(\.integer) ?? 1
    if count == 0 {
      return written.map { Replicas(range: 0...0, lower: .value($0), autoscaler: nil, isStopped: true) }
    }
    if let autoscaler = autoscaler(of: workload) {
      return autoscaler.minimum.map { minimum in
        let lower = autoscaler.minimumNode.map(Place.value)
        return Replicas(
          range: minimum...max(minimum, autoscaler.maximum ?? minimum),
          lower: lower ?? .absent(key: autoscaler.minimumKey, under: autoscaler.spec ?? autoscaler.object.node),
          autoscaler: autoscaler, isStopped: false)
      }
    }
    guard let count else { return nil }
    let pods = max(0, Int(Int32(clamping: count)))
    return Replicas(
      range: pods...pods, lower: written.map(Place.value) ?? .absent(key: "replicas", under: spec), autoscaler: nil,
      isStopped: false)
  }

  /// The first autoscaler of the scope that scales the workload.
  package func autoscaler(of workload: Workload) -> Autoscaler? { autoscalers.first { $0.targets(workload) } }

  /// A claim of the scope by its name, in the namespace of the workload.
  package func claim(_ volume: ClaimVolume, of workload: Workload) -> VolumeClaim? {
    claims.first { $0.object.name == volume.name && $0.object.namespace == workload.object.namespace }
  }
}
