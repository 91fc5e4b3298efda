/// The labels of an object or pod template.
package struct Labels: Sendable {
  package let node: Node?

  package init(_ node: Node?) { self.node = node }

  /// The node of a label's value.
  package subscript(key: String) -> Node? { node?[key] }

  /// A label's text; the API server reads null as an empty one.
  package func text(of key: String) -> String? { node?.entry(key).flatMap { $0.isNull ? "" : $0.scalar } }

  /// What controllers add to the pods that they make. Source: the well-known labels of Kubernetes.
  static let addedByControllers: Set<String> = [
    "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "pod-template-hash",
    "controller-revision-hash", "batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index", "job-name", "controller-uid",
  ]
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
    return requirements.allSatisfy { $0.holds(for: labels) }
  }

  fileprivate static func holds(_ expression: Node, _ labels: Labels) -> Bool {
    let value = labels.text(of: expression["key"]?.scalar ?? "")
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

// MARK: - Requirements

/// One of the conditions that a selector joins.
package struct LabelRequirement: Sendable {
  /// The pair's value, or the expression.
  package let node: Node
  package let key: String
  private let isPair: Bool

  fileprivate init(pair: Node) {
    node = pair
    key = pair.key ?? ""
    isPair = true
  }

  fileprivate init(expression: Node) {
    node = expression
    key = expression["key"]?.scalar ?? ""
    isPair = false
  }

  package func holds(for labels: Labels) -> Bool {
    guard isPair else { return Selector.holds(node, labels) }
    if let text = labels.text(of: key) { return text == (node.isNull ? "" : node.scalar) }
    return Labels.addedByControllers.contains(key)
  }

  /// The condition as a message quotes it: `app: web`, `tier in (a, b)`, `canary does not exist`.
  package var text: String {
    if isPair { return "\(key): \(node.scalar ?? "")" }
    let values = (node["values"]?.items ?? []).compactMap(\.scalar).joined(separator: ", ")
    switch node["operator"]?.scalar {
    case "In": return "\(key) in (\(values))"
    case "NotIn": return "\(key) not in (\(values))"
    case "Exists": return "\(key) exists"
    case "DoesNotExist": return "\(key) does not exist"
    default: return "\(key) \(node["operator"]?.scalar ?? "")"
    }
  }

  /// The operator of an expression that no API server knows.
  package var unknownOperator: Node? {
    guard !isPair, let word = node["operator"] else { return nil }
    return ["In", "NotIn", "Exists", "DoesNotExist"].contains(word.scalar ?? "") ? nil : word
  }

  /// True for a pair of key and value, false for an expression.
  package var isEquality: Bool { isPair }
}

extension Selector {
  /// All conditions, pairs first.
  package var requirements: [LabelRequirement] {
    (requiredLabels.map { Array($0.children) } ?? []).map(LabelRequirement.init(pair:))
      + expressions.map(LabelRequirement.init(expression:))
  }

  /// The conditions that these labels do not meet.
  package func failures(for labels: Labels) -> [LabelRequirement] { requirements.filter { !$0.holds(for: labels) } }

  /// True without any condition, be the selector absent or empty.
  package var isEmpty: Bool { (requiredLabels?.childCount ?? 0) == 0 && expressions.isEmpty }
}
