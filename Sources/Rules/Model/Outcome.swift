/// How a rule ended for one subject.
package enum Outcome: Sendable {
  /// The rule has nothing to say about subjects of this kind; not counted.
  case notConcerned
  case pass
  case findings([Finding])
  /// Silent for the reason of this name, one of the rule's silent clauses.
  case exempt(String)
  /// Cannot be decided: a join leads out of the input, or a value is not known.
  case unknown(Undecided)
  /// Not looked at: no schema, unreadable input.
  case skipped(String)

  package static func finding(_ finding: Finding) -> Outcome { .findings([finding]) }
}

/// What is missing for a decision; one line, explained once however many checks miss it.
package struct Undecided: Hashable, Sendable {
  /// For example `no Service in the input selects Deployment/web`.
  package let reason: String
  package init(_ reason: String) { self.reason = reason }
}

/// Counts of a rule's outcomes.
package struct OutcomeCounts: Hashable, Sendable {
  package var pass = 0
  package var findings = 0
  /// By the name of the clause.
  package var exempt: [String: Int] = [:]
  package var unknown = 0
  package var skipped = 0

  package init() {}

  /// Adds the counts of another run.
  package mutating func add(_ other: OutcomeCounts) {
    pass += other.pass
    findings += other.findings
    unknown += other.unknown
    skipped += other.skipped
    exempt.merge(other.exempt, uniquingKeysWith: +)
  }

  mutating func add(_ outcome: Outcome) {
    switch outcome {
    case .notConcerned: break
    case .pass: pass += 1
    case .findings(let list): findings += list.count
    case .exempt(let clause): exempt[clause, default: 0] += 1
    case .unknown: unknown += 1
    case .skipped: skipped += 1
    }
  }
}
