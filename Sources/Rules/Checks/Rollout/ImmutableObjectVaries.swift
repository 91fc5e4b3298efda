import Diagnostics
import Kubernetes

extension Check {
  /// `immutable-object-varies`: the next release changes what the API server lets nobody change.
  package static let immutableObjectVaries = Check.object { object, context in
    let fixed = FixedObject(object: object, context: context)
    guard let content = fixed.content else { return .notConcerned }
    if object.hook.isTest { return .exempt("test-object") }
    if object.hook.isHook { return .exempt("hook") }
    guard context.provenance != nil else {
      return .unknown(Undecided("a manifest does not tell where its fields come from"))
    }
    guard let change = fixed.firstChange(in: content) else { return .pass }
    if fixed.hasNewName(with: change.source) { return .exempt("same-value-in-name") }
    return .finding(fixed.finding(change))
  }
}

private struct FixedObject {
  let object: KubernetesObject
  let context: CheckContext

  struct Change {
    let node: Node
    let part: SourcedRange
    /// As a report calls it.
    let source: String
  }

  /// The part that cannot be changed: a Job's pods, the data under `immutable: true`.
  var content: [Node]? {
    if object.isKind("Job", group: "batch") { return object.node.descend("spec", "template").map { [$0] } }
    let isConfiguration = object.isKind("ConfigMap", group: "") || object.isKind("Secret", group: "")
    guard isConfiguration, object.node["immutable"]?.boolean == true else { return nil }
    return ["data", "binaryData", "stringData"].compactMap { object.node[$0] }
  }

  /// What changes from release to release; values that only differ between environments do not.
  private func variation(of source: ValueSource) -> String? {
    context.variation(of: source, amongEnvironments: false)
  }

  /// The image first, since it changes with every release; else the first change in document order.
  func firstChange(in content: [Node]) -> Change? {
    let scalars = content.flatMap(Self.scalars)
    let images = scalars.filter { $0.key == "image" }
    return (images + scalars.filter { $0.key != "image" }).lazy.compactMap(change).first
  }

  private func change(_ node: Node) -> Change? {
    for part in context.parts(of: node, in: 0..<(node.scalarBytes?.count ?? 0)) {
      if let source = variation(of: part.source) { return Change(node: node, part: part, source: source) }
    }
    return nil
  }

  private static func scalars(_ node: Node) -> [Node] {
    node.isScalar ? [node] : node.children.flatMap(scalars)
  }

  /// The name changes together with the content: by the same source, in each release, or by a digest.
  func hasNewName(with source: String) -> Bool {
    guard let name = object.metadata?["name"] else { return object.metadata?["generateName"] != nil }
    return context.parts(of: name, in: 0..<(name.scalarBytes?.count ?? 0)).contains { part in
      guard let own = variation(of: part.source) else { return part.source.leaves.contains(where: \.isDigest) }
      return own == source || own == "`.Release.Revision`" || part.source.leaves.contains(where: isRenewed)
    }
  }

  private func isRenewed(_ source: ValueSource) -> Bool {
    guard case .derived(let function, _) = source else { return false }
    return source.isDigest || Variation.nondeterministicFunctions.contains(function)
  }

  func finding(_ change: Change) -> Finding {
    let expires = object.node.descend("spec", "ttlSecondsAfterFinished") != nil
    let source = Related(.bytes(change.node, change.part.range), "this part comes from \(change.source)")
    let name = object.metadata?["name"].map { [Related(.key($0), "the name stays")] } ?? []
    return context.finding(
      expires ? .warning : .error, in: object,
      at: change.node.key == nil ? .value(change.node) : .key(change.node), related: [source] + name,
      holes: [
        Hole("kind", object.kind), Hole("name", object.name), Hole("path", change.node.path.description),
        Hole("source", change.source),
      ])
  }
}
