import Kubernetes
import Rollouts

/// Whom the rules on rollouts ask: workloads whose pods a controller replaces.
enum RolloutSubjects {
  /// The outcome for a workload that is not to be judged; nil when it is.
  static func excuse(for workload: Workload) -> Outcome? {
    switch workload.kind {
    case .deployment, .statefulSet, .daemonSet, .custom: break
    case .replicaSet, .replicationController, .job, .cronJob, .pod: return .notConcerned
    }
    if workload.object.hook.isTest { return .exempt("test-object") }
    return workload.object.hook.isHook ? .exempt("hook") : nil
  }
}

extension Workload {
  /// Kind and name for a message.
  var holes: [Hole] { [Hole("kind", object.kind), Hole("name", object.name)] }

  /// The mapping to which fields of the workload would be added.
  var specNode: Node { object.node["spec"] ?? object.node }

  /// The API's own Deployment, or a kind that is taken for one.
  var isDeployment: Bool { kind == .deployment || kind == .custom }

  /// An annotation of the object, else of its pod template.
  func annotation(_ key: String) -> Node? {
    object.metadata?.descend("annotations", key) ?? pod.node.descend("metadata", "annotations", key)
  }
}

extension CheckContext {
  /// How a workload is reached: through a container that certainly answers, else through one that may. Which of its
  /// containers answers makes no difference to the pods as a whole.
  func serving(of workload: Workload) -> Serving? {
    let all = workload.pod.containers.filter { $0.role != .initial }
      .flatMap { joins.servings(of: $0, in: workload) }
    let certain = all.filter { $0.certainty == .certain }
    return certain.first { !$0.service.isHeadless } ?? certain.first ?? all.first
  }

  /// The outcome for a workload that no Service reaches, as far as the input tells.
  func notServed(_ workload: Workload) -> Outcome { undecidedAboutServices(of: workload) ?? .exempt("not-served") }

  /// The Service's selector, as what a reader wants to see beside a finding.
  func related(_ serving: Serving) -> [Related] {
    serving.service.spec?["selector"].map { [Related(.key($0), "this Service sends it traffic")] } ?? []
  }
}
