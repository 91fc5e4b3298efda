import Diagnostics
import Kubernetes

extension Check {
  /// `spurious-rollout`: renders of the same chart and values give other pods.
  package static let spuriousRollout = Check.workload { workload, context in
    if !workload.isLongRunning { return .exempt("short-running") }
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard context.provenance != nil else {
      return .unknown(Undecided("a manifest does not tell where its pod template comes from"))
    }
    var search = SpuriousRollout(workload: workload, context: context)
    search.walk(workload.pod.node)
    guard search.findings.isEmpty else { return .findings(search.findings) }
    return search.sawChecksum ? .exempt("checksum") : .pass
  }
}

private struct SpuriousRollout {
  let workload: Workload
  let context: CheckContext
  private(set) var findings: [Finding] = []
  /// A digest of text that changes: the text is to be mended, and its digest says so rightly.
  private(set) var sawChecksum = false

  init(workload: Workload, context: CheckContext) {
    self.workload = workload
    self.context = context
  }

  mutating func walk(_ node: Node) {
    if node.isScalar {
      judge(node)
    } else {
      for child in node.children { walk(child) }
    }
  }

  private mutating func judge(_ node: Node) {
    for part in context.parts(of: node, in: 0..<(node.scalarBytes?.count ?? 0)) {
      guard let cause = part.source.leaves.lazy.compactMap(RestartCause.init).first else { continue }
      if part.source.leaves.contains(where: \.isDigest) {
        sawChecksum = true
        continue
      }
      findings.append(finding(node, part.range, cause))
      return
    }
  }

  /// The action that calls the function. What comes from the chart's metadata is not changed there, but left out here.
  private func place(_ node: Node, _ range: Range<Int>, _ cause: RestartCause) -> Place {
    if cause.isMetadata, node.key != nil { return .key(node) }
    return range.isEmpty ? .value(node) : .bytes(node, range)
  }

  private func isIntended(_ node: Node) -> Bool {
    let names = context.options.words("intendedRestart") + ["kubectl.kubernetes.io/restartedAt"]
    return node.parent?.key == "annotations" && names.contains(node.key ?? "")
  }

  private func finding(_ node: Node, _ range: Range<Int>, _ cause: RestartCause) -> Finding {
    context.finding(
      isIntended(node) ? .note : cause.level, in: workload.object,
      at: place(node, range, cause),
      holes: workload.holes + [
        Hole("occasion", cause.occasion), Hole("source", cause.name), Hole("path", node.path.description),
      ])
  }
}

/// What gives other bytes on the next upgrade, though nobody changed the workload.
private struct RestartCause {
  let name: String
  let level: Level
  /// When the pods change.
  let occasion: String
  var isMetadata: Bool { name == "`.Chart.Version`" }

  init?(_ source: ValueSource) {
    switch source {
    case .derived(let function, _):
      guard function == "lookup" || Variation.nondeterministicFunctions.contains(function) else { return nil }
      self.init("`\(function)`", .error, "every render")
    case .builtIn("Release.Revision"): self.init("`.Release.Revision`", .error, "every release")
    case .builtIn("Release.IsUpgrade"): self.init("`.Release.IsUpgrade`", .warning, "the first upgrade")
    case .builtIn("Release.IsInstall"): self.init("`.Release.IsInstall`", .warning, "the first upgrade")
    case .chart(field: "Version"): self.init("`.Chart.Version`", .warning, "every version of the chart")
    case .literal, .value, .argument, .chart, .builtIn, .file, .unknown: return nil
    }
  }

  private init(_ name: String, _ level: Level, _ occasion: String) {
    self.name = name
    self.level = level
    self.occasion = occasion
  }

}
