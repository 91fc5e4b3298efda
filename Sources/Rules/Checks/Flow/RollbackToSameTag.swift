import Delivery
import Diagnostics
import Kubernetes
import Registries
import SourceText

extension Check {
  /// `rollback-to-same-tag`: going back restores a manifest that names the image that runs already.
  package static let rollbackToSameTag = Check.script { script, context in
    var findings: [Finding] = []
    var silence: Outcome?
    for command in script.jobs.flatMap(\.commands) {
      guard let rollback = Rollback(command, context.scope.delivered) else { continue }
      guard !rollback.workloads.isEmpty else {
        silence = .unknown(Undecided("which images the workloads have that a script rolls back"))
        continue
      }
      if let fault = rollback.fault(TagClassifier(context.tagConfiguration)) {
        findings.append(
          context.finding(
            fault.level, at: command.place, related: [Related(.value(fault.node), "named here")],
            holes: [Hole("target", rollback.title), Hole("tag", fault.tag)]))
      } else {
        silence = silence ?? .exempt("fixed-tag")
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

private struct Rollback {
  let title: String
  let workloads: [Workload]

  /// `kubectl rollout undo`, `helm rollback`; nil for other commands.
  init?(_ command: DeliveryCommand, _ objects: DeliveredObjects) {
    if let kubectl = command.kubectl, kubectl.verb == .rollout(.undo), !kubectl.isDryRun {
      let targets = kubectl.namedTargets(in: command)
      title = targets.first?.title ?? "the workload"
      workloads = objects.workloads.filter { workload in
        targets.contains { target in
          guard case .object(let kind, let name) = target.subject else { return false }
          return kind.constant?.string == workload.object.kind && name.constant?.string == workload.object.name
        }
      }
    } else if let helm = command.helm, helm.verb == .rollback {
      title = "release \(helm.releases.first?.text.shown.string ?? "")"
      workloads = objects.chartWorkloads
    } else {
      return nil
    }
  }

  /// The first moving tag.
  func fault(_ classifier: TagClassifier) -> (level: Level, node: Node, tag: String)? {
    for node in workloads.flatMap({ $0.pod.containers.compactMap(\.image) }) {
      guard let image = node.scalarBytes.flatMap({ try? ImageReference($0) }) else { continue }
      let verdict = classifier.verdict(tag: image.tag.map { image.text[$0] }, hasDigest: image.digest != nil)
      if verdict.mutability == .mutable {
        return (verdict.confidence == .guess ? .warning : .error, node, image.tagText ?? "latest")
      }
    }
    return nil
  }
}
