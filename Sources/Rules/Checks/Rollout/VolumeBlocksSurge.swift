import Diagnostics
import Kubernetes
import Rollouts

extension Check {
  /// `volume-blocks-surge`: a new pod waits for a claim that the old pod keeps until the new one is ready.
  package static let volumeBlocksSurge = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard workload.kind == .deployment else { return .notConcerned }
    guard !workload.pod.claims.isEmpty else { return .pass }
    guard case .rolling(let update, let nodes) = workload.updateStrategy else { return .exempt("other-strategy") }
    guard let replicas = context.joins.replicas(of: workload) else {
      return .unknown(Undecided("how many pods \(workload.object.identity) has"))
    }
    if replicas.isStopped { return .exempt("scaled-to-zero") }
    let surges = RollingUpdate.counts(in: replicas.updated).contains { update.step(replicas: $0).surge > 0 }
    guard surges else { return .exempt("no-surge") }
    let related = nodes.maxSurge.map(Place.value) ?? nodes.strategy.map(Place.key)
    return ClaimedSurge(workload: workload, surge: related, context: context).outcome
  }
}

private struct ClaimedSurge {
  let workload: Workload
  /// Where the surge is written, if it is.
  let surge: Place?
  let context: CheckContext

  var outcome: Outcome {
    var findings: [Finding] = []
    var missing: String?
    var clause: String?
    for volume in workload.pod.claims {
      guard let claim = context.joins.claim(volume, of: workload) else {
        missing = missing ?? volume.name
        continue
      }
      if claim.modes.contains("ReadWriteOncePod") {
        findings.append(finding(.error, volume, claim, "ReadWriteOncePod"))
      } else if claim.modes == ["ReadWriteOnce"] {
        if staysOnOneNode {
          clause = "same-node"
        } else {
          findings.append(finding(.warning, volume, claim, "ReadWriteOnce"))
        }
      } else {
        clause = clause ?? "shared-claim"
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    if let missing { return .unknown(Undecided("the access modes of PersistentVolumeClaim/\(missing)")) }
    return clause.map(Outcome.exempt) ?? .pass
  }

  /// New pods are bound to the node of the old ones, where a claim for one node can be mounted again.
  private var staysOnOneNode: Bool {
    workload.pod.affinityTerms("podAffinity").contains { term in
      term.isRequired && term.topologyKey == "kubernetes.io/hostname"
        && term.selects(workload.pod.labels, namespace: workload.object.namespace)
    }
  }

  private func finding(_ level: Level, _ volume: ClaimVolume, _ claim: VolumeClaim, _ mode: String) -> Finding {
    var related = claim.modesNode.map { [Related(.key($0), "only one node or pod may hold the claim")] } ?? []
    if let surge { related.append(Related(surge, "a new pod is made before the old one goes")) }
    return context.finding(
      level, in: workload.object, at: .key(volume.node), related: related,
      holes: workload.holes + [Hole("claim", volume.name), Hole("mode", mode)])
  }
}
