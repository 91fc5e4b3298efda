import Kubernetes

/// How long a container goes on serving after its pod is told to end.
///
/// At the deletion the grace timer starts, the endpoint is withdrawn and the preStop hook runs; TERM follows when the
/// hook has ended, KILL when the grace period is over. A hook that overruns is cut off, and the kubelet then leaves the
/// process two seconds (kubernetes, pkg/kubelet/kuberuntime/kuberuntime_container.go, `minimumGracePeriodInSeconds`).
package enum DrainDelay: Hashable, Sendable {
  /// No hook, or none that waits.
  case none
  case known(Seconds)
  /// A hook whose time cannot be told: a request, another command.
  case unknown

  /// Nil when it is not known.
  package var time: Seconds? {
    switch self {
    case .none: 0
    case .known(let time): time
    case .unknown: nil
    }
  }
}

/// The pod's end: what the manifest says about it.
package struct Termination: Hashable, Sendable {
  /// The API's default (`v1.DefaultTerminationGracePeriodSeconds`).
  package static let defaultGracePeriod: Seconds = 30

  package var gracePeriod: Seconds
  package var drain: DrainDelay

  package init(gracePeriod: Seconds = Termination.defaultGracePeriod, drain: DrainDelay) {
    self.gracePeriod = gracePeriod
    self.drain = drain
  }

  package init(_ container: Container, in pod: PodTemplate) {
    gracePeriod = pod.gracePeriod
    drain = container.drainDelay
  }

  /// What is left for the process after TERM; nil when the hook's time is not known, never below zero.
  package var rest: Seconds? { drain.time.map { max(0, gracePeriod - $0) } }

  /// Whether a hook of known length, and `work` after it, fits into the grace period. Not known counts as fitting.
  package func leavesTime(for work: Seconds) -> Bool {
    guard let time = drain.time, time > 0 else { return gracePeriod >= work }
    return time < gracePeriod && time + work <= gracePeriod
  }
}

extension PodTemplate {
  package var gracePeriodNode: Node? { spec["terminationGracePeriodSeconds"] }
  package var gracePeriod: Seconds {
    spec.count("terminationGracePeriodSeconds").map { Seconds($0) } ?? Termination.defaultGracePeriod
  }
}

extension Container {
  /// The preStop hook's mapping.
  package var preStop: Node? { node.descend("lifecycle", "preStop") }

  /// How long the preStop hook holds TERM back.
  package var drainDelay: DrainDelay {
    guard let preStop, preStop.isMapping, preStop.childCount > 0 else { return .none }
    if let sleep = preStop["sleep"] {
      return sleep["seconds"]?.integer == nil ? .unknown : .known(Seconds(sleep.count("seconds") ?? 0))
    }
    guard let command = preStop.descend("exec", "command"), command.isSequence else { return .unknown }
    let words = command.items.map(\.scalar)
    guard !words.contains(nil) else { return .unknown }
    return SleepCommand.time(of: words.compactMap { $0 }).map(DrainDelay.known) ?? .unknown
  }

  /// The node that says how long the hook waits.
  package var drainNode: Node? {
    guard let preStop else { return nil }
    return preStop.descend("sleep", "seconds") ?? preStop.descend("exec", "command")?.items.last ?? preStop
  }
}
