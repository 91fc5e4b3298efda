import Delivery
import Kubernetes

/// Who misses a target while it is away.
struct DeletedTarget {
  let target: DeliveryTarget
  /// The objects that are deleted and brought back, where they are known.
  let holdings: [DeliveredObjects.Holding]
  let objects: DeliveredObjects

  enum Importance {
    case carriesRequests
    /// A workload of the input reads it.
    case configuresWorkload
    case silent(Outcome)
  }

  var importance: Importance {
    if !holdings.isEmpty { return gravest(holdings.map { importance(of: $0.object.kind, named: $0.name) }) }
    switch target.subject {
    case .object(let kind, let name):
      if kind.constant == "Namespace", name.namesRun { return .silent(.exempt("namespace-of-the-run")) }
      return importance(of: kind, named: name)
    case .selection(let kind, let selector):
      guard kind.constant == "Pod" else { return importance(of: kind, named: nil) }
      let isFinished = selector?.shown.string.contains("status.phase") == true
      return isFinished ? .silent(.exempt("finished-pods")) : .carriesRequests
    case .manifests(let path, _): return ManifestPath(path).clause.map { .silent(.exempt($0)) } ?? .carriesRequests
    case .stream, .release: return .carriesRequests
    }
  }

  private func gravest(_ all: [Importance]) -> Importance {
    var result = all.first ?? .carriesRequests
    for importance in all {
      switch importance {
      case .carriesRequests: return .carriesRequests
      case .configuresWorkload: result = importance
      case .silent: break
      }
    }
    return result
  }

  private func importance(of kind: ResolvedText, named name: ResolvedText?) -> Importance {
    guard let constant = kind.constant?.string else { return .carriesRequests }
    if Self.configuration(constant) != nil, name?.constant == nil { return undecided(constant) }
    return importance(of: constant, named: name?.constant?.string ?? "")
  }

  private func importance(of kind: String, named name: String) -> Importance {
    if let config = Self.configuration(kind) { return importance(of: config, named: name) }
    if Self.carriers.contains(kind) { return .carriesRequests }
    return .silent(.exempt(Self.clauses[kind] ?? "other-kind"))
  }

  /// A claim is no configuration: it goes with its data, and the pods that mount it keep it.
  private static func configuration(_ kind: String) -> ConfigReference.Kind? {
    ConfigReference.Kind(rawValue: kind).flatMap { $0 == .claim ? nil : $0 }
  }

  /// A ConfigMap or Secret is missed by the pods that start without it.
  private func importance(of kind: ConfigReference.Kind, named name: String) -> Importance {
    guard !objects.workloads.isEmpty else { return undecided(kind.rawValue) }
    let isRead = objects.workloads.contains { workload in
      workload.pod.configReferences.contains { $0.kind == kind && $0.name == name }
    }
    return isRead ? .configuresWorkload : .silent(.exempt("configuration"))
  }

  private func undecided(_ kind: String) -> Importance {
    .silent(.unknown(Undecided("whether a workload reads the \(kind) that a script deletes")))
  }

  /// Kinds without which requests fail.
  private static let carriers: Set<String> = [
    "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout",
    "Service", "Ingress", "Route", "Gateway", "HTTPRoute", "Namespace", "all",
  ]

  /// Of the other kinds those that a clause of the rule names.
  private static let clauses: [String: String] = [
    "Job": "job", "CronJob": "job", "Pod": "named-pod", "CustomResourceDefinition": "definitions",
  ]

  /// The Services whose endpoints go with the target.
  var servicesWithoutEndpoints: [Service] {
    let gone = workloads
    guard !gone.isEmpty else { return [] }
    var names: Set<String> = []
    return objects.services.filter { service in
      gone.contains { service.selects($0) } && names.insert("\(service.object.namespace)/\(service.name)").inserted
    }
  }

  private var workloads: [Workload] {
    if !holdings.isEmpty { return holdings.compactMap { Workload($0.object) } }
    switch target.subject {
    case .object(let kind, let name):
      return objects.workloads.filter {
        $0.object.kind == kind.constant?.string && $0.object.name == name.constant?.string
      }
    case .selection(let kind, let selector?):
      guard let condition = LabelCondition(selector), kind.constant == "Pod" else { return [] }
      return objects.workloads.filter { condition.matches($0.pod.labels) }
    case .selection, .manifests, .stream, .release: return []
    }
  }
}
