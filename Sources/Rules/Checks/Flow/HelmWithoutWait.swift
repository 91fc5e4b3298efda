import Delivery
import Diagnostics
import SourceText

extension Check {
  /// `helm-without-wait`: Helm reports success before a pod is ready.
  package static let helmWithoutWait = Check.script { script, context in
    var findings: [Finding] = []
    var silence: Outcome?
    for run in DeliveryRun.all(of: script) {
      for (index, command) in run.commands.enumerated() {
        guard let helm = command.helm, !helm.isDryRun, helm.verb == .install || helm.verb == .upgrade,
          command.program != "slipway"
        else { continue }
        let waits = helm.waits || run.commands[(index + 1)...].contains { $0.isWait && $0.helm == nil }
        if let note = HelmFlags.note(helm, waits: waits, context) {
          findings.append(HelmFlags.finding(.note, command, helm, note.fault, at: note.range, context))
        }
        if waits {
          silence = .exempt("waits")
        } else if let level = context.level(.warning, in: run) {
          findings.append(
            HelmFlags.finding(level, command, helm, "returns before the pods are ready", at: nil, context))
        } else {
          silence = .exempt("own-cluster")
        }
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

private enum HelmFlags {
  static func finding(
    _ level: Level, _ command: DeliveryCommand, _ helm: HelmCommand, _ fault: String, at range: ByteRange?,
    _ context: CheckContext
  ) -> Finding {
    let verb = helm.verb == .install ? "install" : "upgrade"
    return context.finding(
      level, at: range.map(command.source) ?? command.place,
      holes: [
        Hole("verb", verb), Hole("release", helm.releases.first?.text.shown.string ?? "--generate-name"),
        Hole("fault", fault),
      ])
  }

  /// What strict has to say about flags.
  static func note(
    _ helm: HelmCommand, waits: Bool, _ context: CheckContext
  ) -> (fault: String, range: ByteRange?)? {
    guard context.isStrict else { return nil }
    let isThree = context.options.word("helmVersion") == "3"
    for (old, new) in [("--atomic", "--rollback-on-failure"), ("--force", "--force-replace")] {
      let (wrong, right) = isThree ? (new, old) : (old, new)
      if let flag = helm.line.flag(wrong) {
        return ("is called with `\(wrong)`, which Helm \(isThree ? "3" : "4") calls `\(right)`", flag.range)
      }
    }
    guard waits, helm.waits, !helm.line.isSet("--atomic"), !helm.line.isSet("--rollback-on-failure") else { return nil }
    return ("waits, but leaves a failed release behind", nil)
  }
}
