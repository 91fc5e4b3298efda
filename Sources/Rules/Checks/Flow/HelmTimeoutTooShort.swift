import Delivery
import Diagnostics
import Kubernetes
import Rollouts
import SourceText

extension Check {
  /// `helm-timeout-too-short`: a wait ends before a healthy rollout must have ended.
  package static let helmTimeoutTooShort = Check.script { script, context in
    var findings: [Finding] = []
    var silence: Outcome?
    for run in DeliveryRun.all(of: script) {
      for (index, command) in run.commands.enumerated() {
        guard let wait = LimitedWait(command) else { continue }
        let job = run.deliveryJobs[run.jobs[index]]
        switch wait.judged(after: run.commands[...index], in: job, context) {
        case .findings(let found): findings += found
        case let outcome: silence = silence ?? outcome
        }
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

/// A command that waits until workloads are up, but not for ever.
private struct LimitedWait {
  let command: DeliveryCommand
  private let flag: ArgumentList.Flag?
  /// What counts without a flag; nil for ever.
  private let usual: Seconds?
  private let installs: Bool

  /// Nil for a command that does not wait.
  init?(_ command: DeliveryCommand) {
    guard command.isWait, !command.waits.isEmpty else { return nil }
    self.command = command
    switch command.action {
    case .helm(let helm):
      guard helm.verb == .install || helm.verb == .upgrade else { return nil }
      // cli/flags of Helm: five minutes.
      (flag, usual, installs) = (helm.line.flag("--timeout"), 300, helm.verb == .install)
    case .kubectl(let kubectl):
      // `rollout status` waits for ever, `wait` for half a minute.
      let usual: Seconds? = kubectl.verb == .wait ? 30 : nil
      (flag, self.usual, installs) = (kubectl.line.flag("--timeout"), usual, false)
    case .container, .other: return nil
    }
  }

  func judged(
    after commands: ArraySlice<DeliveryCommand>, in job: DeliveryJob, _ context: CheckContext
  ) -> Outcome {
    let limits = [limit, job.timeLimit.map(Limit.init)].compactMap { $0 }.filter { $0.time > 0 }
    guard let limit = limits.min(by: { $0.time < $1.time }) else {
      // A limit of nothing is none.
      return flag == nil || limit != nil ? .exempt("no-timeout") : .unknown(Undecided("how long `\(title)` waits"))
    }
    guard let holdings = holdings(after: commands, context.scope.delivered) else {
      let what = command.waits.first?.title ?? "it"
      return .unknown(Undecided("how long \(what) may take: its manifests are not in the input"))
    }
    let joins = Joins(
      Scope(isComplete: true, objects: holdings.map(\.object), workloadKinds: context.scope.workloadKinds),
      provenance: nil)
    let bounds = holdings.compactMap { RolloutBound($0, joins, installs: installs, context) }
    guard let longest = bounds.max(by: { $0.total < $1.total }) else { return .exempt("no-declared-start") }
    return longest.total > limit.time ? .finding(finding(limit, longest, context)) : .pass
  }

  /// What ends the wait.
  private struct Limit {
    var time: Seconds
    var place: SourceRange
    var title: String

    init(time: Seconds, place: SourceRange, title: String) {
      self.time = time
      self.place = place
      self.title = title
    }

    init(_ limit: DeliveryJob.TimeLimit) {
      self.init(time: Seconds(limit.seconds), place: limit.place, title: limit.text)
    }
  }

  /// Nil where the command waits for ever or for an unknown time.
  private var limit: Limit? {
    guard let flag else { return usual.map { Limit(time: $0, place: command.place, title: title) } }
    let time = flag.value?.text.constant.flatMap { Seconds(flag: $0.string) }
    return time.map { Limit(time: $0, place: command.source(flag.range), title: title) }
  }

  /// What a chart renders, or of what the run deployed before that for which this command waits.
  private func holdings(
    after commands: ArraySlice<DeliveryCommand>, _ delivered: DeliveredObjects
  ) -> [DeliveredObjects.Holding]? {
    let join = TargetJoin(objects: delivered)
    if command.helm != nil {
      return command.creates.first.flatMap { join.holdings(of: .init($0, in: command)) }
    }
    var result: [DeliveredObjects.Holding] = []
    for target in command.waits {
      for earlier in commands.dropLast() {
        for created in earlier.creates {
          let match = join.match(.init(target, in: command), .init(created, in: earlier))
          if match.relation == .same { result += match.holdings }
        }
      }
    }
    return result.isEmpty ? nil : result
  }

  private var title: String {
    guard let helm = command.helm else { return command.shown }
    let verb = helm.verb == .install ? "install" : "upgrade"
    return "helm \(verb) \(helm.releases.first?.text.shown.string ?? "--generate-name")"
  }

  private func finding(_ limit: Limit, _ bound: RolloutBound, _ context: CheckContext) -> Finding {
    context.finding(
      .error, at: limit.place,
      related: bound.largestTerm.map { [Related($0, "the longest part of the wait")] } ?? [],
      holes: [
        Hole("command", limit.title), Hole("timeout", limit.time.description), Hole("kind", bound.holding.object.kind),
        Hole("name", bound.holding.name), Hole("bound", bound.title),
        Hole("minutes", "\(bound.total.count / 60 + (bound.total.count % 60 > 0 ? 1 : 0))m"),
      ])
  }
}

/// The longest time that a workload declares for its rollout.
private struct RolloutBound {
  let holding: DeliveredObjects.Holding
  let total: Seconds
  /// How it is made up.
  let title: String
  /// Where its largest part is written.
  let largestTerm: Place?

  /// Nil for what declares no time: a rollout that only may be slow says nothing against a limit.
  init?(_ holding: DeliveredObjects.Holding, _ joins: Joins, installs: Bool, _ context: CheckContext) {
    self.holding = holding
    guard let workload = Workload(holding.object, customKinds: context.scope.workloadKinds) else { return nil }
    if RolloutSubjects.excuse(for: workload) != nil {
      guard let deadline = Self.hookDeadline(workload) else { return nil }
      (total, title, largestTerm) = (deadline.time, deadline.time.description, .value(deadline.node))
      return
    }
    let expected = context.expectedStart(of: workload.pod).time
    let starts = workload.pod.containers.filter { $0.role != .initial }
      .map { (container: $0, start: ContainerStart($0, expected: expected)) }
    guard starts.contains(where: { $0.start.isDeclared }),
      let slowest = starts.max(by: { $0.start.worstTimeToReady < $1.start.worstTimeToReady }),
      let waves = Self.waves(of: workload, joins, installs: installs)
    else { return nil }
    let minReady = Seconds(max(0, workload.specNode["minReadySeconds"]?.integer ?? 0))
    let perWave = slowest.start.worstTimeToReady + minReady + waves.ending
    total = waves.count * perWave
    title = "\(waves.count) × \(perWave) = \(total)"
    let probe = slowest.container.probe(.startup).map { $0.place(of: "failureThreshold") }
    largestTerm = probe ?? slowest.container.probe(.readiness).map { $0.place(of: "initialDelaySeconds") }
  }

  /// The limit of a hook that runs before the rollout. Helm gives each hook, and the rollout, all of its timeout
  /// (pkg/action/hooks.go), so that nothing is added up.
  private static func hookDeadline(_ workload: Workload) -> (time: Seconds, node: Node)? {
    let hook = workload.object.hook
    guard workload.kind == .job, !hook.isTest, hook.events.contains(where: { $0.hasPrefix("pre-") }),
      let node = workload.specNode["activeDeadlineSeconds"], let time = node.integer, time > 0
    else { return nil }
    return (Seconds(time), node)
  }

  /// How many batches of pods follow one another, and what the end of old pods adds to each; nil where that is not
  /// known. The pods of a new Deployment or DaemonSet all start at once.
  private static func waves(
    of workload: Workload, _ joins: Joins, installs: Bool
  ) -> (count: Int, ending: Seconds)? {
    switch workload.updateStrategy {
    case .rolling(let update, _):
      guard let replicas = joins.replicas(of: workload), !replicas.isStopped, replicas.range.upperBound > 0 else {
        return nil
      }
      if installs, update.controller != .statefulSet { return (1, 0) }
      let step = update.step(replicas: replicas.range.upperBound)
      let deletesFirst = update.controller != .deployment && step.surge == 0 && !installs
      return (step.waves, deletesFirst ? workload.pod.gracePeriod : 0)
    case .recreate: return (1, installs ? 0 : workload.pod.gracePeriod)
    case .onDelete, .other: return nil
    }
  }
}

extension Seconds {
  /// As Go writes durations: `90s`, `1h30m`. Parts of a second do not count. A bare number, as older programs took it,
  /// is in seconds.
  fileprivate init?(flag text: String) {
    if let number = Int(text) {
      self.init(number)
      return
    }
    var total = Seconds(0)
    var rest = Substring(text)
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let whole = Int(number.prefix { $0 != "." }) else { return nil }
      switch unit {
      case "h": total = total + whole * Seconds(3600)
      case "m": total = total + whole * Seconds(60)
      case "s": total = total + Seconds(whole)
      case "ms", "us", "µs", "ns": break
      default: return nil
      }
    }
    self = total
  }
}
