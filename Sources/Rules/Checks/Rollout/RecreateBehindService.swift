import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `recreate-behind-service`: every deploy is an outage, because all old pods end before the first new one starts.
  package static let recreateBehindService = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard workload.isDeployment else { return .notConcerned }
    guard case .recreate(let type) = workload.updateStrategy else { return .pass }
    guard let serving = context.serving(of: workload) else { return context.notServed(workload) }
    if workload.annotation("slipway.dev/downtime")?.scalar == "accepted" { return .exempt("accepted-downtime") }
    if let replicas = context.joins.replicas(of: workload) {
      if replicas.isStopped { return .exempt("scaled-to-zero") }
      if replicas.range.upperBound <= 1, !workload.pod.claims.isEmpty {
        switch context.holdsExclusiveClaim(workload) {
        case .yes: return .exempt("exclusive-claim")
        case .no: break
        case .unknown(let claim): return .unknown(Undecided("the access modes of PersistentVolumeClaim/\(claim)"))
        }
      }
    }
    return .finding(
      context.finding(
        .error, in: workload.object, at: .value(type), related: context.related(serving),
        holes: workload.holes + [Hole("service", serving.service.name)]))
  }
}

enum ClaimVerdict {
  case yes
  case no
  /// The claim is not in the input.
  case unknown(String)
}

extension CheckContext {
  /// Whether a pod of the workload mounts a claim that no second pod on another node can mount meanwhile.
  func holdsExclusiveClaim(_ workload: Workload) -> ClaimVerdict {
    var missing: String?
    for volume in workload.pod.claims {
      guard let claim = joins.claim(volume, of: workload) else {
        missing = missing ?? volume.name
        continue
      }
      if claim.isExclusive { return .yes }
    }
    return missing.map(ClaimVerdict.unknown) ?? .no
  }
}
