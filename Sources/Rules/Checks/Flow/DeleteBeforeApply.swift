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
        case .outage(let outage): findings.append(outage.finding(context))
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
    case outage(Outage)
  }

  private var command: DeliveryCommand { run.commands[index] }
  private var objects: DeliveredObjects { context.scope.delivered }

  var verdict: Verdict {
    var silence = Verdict.harmless
    var worst = prunesEverything
    for (deleted, created, position) in pairs {
      let later = run.commands[position]
      let match = TargetJoin(objects: objects).match(.init(deleted, in: command), .init(created, in: later))
      guard var level = level(of: match.relation, position) else { continue }
      let target = DeletedTarget(target: deleted, holdings: match.holdings, objects: objects)
      switch target.importance {
      case .carriesRequests: break
      case .configuresWorkload: level = .warning
      case .silent(let outcome):
        silence = .silent(outcome)
        continue
      }
      if worst.map({ level > $0.level }) ?? true {
        worst = Outage(
          command: command, what: deleted.title, level: level, creating: later, steps: steps(to: position),
          services: target.servicesWithoutEndpoints)
      }
    }
    guard var worst else { return silence }
    guard run.usesOwnCluster else { return .outage(worst) }
    worst.level = .note
    return context.isStrict ? .outage(worst) : .silent(.exempt("own-cluster"))
  }

  /// Every target of the command beside every one that it or a later command of the same run creates.
  private var pairs: [(deleted: DeliveryTarget, created: DeliveryTarget, position: Int)] {
    guard !command.deletes.isEmpty else { return [] }
    return run.commands.indices.dropFirst(index).flatMap { position in
      let later = run.commands[position]
      guard !later.circumstances.exclude(command.circumstances) else {
        return [(deleted: DeliveryTarget, created: DeliveryTarget, position: Int)]()
      }
      return command.deletes.flatMap { deleted in later.creates.map { (deleted, $0, position) } }
    }
  }

  /// A pipe is one step.
  private func steps(to position: Int) -> Int {
    run.commands[index..<position].count { !$0.circumstances.feedsPipe || $0.place == command.place }
  }

  /// Nil when the two have nothing to do with each other.
  private func level(of relation: TargetRelation, _ position: Int) -> Level? {
    switch relation {
    case .different: return nil
    case .possible where run.jobs[position] != run.jobs[index]: return nil
    case .possible: return .warning
    case .same:
      if case .kubectl(let kubectl) = command.action, kubectl.leavesDependents { return .warning }
      return .error
    }
  }

  /// `kubectl apply --prune --all` deletes what its files do not name, whoever made it.
  private var prunesEverything: Outage? {
    guard case .kubectl(let kubectl) = command.action, kubectl.verb == .apply, kubectl.prunes, !kubectl.isDryRun,
      kubectl.line.isSet("--all")
    else { return nil }
    let paths = command.creates.compactMap { target -> String? in
      guard case .manifests(let path, _) = target.subject else { return nil }
      return "`\(path.shown)`"
    }
    return Outage(
      command: command,
      what: "all that \(paths.isEmpty ? "its files do" : paths.joined(separator: ", ") + " does") not name",
      level: .warning)
  }
}

/// A command that takes a target away, and the one that brings it back, be it the same.
private struct Outage {
  let command: DeliveryCommand
  let what: String
  var level: Level
  var creating: DeliveryCommand?
  var steps = 0
  var services: [Service] = []

  func finding(_ context: CheckContext) -> Finding {
    var holes = [Hole("delete", command.shown), Hole("target", what)]
    var related: [Related] = []
    if let creating, steps > 0 {
      holes += [Hole("steps", steps == 1 ? "1 step" : "\(steps) steps"), Hole("apply", creating.shown)]
      related.append(Related(.script(creating.place), creating.createLabel))
    } else if creating != nil {
      holes.append(Hole("how", "before it brings it back"))
    }
    related += services.map { Related(.object($0.object.node), "Service \($0.name) goes without endpoints") }
    let edit = NodeEdit(title: "Delete the command", change: .deleteScript(command.place), isSafe: false)
    return Finding(
      rule: context.ruleID, level: level, object: nil, place: .script(command.place), label: command.deleteLabel,
      related: related, holes: holes, edits: steps > 0 ? [edit] : [])
  }
}

extension DeliveryCommand {
  fileprivate var deleteLabel: String {
    switch action {
    case .helm: "uninstalled here"
    case .kubectl(let kubectl) where kubectl.verb == .scale: "scaled to zero here"
    case .kubectl(let kubectl) where kubectl.verb == .replace: "deleted and created here"
    case .kubectl, .container, .other: "deleted here"
    }
  }

  fileprivate var createLabel: String {
    switch action {
    case .helm: "installed here"
    case .kubectl(let kubectl) where kubectl.verb == .scale: "scaled up here"
    case .kubectl(let kubectl) where kubectl.verb == .create || kubectl.verb == .run: "created here"
    case .kubectl, .container, .other: "applied here"
    }
  }
}
