import Kubernetes

/// What a workload says about its updates.
package enum UpdateStrategy: Sendable {
  case rolling(RollingUpdate, RollingUpdateNodes)
  /// All old pods end before the first new one is made; `node` is the type.
  case recreate(Node)
  /// Pods are replaced when somebody deletes them; `node` is the type.
  case onDelete(Node)
  /// Another controller's own, or one that cannot be read.
  case other
}

/// Where the amounts of a rolling update are written.
package struct RollingUpdateNodes: Sendable {
  /// `strategy` or `updateStrategy`; nil when absent.
  package let strategy: Node?
  package let maxUnavailable: Node?
  package let maxSurge: Node?
}

extension Workload {
  /// How pods of this workload are replaced when its template changes. Of kinds that a configuration adds only
  /// `Recreate` is read, since the rest of their strategy is their own.
  package var updateStrategy: UpdateStrategy {
    let spec = object.node["spec"]
    switch kind {
    case .deployment: return Self.strategy(spec?["strategy"], .deployment)
    case .statefulSet: return Self.strategy(spec?["updateStrategy"], .statefulSet)
    case .daemonSet: return Self.strategy(spec?["updateStrategy"], .daemonSet)
    case .custom:
      guard let type = spec?.descend("strategy", "type"), type.scalar == "Recreate" else { return .other }
      return .recreate(type)
    case .replicaSet, .replicationController, .job, .cronJob, .pod: return .other
    }
  }

  private static func strategy(_ node: Node?, _ controller: RollingUpdate.Controller) -> UpdateStrategy {
    if let type = node?["type"] {
      switch type.scalar {
      case "RollingUpdate": break
      case "Recreate" where controller == .deployment: return .recreate(type)
      case "OnDelete" where controller != .deployment: return .onDelete(type)
      default: return .other
      }
    }
    let amounts = node?["rollingUpdate"]
    let nodes = RollingUpdateNodes(
      strategy: node, maxUnavailable: amounts?["maxUnavailable"], maxSurge: amounts?["maxSurge"])
    let unavailable = nodes.maxUnavailable.map(Amount.init)
    let surge = nodes.maxSurge.map(Amount.init)
    if case .some(nil) = unavailable { return .other }
    if case .some(nil) = surge { return .other }
    return .rolling(RollingUpdate(controller, maxUnavailable: unavailable ?? nil, maxSurge: surge ?? nil), nodes)
  }
}
