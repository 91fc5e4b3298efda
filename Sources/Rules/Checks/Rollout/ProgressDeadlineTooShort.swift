import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `progress-deadline-too-short`: a pod may become available only after the rollout is declared failed.
  ///
  /// The deadline starts again at every progress, a new ReplicaSet, a scaling, a pod that becomes ready or available
  /// (kubernetes, pkg/controller/deployment/progress.go), so that the slowest pod decides and not their number.
  package static let progressDeadlineTooShort = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard workload.kind == .deployment else { return .notConcerned }
    let deadline = ProgressDeadline(workload: workload, context: context)
    if deadline.isRejected { return .finding(deadline.finding(.error, need: deadline.minReady)) }
    guard deadline.isDeclared else { return .exempt("no-declared-start") }
    return deadline.need > deadline.time ? .finding(deadline.finding(.warning, need: deadline.need)) : .pass
  }
}

private struct ProgressDeadline {
  /// `progressDeadlineSeconds` unless written (kubernetes, pkg/apis/apps/v1/defaults.go).
  static let defaultTime: Seconds = 600

  let workload: Workload
  let context: CheckContext

  private var node: Node? { workload.specNode["progressDeadlineSeconds"] }
  private var minReadyNode: Node? { workload.specNode["minReadySeconds"] }
  var time: Seconds { node?.integer.map { Seconds(max(0, $0)) } ?? Self.defaultTime }
  var minReady: Seconds { Seconds(max(0, minReadyNode?.integer ?? 0)) }

  /// The API server demands more time than a pod must have been ready.
  var isRejected: Bool { (node != nil || minReady > 0) && time <= minReady }

  private var starts: [(container: Container, start: ContainerStart)] {
    let expected = context.expectedStart(of: workload.pod).time
    return workload.pod.containers.filter { $0.role != .initial }
      .map { (container: $0, start: ContainerStart($0, expected: expected)) }
  }

  var isDeclared: Bool { starts.contains { $0.start.isDeclared } }

  private var slowest: (container: Container, start: ContainerStart)? {
    starts.max { $0.start.worstTimeToReady < $1.start.worstTimeToReady }
  }

  /// The declared waits before a container starts.
  private var before: Seconds {
    ["scheduleSeconds", "pullSeconds"].reduce(0) { $0 + Seconds(max(0, context.options.integer($1))) }
  }

  var need: Seconds { (slowest?.start.worstTimeToReady ?? 0) + minReady + before }

  func finding(_ level: Level, need: Seconds) -> Finding {
    let term = largestTerm
    let place = node.map(Place.value) ?? term ?? .key(workload.specNode)
    var holes = workload.holes + [Hole("deadline", time.description)]
    holes.append(level == .error ? Hole("minReady", minReady.description) : Hole("need", need.description))
    let minutes = Seconds(need.count / 60 * 60) + 60
    return context.finding(
      level, in: workload.object, at: place,
      related: node == nil ? [] : term.map { [Related($0, "the longest part of the wait")] } ?? [], holes: holes,
      edits: level == .error ? [] : [edit(minutes)])
  }

  private var largestTerm: Place? {
    let minReady = minReadyNode.map { (Place.value($0), self.minReady) }
    let probe = slowest.flatMap { slowest in
      slowest.container.probe(.startup).map { ($0.place(of: "failureThreshold"), slowest.start.worstTimeToReady) }
        ?? slowest.container.probe(.readiness).map {
          ($0.place(of: "initialDelaySeconds"), slowest.start.worstTimeToReady)
        }
    }
    return [probe, minReady].compactMap { $0 }.max { $0.1 < $1.1 }?.0
  }

  private func edit(_ time: Seconds) -> NodeEdit {
    let title = "Set progressDeadlineSeconds to \(time.count)"
    if let node {
      return NodeEdit(title: title, change: .replaceText(node, nil, with: String(time.count)), isSafe: false)
    }
    return NodeEdit(
      title: title,
      change: .insert(key: "progressDeadlineSeconds", value: String(time.count), into: workload.specNode),
      isSafe: false)
  }
}
