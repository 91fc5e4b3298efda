/// The `resources` of a container or pod.
package struct ResourceRequirements: Sendable {
  /// Nil when the field is absent.
  package let node: Node?

  package init(_ node: Node?) { self.node = node }

  package enum Side: String, Hashable, Sendable {
    case requests
    case limits
  }

  /// The node of an amount.
  package subscript(side: Side, resource: String) -> Node? { node?[side.rawValue]?[resource] }

  /// The amount; nil when it is absent or no quantity.
  package func quantity(_ side: Side, _ resource: String) -> Quantity? { Quantity(self[side, resource]) }

  /// The amount unless it is absent or zero.
  package func positive(_ side: Side, _ resource: String) -> Quantity? {
    quantity(side, resource).flatMap { $0.isZero ? nil : $0 }
  }

  /// The names under one side, in document order.
  package func names(_ side: Side) -> [String] {
    node?[side.rawValue].map { $0.children.compactMap(\.key) } ?? []
  }
}

extension Container {
  package var resources: ResourceRequirements { ResourceRequirements(node["resources"]) }
}

extension PodTemplate {
  /// The resources of the pod as a whole (Kubernetes 1.34).
  package var resources: ResourceRequirements { ResourceRequirements(spec["resources"]) }
}

/// What a LimitRange says about containers of its namespace.
package struct ContainerLimits: Sendable {
  package let object: KubernetesObject
  /// The item of `spec.limits`.
  package let node: Node

  /// The items about containers; none for other objects.
  package static func all(in object: KubernetesObject) -> [ContainerLimits] {
    guard object.isKind("LimitRange", group: "") else { return [] }
    return (object.node.descend("spec", "limits")?.items ?? [])
      .filter { $0["type"]?.scalar == "Container" }
      .map { ContainerLimits(object: object, node: $0) }
  }

  package enum Bound: String, Hashable, Sendable, CaseIterable {
    case smallest = "min"
    case largest = "max"
    case ratio = "maxLimitRequestRatio"
  }

  package func bound(_ bound: Bound, _ resource: String) -> Node? { node[bound.rawValue]?[resource] }

  /// Whether containers get a limit of the resource when they name none. Source: the defaults of core/v1
  /// (SetDefaults_LimitRangeItem): an absent default is the maximum.
  package func givesLimit(of resource: String) -> Bool {
    [node["default"]?[resource], node["max"]?[resource]].contains { $0 != nil }
  }

  /// The same for a request: an absent one is the default limit, else the minimum.
  package func givesRequest(of resource: String) -> Bool {
    givesLimit(of: resource) || [node["defaultRequest"]?[resource], node["min"]?[resource]].contains { $0 != nil }
  }
}
