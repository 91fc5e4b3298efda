import Kubernetes

/// What a PodDisruptionBudget demands, by the controller's rounding (kubernetes, pkg/controller/disruption): shares
/// are taken of the replicas of all controllers whose pods are selected, and rounded up.
package enum DisruptionLimit: Hashable, Sendable {
  case minAvailable(Amount)
  case maxUnavailable(Amount)
  /// Neither field: the controller expects no pods, and while it expects none it allows no eviction
  /// (`updatePdbStatus`).
  case neither
  /// Both fields: the API server rejects it.
  case both

  /// Nil when a field holds no amount.
  package init?(spec: Node?) {
    let least = spec?["minAvailable"]
    let most = spec?["maxUnavailable"]
    switch (least, most) {
    case (nil, nil): self = .neither
    case (.some, .some): self = .both
    case (let node?, nil):
      guard let amount = Amount(node) else { return nil }
      self = .minAvailable(amount)
    case (nil, let node?):
      guard let amount = Amount(node) else { return nil }
      self = .maxUnavailable(amount)
    }
  }

  /// Pods that must stay healthy of `expected` ones; nil where no number follows.
  package func desired(of expected: Int) -> Int? {
    switch self {
    case .minAvailable(let amount): max(0, amount.of(expected, rounding: .up))
    case .maxUnavailable(let amount): max(0, expected - max(0, amount.of(expected, rounding: .up)))
    case .neither, .both: nil
    }
  }

  /// Pods that may be evicted when all `expected` ones are healthy.
  package func allowed(of expected: Int) -> Int {
    desired(of: expected).map { max(0, expected - $0) } ?? 0
  }

  /// No number of pods lets this allow an eviction. A `minAvailable` of pods is decided by the number of replicas.
  package var blocksAlways: Bool {
    switch self {
    case .minAvailable(.percent(let percent)): percent >= 100
    case .maxUnavailable(let amount): amount.isZero
    case .neither: true
    case .minAvailable(.pods), .both: false
    }
  }
}
