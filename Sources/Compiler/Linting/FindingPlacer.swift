import Diagnostics
import Kubernetes
import Rules
import SourceText

/// Places findings in source: the only way from a node of a manifest to a diagnostic.
struct FindingPlacer {
  private let rules: [String: Rule]
  private let placement: Placement

  init(rules: [Rule], trees: PlacedTrees) {
    self.rules = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    placement = Placement(trees: trees)
  }

  func diagnostic(of finding: Finding) -> Diagnostic {
    let rule = rules[finding.rule]
    let placed = placement.placed(finding.place)
    var related = finding.related.compactMap { related -> Label? in
      placement.placed(related.place).map { Label($0.primary, related.message) }
    }
    related += placed?.related ?? []
    return Diagnostic(
      id: DiagnosticID(finding.rule), level: finding.level,
      message: rule?.message.filled(finding.holes) ?? finding.rule,
      primary: placed.map { Label($0.primary, finding.label) },
      related: related.filter { $0.place != placed?.primary }, rendered: rendered(finding),
      notes: rule.map { [Note(.why, $0.why.filled(finding.holes)), Note(.fix, $0.remedy.filled(finding.holes))] } ?? [],
      fixIts: finding.edits.compactMap { FixPlacer(placement: placement).fixIt(for: $0) })
  }

  /// The field in the manifest; nil for a script and for a file that was not rendered, where the label says it all.
  private func rendered(_ finding: Finding) -> RenderedLocation? {
    guard let node = finding.place.node, placement.trees.map(of: node)?.isRendered == true,
      let object = finding.object
    else { return nil }
    return RenderedLocation(object: object.description, field: finding.place.fieldPath?.description ?? "")
  }
}
