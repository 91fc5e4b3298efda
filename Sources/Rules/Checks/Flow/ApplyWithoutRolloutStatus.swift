import Delivery
import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `apply-without-rollout-status`: a pipeline that ends before it knows whether the pods start.
  package static let applyWithoutRolloutStatus = Check.script { script, context in
    if context.isCalled(script) { return .exempt("called-script") }
    guard let run = DeliveryRun.all(of: script).first else { return .notConcerned }
    let applies = run.commands.indices.filter { index in
      let command = run.commands[index]
      guard let kubectl = command.kubectl, !kubectl.isDryRun else { return false }
      switch kubectl.verb {
      case .apply, .create, .replace: return DeliveryRun.mayApplyWorkload(command, context.scope.delivered)
      case .set: return kubectl.line.arguments.first?.text.constant == "image"
      case .rollout(let verb): return verb == .restart || verb == .undo
      default: return false
      }
    }
    guard let last = applies.last else {
      return run.commands.contains { $0.kubectl != nil } ? .exempt("no-workload") : .notConcerned
    }
    let later = run.commands[last...]
    if let wait = later.first(where: \.isWait) { return UnwaitedApply.outcome(of: wait, run, context) }
    if later.contains(where: \.isWaitByHand) {
      guard context.isStrict else { return .exempt("waits-by-hand") }
      return .finding(UnwaitedApply.finding(.note, run.commands[last], applies.count, context))
    }
    guard let level = context.level(.warning, in: run) else { return .exempt("own-cluster") }
    let firstUnwaited = applies.first { index in !run.commands[index...].contains(where: \.isWait) } ?? last
    return .finding(UnwaitedApply.finding(level, run.commands[firstUnwaited], applies.count, context))
  }
}

private enum UnwaitedApply {
  static func finding(_ level: Level, _ command: DeliveryCommand, _ count: Int, _ context: CheckContext) -> Finding {
    let target = command.creates.first?.title ?? command.kubectl.flatMap(target) ?? "the workload"
    let further = count > 1 ? "; \(count) commands of the run apply something" : ""
    return context.finding(
      level, at: command.place,
      holes: [Hole("command", command.shown), Hole("target", target + further)])
  }

  /// `deployment/web` of `rollout restart deployment/web`.
  private static func target(_ command: KubectlCommand) -> String? {
    command.line.arguments.first { $0.text.constant != "image" }.map { $0.text.shown.string }
  }

  /// A wait without an end of its own.
  static func outcome(of wait: DeliveryCommand, _ run: DeliveryRun, _ context: CheckContext) -> Outcome {
    guard context.isStrict, let kubectl = wait.kubectl, kubectl.line.flag("--timeout") == nil,
      kubectl.verb == .rollout(.status)
    else { return .exempt("waited-for") }
    return .finding(
      context.finding(.note, at: wait.place, holes: [Hole("command", wait.shown), Hole("wait", "has no `--timeout`")]))
  }
}
