import Diagnostics
import Kubernetes

extension Check {
  /// `unbounded-job`: jobs that nothing stops or cleans up.
  package static let unboundedJob = Check.workload { workload, context in
    guard workload.kind == .job || workload.kind == .cronJob else { return .notConcerned }
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    let bounds = JobBounds(workload: workload, context: context)
    let findings = workload.kind == .cronJob ? bounds.ofCronJob : bounds.ofJob
    guard findings.isEmpty else { return .findings(findings) }
    return bounds.isCleanedUpByHook ? .exempt("hook-that-is-deleted") : .pass
  }
}

private struct JobBounds {
  let workload: Workload
  let context: CheckContext

  private var spec: Node? { workload.object.node["spec"] }

  private func finding(_ level: Level, _ place: Place, _ what: String) -> Finding {
    context.finding(
      level, in: workload.object, at: place,
      holes: [Hole("kind", workload.object.kind), Hole("name", workload.object.name), Hole("what", what)])
  }

  var ofCronJob: [Finding] {
    guard let spec else { return [] }
    var findings: [Finding] = []
    if spec["startingDeadlineSeconds"] == nil {
      findings.append(
        finding(.note, .absent(key: "startingDeadlineSeconds", under: spec), "has no startingDeadlineSeconds"))
    }
    let policy = spec["concurrencyPolicy"]
    let isOften = spec["schedule"]?.scalar.flatMap { try? CronSchedule($0) }?.isMoreThanHourly ?? false
    if isOften, policy?.scalar ?? "Allow" == "Allow" {
      let place = policy.map(Place.value) ?? .absent(key: "concurrencyPolicy", under: spec)
      findings.append(finding(.note, place, "starts more than once an hour and lets its jobs overlap"))
    }
    if spec["failedJobsHistoryLimit"] != nil,
      let ttl = spec.descend("jobTemplate", "spec", "ttlSecondsAfterFinished")
    {
      findings.append(
        finding(
          .note, .key(ttl), "has both failedJobsHistoryLimit and ttlSecondsAfterFinished: the first to strike wins"))
    }
    return findings
  }

  var ofJob: [Finding] {
    guard let spec else { return [] }
    let hook = workload.object.hook
    var findings: [Finding] = []
    if !hook.isHook, spec["ttlSecondsAfterFinished"] == nil {
      findings.append(
        finding(.note, .absent(key: "ttlSecondsAfterFinished", under: spec), "has no ttlSecondsAfterFinished"))
    }
    let hasDeadline =
      spec["activeDeadlineSeconds"] != nil || workload.pod.spec["activeDeadlineSeconds"] != nil
    if hook.events.contains(where: { $0.hasPrefix("pre-") }), !hasDeadline, spec["backoffLimit"] == nil {
      findings.append(
        finding(
          .warning, .absent(key: "activeDeadlineSeconds", under: spec),
          "has neither activeDeadlineSeconds nor backoffLimit and holds up the release"))
    }
    return findings
  }

  var isCleanedUpByHook: Bool {
    let policy =
      workload.object.metadata?["annotations"]?["helm.sh/hook-delete-policy"]?.scalar ?? "before-hook-creation"
    return workload.object.hook.isHook && policy.contains("before-hook-creation")
  }
}
