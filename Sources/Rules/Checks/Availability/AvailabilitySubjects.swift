import Kubernetes

/// Whom the rules on availability ask: objects of the release that are no hooks.
enum AvailabilitySubjects {
  static func excuse(for object: KubernetesObject) -> Outcome? {
    if object.hook.isTest { return .exempt("test-object") }
    return object.hook.isHook ? .exempt("hook") : nil
  }

  /// The same for the controllers that keep a number of pods, of which the rules on replicas speak.
  static func excuse(forReplicasOf workload: Workload) -> Outcome? {
    switch workload.kind {
    case .deployment, .statefulSet, .custom: return excuse(for: workload.object)
    case .daemonSet: return .exempt("daemon-set")
    case .replicaSet, .replicationController, .job, .cronJob, .pod: return .notConcerned
    }
  }
}
