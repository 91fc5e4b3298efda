import Kubernetes

/// Whom the rules on requests and limits ask.
enum ResourceSubjects {
  /// The clause that exempts one resource of a container from a rule on missing amounts; nil when it is to be judged.
  static func exemption(
    from side: ResourceRequirements.Side, of resource: String, in workload: Workload, _ context: CheckContext
  ) -> String? {
    let pod = workload.pod.resources
    if pod.positive(side, resource) != nil || side == .requests && pod.positive(.limits, resource) != nil {
      return "pod-level"
    }
    let ranges = context.joins.containerLimits(in: workload.object.namespace)
    let isGiven = ranges.contains { side == .limits ? $0.givesLimit(of: resource) : $0.givesRequest(of: resource) }
    return isGiven ? "limit-range" : nil
  }

  /// Manifests of the cluster's own components, written as they are.
  static func isClusterComponent(_ workload: Workload, _ context: CheckContext) -> Bool {
    workload.object.namespace == "kube-system" && context.isRaw(workload.object.node)
  }

  /// Where a missing amount belongs.
  static func place(of resource: String, _ side: ResourceRequirements.Side, in container: Container) -> Place {
    guard let resources = container.node["resources"] else { return .absent(key: "resources", under: container.node) }
    guard let amounts = resources[side.rawValue] else { return .absent(key: side.rawValue, under: resources) }
    return amounts[resource].map(Place.value) ?? .absent(key: resource, under: amounts)
  }

  /// Names as a sentence lists them behind a "no": `cpu and no memory`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", no ") + " and no " + last
  }
}

extension CheckContext {
  /// Whether an object was read from a file as it is, rather than rendered.
  func isRaw(_ node: Node) -> Bool { node["kind"].map { provenance?.sources(of: $0, in: nil) == nil } ?? true }
}

extension Joins {
  /// What the LimitRanges of a namespace say about containers.
  func containerLimits(in namespace: String) -> [ContainerLimits] {
    objects(.limitRange).filter { $0.namespace == namespace }.flatMap(ContainerLimits.all)
  }
}
