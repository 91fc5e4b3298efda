/// The labels of an object or pod template.
package struct Labels: Sendable {
  package let node: Node?

  package init(_ node: Node?) { self.node = node }

  /// The node of a label's value.
  package subscript(key: String) -> Node? { node?[key] }
}

/// A condition on labels.
package struct Selector: Sendable {
  /// Where a selector is written decides what an empty one means.
  package enum Form: Hashable, Sendable {
    /// A plain map (`Service`, `ReplicationController`); empty selects nothing.
    case map
    /// `matchLabels` and `matchExpressions`; empty selects everything.
    case labelSelector
  }

  package let node: Node?
  package let form: Form

  package init(_ node: Node?, form: Form) {
    self.node = node
    self.form = form
  }

  /// The label pairs that must be equal.
  package var requiredLabels: Node? { form == .map ? node : node?["matchLabels"] }
  package var expressions: [Node] { form == .map ? [] : node?["matchExpressions"]?.items ?? [] }

  /// Whether pods with these labels are selected. An absent selector selects nothing.
  package func matches(_ labels: Labels) -> Bool {
    guard let node, node.isMapping else { return false }
    if form == .map, node.childCount == 0 { return false }
    let pairsHold =
      requiredLabels?.children.allSatisfy { pair in
        pair.isNull ? labels[pair.key ?? ""]?.scalar == "" : pair.scalar == labels[pair.key ?? ""]?.scalar
      } ?? true
    return pairsHold && expressions.allSatisfy { Self.holds($0, labels) }
  }

  private static func holds(_ expression: Node, _ labels: Labels) -> Bool {
    let value = labels[expression["key"]?.scalar ?? ""]?.scalar
    let values = (expression["values"]?.items ?? []).compactMap(\.scalar)
    switch expression["operator"]?.scalar {
    case "In": return value.map(values.contains) ?? false
    case "NotIn": return !(value.map(values.contains) ?? false)
    case "Exists": return value != nil
    case "DoesNotExist": return value == nil
    default: return false
    }
  }
}
