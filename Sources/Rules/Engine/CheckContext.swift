import Diagnostics
import Kubernetes

/// What a check may ask about besides its subject.
package struct CheckContext: Sendable {
  package let ruleID: String
  package let options: Options
  /// What `mutable-image-tag` is set to: every rule about images judges tags as that one does.
  let tagOptions: Options
  /// True when the branches that only the strict profile has are to run.
  package let isStrict: Bool
  package let scope: Scope
  package let joins: Joins
  package let provenance: (any Provenance)?
}

extension CheckContext {
  /// The schemas of the version of Kubernetes that the run is for.
  package var schemas: Schemas { joins.schemas }

  /// A finding of this context's rule about an object.
  func finding(
    _ level: Level, in object: KubernetesObject, at place: Place, related: [Related] = [], holes: [Hole],
    edits: [NodeEdit] = [], silences: [Silence] = []
  ) -> Finding {
    Finding(
      rule: ruleID, level: level, object: object.identity, place: place, related: related, holes: holes,
      edits: edits, silences: silences)
  }

  /// The pieces that supplied a stretch of a scalar; none when that is not known.
  func parts(of node: Node, in range: Range<Int>) -> [SourcedRange] {
    provenance?.sources(of: node, in: range) ?? []
  }
}
