import Configuration
import Diagnostics
import Kubernetes
import Rules
import SourceText

/// The suppressions that objects carry as annotations: `slipway.dev/ignore` names rules, `slipway.dev/ignore-reason`
/// says why. On an object they reach all of it, on the metadata of a pod template its pod and containers.
struct ObjectSuppressions {
  private struct Entry {
    var suppression: Suppression
    /// The object's mapping, or the pod template's.
    var root: Node
  }

  private var entries: [Entry] = []
  private(set) var faults: [Diagnostic] = []

  private static let rulesKey = "slipway.dev/ignore"
  private static let reasonKey = "slipway.dev/ignore-reason"

  init(_ objects: [KubernetesObject], trees: PlacedTrees) {
    let placement = Placement(trees: trees)
    for object in objects {
      for root in [object.node] + Self.podTemplates(of: object.node) {
        guard let annotation = root.descend("metadata", "annotations")?[Self.rulesKey] else { continue }
        let reason = root.descend("metadata", "annotations")?[Self.reasonKey]?.scalar ?? ""
        let place = placement.placed(.key(annotation))?.primary
        do throws(SuppressionDirective.Malformation) {
          let directive = try SuppressionDirective(rules: annotation.scalar ?? "", reason: reason)
          guard let place else { continue }
          let suppression = Suppression(
            rules: directive.rules, reason: directive.reason, until: directive.until, place: place, reach: .annotated)
          entries.append(Entry(suppression: suppression, root: root))
        } catch {
          faults.append(EngineDiagnostics.malformed(error.message, at: place))
        }
      }
    }
  }

  var suppressions: [Suppression] { entries.map(\.suppression) }

  private static func podTemplates(of object: Node) -> [Node] {
    [object.descend("spec", "template"), object.descend("spec", "jobTemplate", "spec", "template")].compactMap { $0 }
  }

  /// The suppressions that reach a finding; the caller knows which are valid.
  func reaching(_ finding: Finding) -> [Suppression] {
    guard !entries.isEmpty, let node = finding.place.node else { return [] }
    return entries.filter { entry in
      entry.suppression.rules.contains { $0.selects(id: finding.rule) } && Self.isInside(node, entry.root)
    }.map(\.suppression)
  }

  private static func isInside(_ node: Node, _ root: Node) -> Bool {
    var ancestor: Node? = node
    while let current = ancestor {
      if current == root { return true }
      ancestor = current.parent
    }
    return false
  }
}
