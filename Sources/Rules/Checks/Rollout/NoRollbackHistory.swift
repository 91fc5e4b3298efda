import Diagnostics
import Kubernetes

extension Check {
  /// `no-rollback-history`: nothing is kept that an update could be undone to.
  package static let noRollbackHistory = Check.workload { workload, context in
    if let excuse = RolloutSubjects.excuse(for: workload) { return excuse }
    guard workload.kind != .custom else { return .exempt("custom-workload") }
    guard let limit = workload.specNode["revisionHistoryLimit"], let number = limit.integer else { return .pass }
    guard number == 0 || (context.isStrict && number == 1) else { return .pass }
    return .finding(
      context.finding(
        .warning, in: workload.object, at: .value(limit),
        holes: workload.holes + [
          Hole("history", number == 0 ? "no old revision" : "one old revision only"), Hole("value", String(number)),
        ]))
  }
}
