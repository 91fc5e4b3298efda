import Delivery
import Diagnostics
import SourceText

extension Check {
  /// `reused-values`: the values of the last release hide the defaults of a new chart.
  package static let reusedValues = Check.script { script, context in
    let commands = script.jobs.flatMap(\.commands)
    var saved: Set<ResolvedText> = []
    var findings: [Finding] = []
    var silence: Outcome?
    for command in commands {
      guard let helm = command.helm else { continue }
      if helm.verb == .other("get"), helm.line.arguments.first?.text.constant == "values", let file = command.output {
        saved.insert(file)
      }
      guard helm.verb == .upgrade else { continue }
      if let flag = helm.line.flag("--reuse-values"), helm.line.isSet("--reuse-values") {
        guard helm.changesChart || !helm.valuesFiles.isEmpty else {
          silence = .exempt("pinned-chart")
          continue
        }
        let edit = NodeEdit(
          title: "Delete the flag", change: .deleteScript(command.source(flag.range)), isSafe: false)
        findings.append(
          context.finding(
            .warning, at: command.source(flag.range), holes: [Hole("flag", "--reuse-values")], edits: [edit]))
      } else if let file = helm.valuesFiles.first(where: saved.contains) {
        let place = file.place(of: 0..<file.byteCount) ?? command.place
        findings.append(context.finding(.warning, at: place, holes: [Hole("flag", "-f \(file.shown)")]))
      } else if helm.line.isSet("--reset-then-reuse-values") || helm.line.isSet("--reset-values") {
        silence = .exempt("reset")
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

extension HelmCommand {
  /// The chart may be another one than last time: a path, or a version that is not pinned.
  fileprivate var changesChart: Bool {
    guard let chart = chart?.text else { return false }
    let prefix = chart.literalPrefix
    let isPath = prefix.hasPrefix(".") || prefix.hasPrefix("/") || chart.offsets(of: "/").isEmpty
    if isPath && line.value("--repo") == nil { return true }
    guard let version = line.value("--version")?.text.constant else { return true }
    return version.bytes.contains { "^~*><x ".utf8.contains($0) }
  }
}
