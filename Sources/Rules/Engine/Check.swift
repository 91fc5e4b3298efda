import Kubernetes

/// The Swift of a rule: a function run once for each of its subjects.
package enum Check: Sendable {
  case container(@Sendable (Container, Workload, CheckContext) -> Outcome)
  case workload(@Sendable (Workload, CheckContext) -> Outcome)
  case service(@Sendable (Service, CheckContext) -> Outcome)
  case object(@Sendable (KubernetesObject, CheckContext) -> Outcome)
}

/// What a check may ask about besides its subject.
package struct CheckContext: Sendable {
  package let ruleID: String
  package let options: Options
  /// True when the branches that only the strict profile has are to run.
  package let isStrict: Bool
  package let scope: Scope
  package let joins: Joins
  package let provenance: (any Provenance)?
}
