/// An object that makes pods.
package struct Workload: Sendable {
  /// The kinds that make pods; `.custom` are those a configuration names (Argo's Rollout, OpenShift's
  /// DeploymentConfig), taken for Deployments whose template is at `spec.template`.
  package enum Kind: String, Hashable, Sendable {
    case deployment = "Deployment"
    case statefulSet = "StatefulSet"
    case daemonSet = "DaemonSet"
    case replicaSet = "ReplicaSet"
    case replicationController = "ReplicationController"
    case job = "Job"
    case cronJob = "CronJob"
    case pod = "Pod"
    case custom
  }

  package let object: KubernetesObject
  package let kind: Kind
  package let pod: PodTemplate

  /// Nil when the object makes no pods, is owned by another object, or has no pod template.
  package init?(_ object: KubernetesObject, customKinds: Set<String> = Workload.defaultCustomKinds) {
    guard let kind = Self.kind(of: object.identity, customKinds: customKinds) else { return nil }
    if kind == .replicaSet || kind == .pod, object.isOwned { return nil }
    guard let template = Self.template(of: object.node, kind: kind), let pod = PodTemplate(template) else { return nil }
    self.object = object
    self.kind = kind
    self.pod = pod
  }

  /// `group/Kind` of the workload kinds known besides the built-in ones.
  package static let defaultCustomKinds: Set<String> = [
    "argoproj.io/Rollout", "apps.openshift.io/DeploymentConfig",
  ]

  /// True for pods that are meant to run until they are replaced.
  package var isLongRunning: Bool {
    switch kind {
    case .job, .cronJob: false
    case .pod: !["Never", "OnFailure"].contains(pod.spec["restartPolicy"]?.scalar ?? "Always")
    case .deployment, .statefulSet, .daemonSet, .replicaSet, .replicationController, .custom: true
    }
  }

  private static let groups: [Kind: String] = [
    .deployment: "apps", .statefulSet: "apps", .daemonSet: "apps", .replicaSet: "apps", .replicationController: "",
    .job: "batch", .cronJob: "batch", .pod: "",
  ]

  private static func kind(of identity: ObjectIdentity, customKinds: Set<String>) -> Kind? {
    if let kind = Kind(rawValue: identity.kind), let group = groups[kind] {
      if identity.group == group || (group == "apps" && identity.group == "extensions") { return kind }
    }
    return customKinds.contains("\(identity.group)/\(identity.kind)") ? .custom : nil
  }

  private static func template(of object: Node, kind: Kind) -> Node? {
    switch kind {
    case .pod: object
    case .cronJob: object.descend("spec", "jobTemplate", "spec", "template")
    default: object.descend("spec", "template")
    }
  }
}

/// Metadata and spec of the pods that a workload makes.
package struct PodTemplate: Sendable {
  /// The template's mapping: holds `metadata` and `spec`. The object itself for a Pod.
  package let node: Node
  package let spec: Node

  init?(_ node: Node) {
    guard let spec = node["spec"], spec.isMapping else { return nil }
    self.node = node
    self.spec = spec
  }

  package var labels: Labels { Labels(node.descend("metadata", "labels")) }

  /// App containers first, then sidecars and init containers, in document order.
  package var containers: [Container] { appContainers + initContainers }

  package var appContainers: [Container] {
    (spec["containers"]?.items ?? []).filter(\.isMapping).map { Container(node: $0, role: .app) }
  }

  /// Sidecars and ordinary init containers.
  package var initContainers: [Container] {
    (spec["initContainers"]?.items ?? []).filter(\.isMapping).map { node in
      Container(node: node, role: node["restartPolicy"]?.scalar == "Always" ? .sidecar : .initial)
    }
  }

  package var usesHostNetwork: Bool { spec["hostNetwork"]?.boolean ?? false }
}
