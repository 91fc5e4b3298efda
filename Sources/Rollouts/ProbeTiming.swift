import Kubernetes

/// The times of one probe.
///
/// How the kubelet asks (kubernetes, pkg/kubelet/prober/worker.go): one worker a probe ticks every period from about
/// the start of the container; ticks before the initial delay are skipped; an attempt that hangs holds the worker up,
/// so that a timeout longer than the period takes the period's place; only a kubelet that has just been started itself
/// waits a random part of a period first. Until the startup probe has succeeded the other two are not asked. Readiness
/// begins as failed, liveness as succeeded.
package struct ProbeTiming: Hashable, Sendable {
  /// From the start of the container to the first attempt.
  package var delay: Seconds = 0
  package var period: Seconds = 10
  package var timeout: Seconds = 1
  /// Successes in a row that turn a failed probe.
  package var successThreshold = 1
  /// Failures in a row that turn a succeeding probe.
  package var failureThreshold = 3

  package init(
    delay: Seconds = 0, period: Seconds = 10, timeout: Seconds = 1, successThreshold: Int = 1,
    failureThreshold: Int = 3
  ) {
    self.delay = delay
    self.period = period
    self.timeout = timeout
    self.successThreshold = successThreshold
    self.failureThreshold = failureThreshold
  }

  /// Reads a probe; what is absent, zero or no number counts as the API's default (kubernetes,
  /// pkg/apis/core/v1/defaults.go, `SetDefaults_Probe`).
  package init(_ probe: Probe) {
    delay = Seconds(probe.node.count("initialDelaySeconds") ?? 0)
    period = Seconds(probe.node.positive("periodSeconds") ?? 10)
    timeout = Seconds(probe.node.positive("timeoutSeconds") ?? 1)
    successThreshold = probe.node.positive("successThreshold") ?? 1
    failureThreshold = probe.node.positive("failureThreshold") ?? 3
  }

  /// The time between two attempts that hang.
  package var effectivePeriod: Seconds { max(period, timeout) }

  /// A container that can answer this long after its start is never given up (G).
  package var guaranteedStart: Seconds { delay + (failureThreshold - 1) * effectivePeriod }

  /// What delay, period and threshold multiply out to (N).
  package var nominalStart: Seconds { delay + failureThreshold * effectivePeriod }

  /// The last moment at which a container that never answers is given up.
  package var latestGivingUp: Seconds { nominalStart + timeout }

  /// From the moment a container fails to the moment the probe says so, as the fields multiply out.
  package var nominalFailureTime: Seconds { failureThreshold * effectivePeriod }

  /// From the moment a container fails to the moment the probe says so: shortest and longest.
  package var failureTime: ClosedRange<Seconds> {
    let shortest = (failureThreshold - 1) * effectivePeriod
    return shortest...max(shortest, nominalFailureTime + timeout)
  }

  /// From the start of a container without startup probe, which can answer after `start`, to the probe's success:
  /// earliest and latest.
  package func successTime(start: Seconds) -> ClosedRange<Seconds> {
    let first = max(delay, start)
    let earliest = first + (successThreshold - 1) * effectivePeriod
    return earliest...max(earliest, first + successThreshold * effectivePeriod + timeout)
  }

  /// The failure threshold from which on a container that needs `start` seconds is never given up.
  package func failureThreshold(covering start: Seconds) -> Int {
    let rest = max(0, start - delay).count
    let period = max(1, effectivePeriod.count)
    return rest / period + (rest % period > 0 ? 1 : 0) + 1
  }
}

extension Node {
  /// An integer of a field, not below zero, as far as 32 bits go.
  func count(_ key: String) -> Int? { self[key]?.integer.map { max(0, Int(Int32(clamping: $0))) } }

  /// The same for a field in which zero stands for the default.
  func positive(_ key: String) -> Int? { count(key).flatMap { $0 > 0 ? $0 : nil } }
}
