import Diagnostics
import Kubernetes

extension Check {
  /// `hook-needs-later-object`: a hook waits for an object that the release makes after it.
  package static let hookNeedsLaterObject = Check.workload { workload, context in
    let hook = workload.object.hook
    guard hook.isHook else { return .notConcerned }
    if hook.isTest { return .exempt("test-object") }
    guard workload.kind == .job || workload.kind == .pod else { return .notConcerned }
    guard hook.events.contains("pre-install") else { return .exempt("later-event") }
    let early = EarlyHook(workload: workload, context: context)
    let findings = early.references.compactMap(early.finding)
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct EarlyHook {
  let workload: Workload
  let context: CheckContext

  struct Reference {
    let kind: String
    let name: String
    let node: Node
  }

  /// The objects without which a pod does not start.
  var references: [Reference] {
    let configuration = workload.pod.configReferences.filter { !isOptional($0) }
      .map { Reference(kind: $0.kind.rawValue, name: $0.name, node: $0.node) }
    let claims = workload.pod.claims.map { Reference(kind: "PersistentVolumeClaim", name: $0.name, node: $0.node) }
    let account = workload.pod.spec["serviceAccountName"].flatMap { node in
      node.scalar.map { Reference(kind: "ServiceAccount", name: $0, node: node) }
    }
    var seen: Set<String> = []
    return (configuration + claims + (account.map { [$0] } ?? []))
      .filter { seen.insert("\($0.kind)/\($0.name)").inserted }
  }

  private func isOptional(_ reference: ConfigReference) -> Bool {
    reference.node.parent?["optional"]?.boolean ?? false
  }

  func finding(_ reference: Reference) -> Finding? {
    let objects = context.scope.objects.filter {
      $0.identity.group.isEmpty && $0.kind == reference.kind && $0.name == reference.name
        && $0.namespace == workload.object.namespace
    }
    guard let object = objects.first, objects.allSatisfy(comesLater) else { return nil }
    var related = [Related(.object(object.node), "it is made later")]
    for other in [workload.object, object] {
      if let weight = weightNode(of: other) { related.append(Related(.value(weight), "the hook's weight")) }
    }
    return context.finding(
      .error, in: workload.object, at: .key(reference.node), related: related,
      holes: workload.holes + [Hole("object", "\(reference.kind)/\(reference.name)")])
  }

  /// Helm runs the hooks of an event by weight, then by name, before it makes the release's own objects (helm,
  /// pkg/action/hooks.go).
  private func comesLater(_ object: KubernetesObject) -> Bool {
    guard object.hook.events.contains("pre-install") else { return true }
    let mine = (weight(of: workload.object), workload.object.name)
    return (weight(of: object), object.name) > mine
  }

  private func weightNode(of object: KubernetesObject) -> Node? {
    object.metadata?.descend("annotations", "helm.sh/hook-weight")
  }

  private func weight(of object: KubernetesObject) -> Int {
    weightNode(of: object)?.scalar.flatMap { Int($0) } ?? 0
  }
}
