import Diagnostics
import SourceText
import YAML

/// Why ECR refuses a lifecycle policy, or might, and where.
package struct LifecycleFault: Sendable {
  package enum Place: Sendable {
    case node(YAMLNode)
    /// A byte of the text, where it is no JSON.
    case offset(Int)
    case wholeText
  }

  /// A warning for a word that a newer ECR may know.
  package var level: Level
  /// The priority of the rule as it is written; nil for the policy, and for a rule without one.
  package var priority: ByteString?
  package var reason: String
  package var place: Place
  /// The rule's clash: the node of another rule.
  package var related: YAMLNode?

  /// The whole sentence.
  package var message: String {
    guard let priority else { return "lifecycle policy: \(reason)" }
    return "lifecycle rule \(priority): \(reason)"
  }

  /// Where the text is to be edited; offsets in the text that was read.
  package func range(textLength: Int) -> ByteRange {
    switch place {
    case .node(let node): node.range
    case .offset(let offset): ByteRange(min(offset, textLength), min(offset + 1, textLength))
    case .wholeText: ByteRange(0, textLength)
    }
  }
}
