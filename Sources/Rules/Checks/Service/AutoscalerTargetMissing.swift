import Diagnostics
import Kubernetes

extension Check {
  /// `autoscaler-target-missing`: an autoscaler that scales nothing of the release.
  package static let autoscalerTargetMissing = Check.object { object, context in
    guard let reference = ScaleReference(object) else { return .notConcerned }
    guard context.scope.isComplete else {
      return .unknown(Undecided("the target of \(object.identity) is not looked for (input is partial)"))
    }
    guard !context.scope.external.contains("\(reference.kind)/\(reference.name)") else { return .exempt("external") }
    let search = ScaleTarget(reference: reference, object: object, context: context)
    if let found = search.found {
      guard let version = reference.version, version != found.identity.version, let node = reference.apiVersion,
        context.joins.workloads.contains(where: { $0.object.identity == found.identity })
      else { return .pass }
      return .finding(search.finding(.warning, at: .value(node), near: found))
    }
    guard search.isDecidable else {
      return .unknown(Undecided("\(reference.kind)/\(reference.name) may be made by somebody else"))
    }
    return .finding(search.finding(.error, at: search.place, near: search.nearest))
  }
}

/// What an autoscaler says it scales.
private struct ScaleReference {
  let node: Node
  let kind: String
  let name: String
  let group: String
  let version: String?
  let apiVersion: Node?

  /// Nil when the object is no autoscaler or names no target.
  init?(_ object: KubernetesObject) {
    let field: String
    switch (object.kind, object.identity.group) {
    case ("HorizontalPodAutoscaler", "autoscaling"), ("ScaledObject", "keda.sh"): field = "scaleTargetRef"
    case ("VerticalPodAutoscaler", "autoscaling.k8s.io"): field = "targetRef"
    default: return nil
    }
    guard let node = object.node.descend("spec", field), let name = node["name"]?.scalar else { return nil }
    let isScaled = object.kind == "ScaledObject"
    self.node = node
    self.name = name
    kind = node["kind"]?.scalar ?? (isScaled ? "Deployment" : "")
    apiVersion = node["apiVersion"]
    let text = apiVersion?.scalar ?? (isScaled ? "apps/v1" : "")
    let parts = text.split(separator: "/").map(String.init)
    group = parts.count == 2 ? parts[0] : ""
    version = apiVersion == nil ? nil : parts.last
  }
}

private struct ScaleTarget {
  let reference: ScaleReference
  let object: KubernetesObject
  let context: CheckContext

  var found: KubernetesObject? {
    context.joins.objects(ObjectKind(reference.kind, group: reference.group))
      .first { $0.name == reference.name && $0.namespace == object.namespace }
  }

  /// Absence counts for kinds that make pods, unless an operator may make one.
  var isDecidable: Bool {
    let isKnown = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"]
      .contains(reference.kind)
    let isMade = context.joins.podMakers.contains { !$0.name.isEmpty && reference.name.hasPrefix($0.name) }
    return isKnown && !isMade
  }

  private var candidates: [KubernetesObject] {
    context.joins.workloads.map(\.object).filter { $0.namespace == object.namespace }
  }

  private var namesake: KubernetesObject? { candidates.first { $0.name == reference.name } }

  /// The namesake of another kind, else the workload of the same kind with the nearest name, else the only one.
  var nearest: KubernetesObject? {
    if let namesake { return namesake }
    let sameKind = candidates.filter { $0.kind == reference.kind }
    let close = nearestName(to: reference.name, among: sameKind.map(\.name))
    let containing = sameKind.first {
      $0.name.hasSuffix("-" + reference.name) || reference.name.hasSuffix("-" + $0.name)
    }
    return sameKind.first { $0.name == close } ?? containing ?? (sameKind.count == 1 ? sameKind.first : nil)
  }

  /// The field that differs.
  var place: Place {
    if let namesake {
      let isOtherKind = namesake.kind != reference.kind
      if let field = reference.node[isOtherKind ? "kind" : "apiVersion"] { return .value(field) }
      return .absent(key: isOtherKind ? "kind" : "apiVersion", under: reference.node)
    }
    return reference.node["name"].map(Place.value) ?? .key(reference.node)
  }

  func finding(_ level: Level, at place: Place, near: KubernetesObject?) -> Finding {
    let isOtherVersion = found != nil
    let isOtherGroup = near.map { $0.kind == reference.kind && $0.name == reference.name } ?? false
    var holes = [
      Hole("scaler", object.identity.description), Hole("kind", reference.kind), Hole("target", reference.name),
      Hole(
        "fault",
        isOtherVersion
          ? " by the outdated version `\(reference.version ?? "")`" : ", which this release does not contain"),
    ]
    if let near {
      holes.append(
        Hole("near", isOtherGroup ? "`apiVersion: \(near.identity.apiVersion)`" : near.identity.description))
    }
    var edits: [NodeEdit] = []
    if let near, let name = reference.node["name"], near.kind == reference.kind, near.name != reference.name,
      editDistance(Array(near.name.utf8), Array(reference.name.utf8)) <= 2
    {
      edits = [
        NodeEdit(title: "Scale `\(near.name)`", change: .replaceText(name, nil, with: near.name), isSafe: true)
      ]
    }
    return context.finding(
      level, in: object, at: place, related: near.map { [Related(.object($0.node), "the nearest object")] } ?? [],
      holes: holes, edits: edits)
  }
}
