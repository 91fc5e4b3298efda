import Diagnostics
import Kubernetes

extension Check {
  /// `unvalidated-kind`: objects whose fields nobody could look at, because there is no schema for their kind.
  package static let unvalidatedKind = Check.scope { context in
    var kinds: [(first: KubernetesObject, rest: [KubernetesObject])] = []
    for object in context.scope.objects {
      guard case .nothing = context.schemas.knowledge(of: object.identity) else { continue }
      if let index = kinds.firstIndex(where: { UnvalidatedKind.isSameKind($0.first, object) }) {
        kinds[index].rest.append(object)
      } else {
        kinds.append((object, []))
      }
    }
    let judged = kinds.map { UnvalidatedKind(object: $0.first, rest: $0.rest, context: context) }
    let findings = judged.filter { $0.exemption == nil }.compactMap(\.finding)
    guard findings.isEmpty else { return .findings(findings) }
    return judged.lazy.compactMap(\.exemption).first.map(Outcome.exempt) ?? .pass
  }
}

private struct UnvalidatedKind {
  let object: KubernetesObject
  let rest: [KubernetesObject]
  let context: CheckContext

  static func isSameKind(_ left: KubernetesObject, _ right: KubernetesObject) -> Bool {
    left.kind == right.kind && left.identity.apiVersion == right.identity.apiVersion
  }

  private var identity: ObjectIdentity { object.identity }
  private var table: SchemaTable { context.schemas.table }

  var exemption: String? {
    let name = "\(identity.group)/\(identity.kind)"
    if context.options.globs("ignoreKinds").contains(where: { $0.matches(name) }) { return "ignored-kind" }
    if object.metadata == nil { return "configuration-file" }
    // What was removed is said to be so by `removed-api`.
    if let removal = APIRemoval.of(identity), removal.removed <= context.minorVersion { return "removed" }
    return nil
  }

  /// What was probably meant, and how sure that is.
  private var guess: (level: Level, near: String?, isKind: Bool) {
    let serving = table.apiVersions(of: identity.kind)
    let own = serving.filter { ObjectIdentity.split(apiVersion: $0).group == identity.group }
    if !own.isEmpty { return (.warning, own.max { APIStability($0) < APIStability($1) }, false) }
    let isBuiltIn = !table.apiVersions(ofGroup: identity.group).isEmpty
    // A group of a custom resource has a dot in its name: without one, or with a typo, a built-in kind was meant.
    let elsewhere = serving.filter { text in
      let group = ObjectIdentity.split(apiVersion: text).group
      return isBuiltIn || !identity.group.contains(".")
        || editDistance(Array(group.utf8), Array(identity.group.utf8)) <= 2
    }
    if let near = elsewhere.max(by: { APIStability($0) < APIStability($1) }) { return (.error, near, false) }
    guard isBuiltIn else { return (context.schemas.isCustom(identity) ? .warning : .note, nil, false) }
    let names = table.kinds(in: identity.apiVersion)
    return (.warning, nearestName(to: identity.kind, among: names), true)
  }

  var finding: Finding? {
    guard let node = object.node["apiVersion"] else { return nil }
    let (level, near, isKind) = guess
    var holes = [
      Hole("n", String(rest.count + 1)), Hole("apiVersion", identity.apiVersion), Hole("kind", identity.kind),
    ]
    if let near { holes.append(Hole("near", isKind ? near : "\(near) \(identity.kind)")) }
    let place = isKind && near != nil ? object.kindNode : node
    var edits: [NodeEdit] = []
    if let near, level == .error {
      edits = [NodeEdit(title: "Use `\(near)`", change: .replaceText(node, nil, with: near), isSafe: true)]
    }
    let others = rest.prefix(3).compactMap { other in
      other.node["apiVersion"].map { Related(.value($0), "another one") }
    }
    return context.finding(
      level, in: object, at: .value(place), related: others, holes: holes, edits: rest.isEmpty ? edits : [])
  }
}
