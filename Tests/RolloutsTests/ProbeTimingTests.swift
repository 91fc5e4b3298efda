import Kubernetes
import Testing

@testable import Rollouts

/// The probes of the first user's service: liveness 15/20/5, readiness 5/10/3.
@Suite struct ProbeTimingTests {
  let liveness = ProbeTiming(delay: 15, period: 20, failureThreshold: 5)
  let readiness = ProbeTiming(delay: 5, period: 10)

  @Test func startBudgets() {
    #expect(liveness.guaranteedStart == 95)
    #expect(liveness.nominalStart == 115)
    #expect(liveness.latestGivingUp == 116)
  }

  @Test func failureTimes() {
    #expect(liveness.failureTime == 80...101)
    #expect(readiness.failureTime == 20...31)
    #expect(liveness.nominalFailureTime == 100)
    #expect(readiness.nominalFailureTime == 30)
  }

  @Test(arguments: [0, 3, 5]) func readyTimes(start: Int) {
    #expect(readiness.successTime(start: Seconds(start)) == 5...16)
  }

  @Test func aLateStartMovesReadiness() { #expect(readiness.successTime(start: 40) == 40...51) }

  @Test func theTimeoutStretchesThePeriod() {
    let slow = ProbeTiming(delay: 2, period: 5, timeout: 30, failureThreshold: 3)
    #expect(slow.effectivePeriod == 30)
    #expect(slow.guaranteedStart == 62)
  }

  @Test func workedExamples() {
    #expect(ProbeTiming(delay: 5, period: 5, failureThreshold: 1).guaranteedStart == 5)
    #expect(ProbeTiming().guaranteedStart == 20)
    let start = ContainerStart(liveness: liveness, readiness: readiness)
    #expect(start.need.time == 5 && start.need.source == .readinessDelay)
    #expect(start.worstTimeToReady == 16)
  }

  @Test func theLongestNeedWins() {
    let startup = ProbeTiming(period: 10, failureThreshold: 30)
    let start = ContainerStart(startup: startup, readiness: readiness, expected: 200)
    #expect(start.need.time == 290 && start.need.source == .startupProbe)
    #expect(start.worstTimeToReady == 312)
    #expect(ContainerStart(readiness: readiness, expected: 60).need.source == .expectation)
    #expect(ContainerStart(readiness: readiness, expected: 60).worstTimeToReady == 71)
    #expect(ContainerStart().need.time == 0)
  }

  @Test func defaultsAndZeros() throws {
    let (web, _) = try #require(
      container("livenessProbe: {tcpSocket: {port: 1}, periodSeconds: 0, failureThreshold: 0, timeoutSeconds: x}"))
    #expect(ContainerStart(web, expected: 0).liveness == ProbeTiming())
  }

  @Test func anyNumber() throws {
    let huge = "9223372036854775807"
    let (web, _) = try #require(
      container(
        "livenessProbe: {initialDelaySeconds: \(huge), periodSeconds: \(huge), timeoutSeconds: -\(huge), "
          + "failureThreshold: \(huge)}"))
    let timing = try #require(ContainerStart(web, expected: 0).liveness)
    #expect(timing.guaranteedStart > 0 && timing.latestGivingUp > timing.guaranteedStart)
    let saturated = ProbeTiming(delay: Seconds(.max), period: Seconds(.max), failureThreshold: .max)
    #expect(saturated.latestGivingUp == Seconds(.max))
    #expect(saturated.failureTime.upperBound == Seconds(.max))
  }

  @Test func budgetsGrowWithTheirParts() {
    var numbers = SeededNumbers(state: 7)
    for _ in 0..<2000 {
      let probe = ProbeTiming(
        delay: Seconds(.random(in: 0...600, using: &numbers)), period: Seconds(.random(in: 1...60, using: &numbers)),
        timeout: Seconds(.random(in: 1...90, using: &numbers)),
        failureThreshold: .random(in: 1...40, using: &numbers))
      #expect(probe.guaranteedStart < probe.nominalStart && probe.nominalStart < probe.latestGivingUp)
      #expect(probe.failureTime.contains(probe.nominalFailureTime))
      var larger = probe
      larger.failureThreshold += 1
      #expect(larger.guaranteedStart == probe.guaranteedStart + probe.effectivePeriod)
      let need = Seconds(.random(in: 0...2000, using: &numbers))
      larger.failureThreshold = probe.failureThreshold(covering: need)
      #expect(larger.guaranteedStart >= need)
      larger.failureThreshold -= 1
      #expect(larger.failureThreshold == 0 || larger.guaranteedStart < need)
    }
  }
}
