import Delivery
import Diagnostics
import SourceText

extension Check {
  /// `masked-failure`: a deploy, push, wait or render may fail and nobody hears of it.
  package static let maskedFailure = Check.script { script, context in
    var masked = MaskedFailures(script: script, context: context)
    for job in script.jobs { masked.look(at: job) }
    if masked.findings.isEmpty { return masked.silence ?? (masked.hasSubjects ? .pass : .notConcerned) }
    return .findings(masked.findings)
  }
}

private struct MaskedFailures {
  let script: DeliveryScript
  let context: CheckContext
  private(set) var findings: [Finding] = []
  private(set) var silence: Outcome?
  private(set) var hasSubjects = false
  private var seen: Set<SourceRange> = []
  private var hasSequence = false

  init(script: DeliveryScript, context: CheckContext) {
    self.script = script
    self.context = context
  }

  mutating func look(at job: DeliveryJob) {
    let commands = job.commands
    for (index, command) in commands.enumerated() {
      guard let subject = Subject(command, followedBy: commands[(index + 1)...]) else {
        if command.isRemoval, command.circumstances.isMasked { silence = silence ?? .exempt("delete") }
        continue
      }
      hasSubjects = true
      if command.circumstances.isCondition || command.circumstances.isStatusRead {
        silence = .exempt("status-read")
        continue
      }
      if let mask = mask(of: command, subject, commands[(index + 1)...]) {
        report(mask.place, token: mask.token, subject, command)
      } else if !job.isUncalledFunction {
        lookForLostSequence(subject, command, commands[(index + 1)...])
      }
    }
  }

  /// The mark that loses the failure.
  private mutating func mask(
    of command: DeliveryCommand, _ subject: Subject, _ later: ArraySlice<DeliveryCommand>
  ) -> (place: SourceRange, token: String)? {
    for mask in command.circumstances.masks.reversed() {
      switch mask.kind {
      case .negation: continue
      case .background:
        if later.contains(where: { $0.program == "wait" }) { continue }
      case .ignored:
        // A `set +e` before a command whose status is read later is meant.
        if later.first?.circumstances.isStatusRead == true { continue }
      case .pipe, .alternative, .substitution, .tolerance: break
      }
      if mask.kind == .alternative, command.makesOneIfMissing {
        silence = .exempt("create-if-missing")
        continue
      }
      return (mask.place, "`\(mask.place.text.string)`")
    }
    return nil
  }

  private mutating func report(
    _ place: SourceRange, token: String, _ subject: Subject, _ command: DeliveryCommand
  ) {
    guard seen.insert(place).inserted else { return }
    findings.append(
      context.finding(
        subject.level, at: place, related: [Related(.script(command.place), "the failure of this command is lost")],
        holes: [Hole("token", token), Hole("command", command.shown)]))
  }

  /// A line of a script without `set -e` that nothing after it depends on: one finding a script.
  private mutating func lookForLostSequence(
    _ subject: Subject, _ command: DeliveryCommand, _ later: ArraySlice<DeliveryCommand>
  ) {
    guard !hasSequence, subject.kind != .render, !command.circumstances.stopsAtFailure,
      !command.circumstances.feedsPipe, let next = later.first, next.circumstances.follows == .sequence,
      !later.contains(where: { $0.isDeploy || $0.isPush || $0.isWait || $0.isRender || $0.isTest })
    else { return }
    hasSequence = true
    findings.append(
      context.finding(
        .warning, at: command.place, related: [Related(.script(next.place), "the script goes on here")],
        holes: [Hole("token", "A script without `set -e`"), Hole("command", command.shown)]))
  }

  /// A command whose failure counts.
  struct Subject {
    enum Kind { case deploy, push, wait, render }
    let kind: Kind

    var level: Level { kind == .deploy || kind == .push ? .error : .warning }

    init?(_ command: DeliveryCommand, followedBy later: ArraySlice<DeliveryCommand>) {
      if command.isDeploy {
        kind = .deploy
      } else if command.isPush {
        kind = .push
      } else if command.isWait {
        kind = .wait
      } else if command.isRender || command.changesInput, command.circumstances.feedsPipe,
        command.feedsDeploy(later)
      {
        kind = .render
      } else {
        return nil
      }
    }
  }
}

extension DeliveryCommand {
  fileprivate var isRemoval: Bool {
    if let kubectl { return kubectl.verb == .delete }
    return helm?.verb == .uninstall
  }

  fileprivate var isTest: Bool { ["[", "test", "grep"].contains(program.string) }

  /// `kubectl create namespace shop || true`
  fileprivate var makesOneIfMissing: Bool {
    kubectl?.verb == .create && !creates.isEmpty && creates.allSatisfy(\.isPreparation)
  }

  /// A part of a pipe whose failure changes what comes out at its end.
  fileprivate var changesInput: Bool {
    if let kubectl { return kubectl.verb == .create || kubectl.verb == .other("kustomize") }
    return ["curl", "wget", "envsubst", "sed", "yq", "jsonnet", "gomplate", "kustomize", "kompose", "sops", "ytt"]
      .contains(
        program.string)
  }

  /// The pipe that the command stands in ends in a deploy that reads it.
  fileprivate func feedsDeploy(_ later: ArraySlice<DeliveryCommand>) -> Bool {
    guard let end = later.first(where: { !$0.circumstances.feedsPipe }), !end.feeders.isEmpty, end.isDeploy else {
      return false
    }
    // One Namespace or ConfigMap, printed to be applied: the idiom that makes it where it is missing.
    return !end.creates.isEmpty && !end.creates.allSatisfy(\.isPreparation)
  }
}
