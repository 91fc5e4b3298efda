import Delivery
import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `delete-before-apply`: a deploy takes the running thing away before it brings the new one.
  package static let deleteBeforeApply = Check.script { script, context in
    if DeliveryRun.isTeardown(script) { return .exempt("teardown-run") }
    var findings: [Finding] = []
    var silence: Outcome?
    for run in DeliveryRun.all(of: script) {
      for index in run.commands.indices {
        switch DeletingCommand(run: run, index: index, context: context).verdict {
        case .harmless: break
        case .silent(let outcome): silence = silence ?? outcome
        case .outage(let pair, let level): findings.append(pair.finding(level, context))
        }
      }
    }
    guard findings.isEmpty else { return .findings(findings) }
    return silence ?? .pass
  }
}

/// One command of a run that may take something away, with what follows it.
private struct DeletingCommand {
  let run: DeliveryRun
  let index: Int
  let context: CheckContext

  enum Verdict {
    case harmless
    case silent(Outcome)
    case outage(DeleteAndCreate, Level)
  }

  private var command: DeliveryCommand { run.commands[index] }

  var verdict: Verdict {
    var silence = Verdict.harmless
    var worst: (pair: DeleteAndCreate, level: Level)?
    for (target, created, position) in pairs {
      guard var level = Self.level(of: target, broughtBackBy: created, deletedBy: command) else { continue }
      switch importance(of: target) {
      case .carriesRequests: break
      case .configuresWorkload: level = .warning
      case .silent(let outcome):
        silence = .silent(outcome)
        continue
      }
      if level > worst?.level ?? .note {
        let pair = DeleteAndCreate(
          deleting: command, target: target, creating: run.commands[position], steps: position - index)
        worst = (pair, level)
      }
    }
    guard let worst else { return silence }
    guard run.usesOwnCluster else { return .outage(worst.pair, worst.level) }
    return context.isStrict ? .outage(worst.pair, .note) : .silent(.exempt("own-cluster"))
  }

  /// Every target of the command beside every one that a later command of the same run creates.
  private var pairs: [(deleted: DeliveryTarget, created: DeliveryTarget, position: Int)] {
    guard !command.deletes.isEmpty else { return [] }
    return run.commands.indices.dropFirst(index + 1).flatMap { position in
      let later = run.commands[position]
      guard !later.circumstances.exclude(command.circumstances) else {
        return [(deleted: DeliveryTarget, created: DeliveryTarget, position: Int)]()
      }
      return command.deletes.flatMap { deleted in later.creates.map { (deleted, $0, position) } }
    }
  }

  /// Who misses the target while it is away.
  private enum Importance {
    case carriesRequests
    /// A workload of the scope reads it.
    case configuresWorkload
    case silent(Outcome)
  }

  private func importance(of target: DeliveryTarget) -> Importance {
    switch target.subject {
    case .object(let kind, let name):
      if kind.constant == "Namespace", name.namesRun { return .silent(.exempt("namespace-of-the-run")) }
      if let config = kind.constant.flatMap({ ConfigReference.Kind(rawValue: $0.string) }) {
        return importance(of: config, named: name)
      }
      return Self.harmlessKinds[kind.constant?.string ?? ""].map { .silent(.exempt($0)) } ?? .carriesRequests
    case .selection(let kind, let selector):
      if kind.constant == "Pod" {
        let isFinished = selector?.shown.string.contains("status.phase") == true
        return isFinished ? .silent(.exempt("finished-pods")) : .carriesRequests
      }
      return Self.harmlessKinds[kind.constant?.string ?? ""].map { .silent(.exempt($0)) } ?? .carriesRequests
    case .manifests(let path): return ManifestPath(path).clause.map { .silent(.exempt($0)) } ?? .carriesRequests
    case .stream, .release: return .carriesRequests
    }
  }

  /// A ConfigMap or Secret is missed by the pods that start without it.
  private func importance(of kind: ConfigReference.Kind, named name: ResolvedText) -> Importance {
    guard let name = name.constant?.string, !context.joins.workloads.isEmpty else {
      return .silent(.unknown(Undecided("whether a workload reads the \(kind.rawValue) that a script deletes")))
    }
    let isRead = context.joins.workloads.contains { workload in
      workload.pod.configReferences.contains { $0.kind == kind && $0.name == name }
    }
    return isRead ? .configuresWorkload : .silent(.exempt("configuration"))
  }

  /// Kinds whose absence stops no request by itself, with the clause that says so.
  private static let harmlessKinds: [String: String] = [
    "Job": "job", "CronJob": "job", "Pod": "named-pod",
    "CustomResourceDefinition": "definitions", "Role": "other-kind", "RoleBinding": "other-kind",
    "ClusterRole": "other-kind", "ClusterRoleBinding": "other-kind", "ServiceAccount": "other-kind",
    "PersistentVolume": "other-kind", "PersistentVolumeClaim": "other-kind", "StorageClass": "other-kind",
    "HorizontalPodAutoscaler": "other-kind", "PodDisruptionBudget": "other-kind", "NetworkPolicy": "other-kind",
    "Node": "other-kind", "Endpoints": "other-kind",
  ]

  /// Nil when the two have nothing to do with each other.
  private static func level(
    of deleted: DeliveryTarget, broughtBackBy created: DeliveryTarget, deletedBy command: DeliveryCommand
  ) -> Level? {
    let relation = relation(deleted, created)
    guard relation != .different else { return nil }
    if case .kubectl(let kubectl) = command.action, kubectl.leavesDependents { return .warning }
    return relation == .same ? .error : .warning
  }

  /// The targets' own relation, sharpened where one is a file or release that bears the other's name.
  private static func relation(_ deleted: DeliveryTarget, _ created: DeliveryTarget) -> TargetRelation {
    let relation = deleted.relation(to: created)
    guard relation == .possible else { return relation }
    switch (deleted.subject, created.subject) {
    case (.object(let kind, let name), .manifests(let path)):
      return ManifestPath(path).holds(kind: kind, name: name)
    case (.selection(let kind, _), .manifests(let path)): return ManifestPath(path).holds(kind: kind, name: nil)
    case (.object(_, let name), .release(let release)): return name == release ? .same : .possible
    case (.release, .object), (.release, .selection), (.release, .manifests), (.release, .stream): return .different
    default: return .possible
    }
  }
}

/// A command that takes a target away, and the later one that brings it back.
private struct DeleteAndCreate {
  let deleting: DeliveryCommand
  let target: DeliveryTarget
  let creating: DeliveryCommand
  let steps: Int

  func finding(_ level: Level, _ context: CheckContext) -> Finding {
    Finding(
      rule: context.ruleID, level: level, object: nil, place: .script(deleting.place),
      related: [Related(.script(creating.place), "brought back here")],
      holes: [
        Hole("delete", deleting.shown), Hole("target", target.title), Hole("n", String(steps)),
        Hole("apply", creating.shown),
      ],
      edits: [NodeEdit(title: "Delete the command", change: .deleteScript(deleting.place), isSafe: false)])
  }
}

extension DeliveryTarget {
  /// As a message names it.
  fileprivate var title: String {
    switch subject {
    case .object(let kind, let name): "\(kind.shown)/\(name.shown)"
    case .selection(let kind, let selector?): "every \(kind.shown) with `\(selector.shown)`"
    case .selection(let kind, nil): "every \(kind.shown)"
    case .manifests(let path): "what `\(path.shown)` holds"
    case .stream: "what comes through the pipe"
    case .release(let name): "release \(name.shown)"
    }
  }
}
