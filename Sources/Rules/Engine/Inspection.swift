import Diagnostics
import Kubernetes

/// What the rules said about a scope.
package struct Inspection: Sendable {
  package private(set) var findings: [Finding] = []
  /// Findings that another finding's edit would mend, each with that cause; shown with `--all` only.
  package private(set) var silenced: [(finding: Finding, cause: Finding)] = []
  /// By rule id.
  package private(set) var outcomes: [String: OutcomeCounts] = [:]
  /// How many checks miss each thing, in the order of first need.
  package private(set) var undecided: [(Undecided, count: Int)] = []
  package let objects: [KubernetesObject]
  package let unreadableDocuments: Int
  /// The objects that some rule could not look at.
  private var skippedNodes: Set<Node> = []

  init(objects: [KubernetesObject], unreadableDocuments: Int) {
    self.objects = objects
    self.unreadableDocuments = unreadableDocuments
  }

  /// Every object, with whether each enabled rule could look at it.
  package var looks: [(object: ObjectIdentity, isChecked: Bool)] {
    objects.map { ($0.identity, !skippedNodes.contains($0.node)) }
  }

  mutating func record(_ outcome: Outcome, of rule: Rule, about object: KubernetesObject?, level: Level?) {
    if case .notConcerned = outcome { return }
    outcomes[rule.id, default: OutcomeCounts()].add(outcome)
    switch outcome {
    case .findings(let list):
      for var finding in list {
        if let level { finding.level = level }
        findings.append(finding)
      }
    case .unknown(let missing):
      if let index = undecided.firstIndex(where: { $0.0 == missing }) {
        undecided[index].count += 1
      } else {
        undecided.append((missing, 1))
      }
    case .skipped: if let object { skippedNodes.insert(object.node) }
    case .notConcerned, .pass, .exempt: break
    }
  }

  /// Cause first: sets aside the findings that are consequences of another one.
  mutating func silenceConsequences(categories: [String: String]) {
    var causes: [Silence: Finding] = [:]
    for finding in findings {
      for silence in finding.silences where causes[silence] == nil { causes[silence] = finding }
    }
    guard !causes.isEmpty else { return }
    var kept: [Finding] = []
    for finding in findings {
      if let cause = cause(of: finding, among: causes, category: categories[finding.rule] ?? "") {
        silenced.append((finding, cause))
      } else {
        kept.append(finding)
      }
    }
    findings = kept
  }

  private func cause(of finding: Finding, among causes: [Silence: Finding], category: String) -> Finding? {
    let keys: [Silence]
    switch finding.place {
    case .absent(let key, let node): keys = [.absence(key: key, under: node)]
    case .value(let node), .bytes(let node, _), .key(let node), .include(let node), .valuesKey(_, let node, _):
      keys = [.category(category, on: node)]
    case .object, .script: keys = []
    }
    return keys.lazy.compactMap { causes[$0] }.first { $0.rule != finding.rule }
  }
}
