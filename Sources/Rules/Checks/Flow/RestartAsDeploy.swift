import Delivery
import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `restart-as-deploy`: pods are restarted because the manifest did not change.
  package static let restartAsDeploy = Check.script { script, context in
    var findings: [Finding] = []
    var silence: Outcome?
    for run in DeliveryRun.all(of: script) {
      for (index, command) in run.commands.enumerated() {
        guard let restarted = Restart.targets(of: command) else { continue }
        guard let cause = Restart.cause(of: restarted, at: index, in: run, context) else {
          silence = .exempt("restart-alone")
          continue
        }
        guard let level = context.level(.warning, in: run) else {
          silence = .exempt("own-cluster")
          continue
        }
        findings.append(
          context.finding(
            level, at: command.place, label: "restarted here",
            related: [Related(.script(cause.command.place), cause.label)], holes: [Hole("command", command.shown)]))
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

private enum Restart {
  /// What a command restarts; nil for commands that restart nothing.
  static func targets(of command: DeliveryCommand) -> [DeliveryTarget]? {
    guard let kubectl = command.kubectl, !kubectl.isDryRun else { return nil }
    switch kubectl.verb {
    case .rollout(.restart): return kubectl.namedTargets(in: command)
    case .patch:
      let patch = kubectl.line.value("--patch")?.text.shown.string ?? ""
      return patch.contains("kubectl.kubernetes.io/restartedAt") ? kubectl.namedTargets(in: command) : nil
    case .delete:
      let pods = command.deletes.filter { target in
        if case .selection(let kind, _) = target.subject { return kind.constant == "Pod" }
        return false
      }
      return pods.isEmpty ? nil : pods
    default: return nil
    }
  }

  /// The earlier command whose change the restart is to bring about.
  static func cause(
    of targets: [DeliveryTarget], at index: Int, in run: DeliveryRun, _ context: CheckContext
  ) -> (command: DeliveryCommand, label: String)? {
    let join = TargetJoin(objects: context.scope.delivered)
    let restart = run.commands[index]
    var push: DeliveryCommand?
    var deploys = false
    for earlier in run.commands[..<index].reversed() where !earlier.circumstances.exclude(restart.circumstances) {
      if earlier.isPush, push == nil { push = earlier }
      guard earlier.kubectl?.verb == .apply || earlier.kubectl?.verb == .create || earlier.kubectl?.verb == .replace
      else {
        deploys = deploys || earlier.isDeploy
        continue
      }
      for created in earlier.creates {
        if case .object(let kind, _) = created.subject, kind.constant == "ConfigMap" {
          return (earlier, "changed here")
        }
        let isSame = targets.contains { target in
          let match = join.match(.init(target, in: restart), .init(created, in: earlier)).relation
          if case .manifests = created.subject { return match != .different }
          return match == .same
        }
        if isSame { return (earlier, "applied here") }
      }
      deploys = true
    }
    return deploys ? nil : push.map { ($0, "pushed here") }
  }
}

extension KubectlCommand {
  /// The objects that a verb such as `rollout restart` or `patch` names.
  func namedTargets(in command: DeliveryCommand) -> [DeliveryTarget] { objectTargets(in: command.place.file) }
}
