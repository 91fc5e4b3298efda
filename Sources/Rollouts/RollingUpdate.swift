/// How a controller replaces pods: the numbers of a rolling update, by the controller's own rounding.
package struct RollingUpdate: Hashable, Sendable {
  package enum Controller: Hashable, Sendable {
    case deployment
    case daemonSet
    case statefulSet
  }

  package var controller: Controller
  package var maxUnavailable: Amount
  package var maxSurge: Amount

  /// Absent amounts take the controller's default: 25 % and 25 % for a Deployment, 1 and 0 for the others, which have
  /// no default surge (a StatefulSet has none at all). kubernetes, pkg/apis/apps/v1/defaults.go.
  package init(_ controller: Controller, maxUnavailable: Amount? = nil, maxSurge: Amount? = nil) {
    self.controller = controller
    self.maxUnavailable = maxUnavailable ?? (controller == .deployment ? .percent(25) : .pods(1))
    switch controller {
    case .deployment: self.maxSurge = maxSurge ?? .percent(25)
    case .daemonSet: self.maxSurge = maxSurge ?? .pods(0)
    case .statefulSet: self.maxSurge = .pods(0)
    }
  }

  /// The update of `replicas` pods (the nodes of a DaemonSet).
  ///
  /// A Deployment rounds what may be missing down and what may be added up; when both come out as zero it takes one pod
  /// down first (kubernetes, pkg/controller/deployment/util, `ResolveFenceposts`). DaemonSets and StatefulSets round up
  /// (pkg/controller/daemon/update.go, pkg/controller/statefulset/stateful_set_utils.go; `maxUnavailable` of a
  /// StatefulSet is on by default from Kubernetes 1.35, and 1 before), and a StatefulSet replaces at least one.
  package func step(replicas: Int) -> Step {
    let replicas = max(0, replicas)
    let surge = max(0, maxSurge.of(replicas, rounding: .up))
    var unavailable = max(0, maxUnavailable.of(replicas, rounding: controller == .deployment ? .down : .up))
    let isForced = surge == 0 && unavailable == 0
    if isForced { unavailable = 1 }
    return Step(replicas: replicas, surge: surge, unavailable: unavailable, isForced: isForced)
  }

  /// What an update does to a number of pods.
  package struct Step: Hashable, Sendable {
    package let replicas: Int
    /// Pods above the wanted number.
    package let surge: Int
    /// Pods that may be missing; may be more than there are.
    package let unavailable: Int
    /// Both amounts came out as zero, so that one pod is taken down first.
    package let isForced: Bool

    /// Pods that are available at every moment.
    package var availableMinimum: Int { replicas - min(unavailable, replicas) }
    /// Pods that exist at the busiest moment.
    package var podsMaximum: Int { Self.sum(replicas, surge) }
    /// Pods that can be replaced at once.
    package var batch: Int { max(1, Self.sum(surge, unavailable)) }
    /// Batches until all pods are new.
    package var waves: Int { replicas / batch + (replicas % batch > 0 ? 1 : 0) }

    private static func sum(_ left: Int, _ right: Int) -> Int {
      let (sum, isTooLarge) = left.addingReportingOverflow(right)
      return isTooLarge ? .max : sum
    }
  }
}

extension RollingUpdate {
  /// The replica counts of a range at which an update is looked at: all of a short range, else its ends.
  package static func counts(in range: ClosedRange<Int>) -> [Int] {
    range.upperBound <= 20 ? Array(range) : [range.lowerBound, range.upperBound].filter { $0 >= 0 }
  }

  /// The step that leaves the smallest share of pods, and of equal ones the first; nil when no pods are wanted.
  package func worstStep(in range: ClosedRange<Int>) -> Step? {
    Self.counts(in: range).filter { $0 > 0 }.map { step(replicas: $0) }.reduce(nil) { worst, next in
      guard let worst else { return next }
      let (left, leftOverflow) = next.availableMinimum.multipliedReportingOverflow(by: worst.replicas)
      let (right, rightOverflow) = worst.availableMinimum.multipliedReportingOverflow(by: next.replicas)
      return !leftOverflow && !rightOverflow && left < right ? next : worst
    }
  }

  /// The longest time that an update takes: every wave as long as the slowest pod, and for controllers that delete a
  /// pod before they make its successor the old pod's end as well.
  package func longestTime(
    replicas: Int, perPod: Seconds, minReady: Seconds, gracePeriod: Seconds
  ) -> Seconds {
    let step = step(replicas: replicas)
    let deletesFirst = controller != .deployment && step.surge == 0
    return step.waves * (perPod + minReady + (deletesFirst ? gracePeriod : 0))
  }
}
