import Kubernetes
import Testing

@testable import Rollouts

@Suite struct RollingUpdateTests {
  private func row(_ update: RollingUpdate, _ replicas: Int) -> [Int] {
    let step = update.step(replicas: replicas)
    return [step.surge, step.unavailable, step.availableMinimum, step.waves]
  }

  /// Replicas, then surge, unavailable, available, waves.
  @Test(arguments: [
    (1, [1, 0, 1, 1]), (2, [1, 0, 2, 2]), (3, [1, 0, 3, 3]), (4, [1, 1, 3, 2]), (5, [2, 1, 4, 2]), (10, [3, 2, 8, 2]),
  ])
  func defaultsOfDeployments(_ replicas: Int, _ expected: [Int]) {
    #expect(row(RollingUpdate(.deployment), replicas) == expected)
  }

  @Test(arguments: [(1, 1, 0), (2, 1, 1), (3, 1, 2), (4, 1, 3), (8, 2, 6)])
  func withoutSurge(_ replicas: Int, _ unavailable: Int, _ available: Int) {
    let step = RollingUpdate(.deployment, maxUnavailable: .percent(25), maxSurge: .pods(0)).step(replicas: replicas)
    #expect(step.unavailable == unavailable && step.availableMinimum == available)
    #expect(step.isForced == (replicas < 4))
  }

  @Test func everythingAtOnce() {
    let all = RollingUpdate(.deployment, maxUnavailable: .percent(100))
    for replicas in 1...50 { #expect(all.step(replicas: replicas).availableMinimum == 0) }
    let one = RollingUpdate(.deployment, maxUnavailable: .pods(1), maxSurge: .pods(1))
    #expect(one.step(replicas: 1).availableMinimum == 0)
  }

  /// What the controller's own comment lists: replicas, unavailable, surge, then the result.
  @Test(arguments: [
    (2, 1, 0, 0, 1), (1, 1, 0, 0, 1), (2, 25, 1, 1, 0), (1, 25, 1, 1, 0), (2, 0, 1, 1, 0), (1, 0, 1, 1, 0),
  ])
  func fencePosts(_ replicas: Int, _ unavailable: Int, _ surge: Int, _ added: Int, _ missing: Int) {
    let update = RollingUpdate(.deployment, maxUnavailable: .percent(unavailable), maxSurge: .percent(surge))
    #expect(update.step(replicas: replicas).surge == added)
    #expect(update.step(replicas: replicas).unavailable == missing)
  }

  @Test func otherControllersRoundUp() {
    #expect(RollingUpdate(.daemonSet, maxUnavailable: .percent(10)).step(replicas: 5).unavailable == 1)
    #expect(RollingUpdate(.daemonSet).step(replicas: 5) == RollingUpdate(.statefulSet).step(replicas: 5))
    #expect(RollingUpdate(.statefulSet, maxUnavailable: .percent(34), maxSurge: .pods(3)).step(replicas: 3).surge == 0)
    #expect(RollingUpdate(.statefulSet, maxUnavailable: .percent(34)).step(replicas: 3).unavailable == 2)
  }

  @Test func theWorstCountOfARange() {
    let update = RollingUpdate(.deployment, maxUnavailable: .pods(3), maxSurge: .pods(0))
    #expect(update.worstStep(in: 2...10)?.replicas == 2)
    #expect(update.worstStep(in: 0...0) == nil)
    #expect(update.worstStep(in: 0...4)?.replicas == 1)
    let rounded = RollingUpdate(.deployment, maxUnavailable: .percent(50), maxSurge: .pods(0))
    #expect(rounded.worstStep(in: 2...5)?.replicas == 2)
    #expect(rounded.worstStep(in: 3...5)?.replicas == 4)
    #expect(RollingUpdate.counts(in: 2...1000) == [2, 1000])
  }

  @Test func times() {
    let update = RollingUpdate(.deployment)
    #expect(update.longestTime(replicas: 10, perPod: 16, minReady: 10, gracePeriod: 30) == 52)
    let ordered = RollingUpdate(.statefulSet)
    #expect(ordered.longestTime(replicas: 3, perPod: 16, minReady: 0, gracePeriod: 30) == 138)
    #expect(ordered.longestTime(replicas: .max, perPod: Seconds(.max), minReady: 1, gracePeriod: 1) == Seconds(.max))
  }

  @Test func roundingNeverStopsARollout() {
    var numbers = SeededNumbers(state: 11)
    for _ in 0..<3000 {
      let percent = Int.random(in: 0...100, using: &numbers)
      let surge = Int.random(in: 0...100, using: &numbers)
      let update = RollingUpdate(.deployment, maxUnavailable: .percent(percent), maxSurge: .percent(surge))
      let replicas = Int.random(in: 1...500, using: &numbers)
      let step = update.step(replicas: replicas)
      #expect(step.surge + step.unavailable > 0)
      #expect((0...replicas).contains(step.availableMinimum))
      #expect(step.podsMaximum >= replicas)
      #expect(step.waves * step.batch >= replicas && (step.waves - 1) * step.batch < replicas)
      let up = Amount.percent(percent).of(replicas, rounding: .up)
      let down = Amount.percent(percent).of(replicas, rounding: .down)
      #expect((0...1).contains(up - down) && down * 100 <= percent * replicas && up * 100 >= percent * replicas)
      #expect(Amount.percent(percent).of(replicas + 1, rounding: .up) >= up)
      #expect(Amount.percent(percent + 1).of(replicas, rounding: .down) >= down)
    }
  }

  @Test func amounts() {
    let read = { (text: String) in node("a: \(text)")?["a"].flatMap(Amount.init) }
    #expect(read("25%") == .percent(25) && read("3") == .pods(3) && read("\"100%\"") == .percent(100))
    for text in ["\"3\"", "-5%", "a%", "[1]", "1.5%", "%"] { #expect(read(text) == nil, "\(text)") }
    #expect(read("99999999999999999999%") == .percent(Int(Int32.max)))
    #expect(Amount.percent(Int(Int32.max)).of(.max, rounding: .up) == .max)
  }

  @Test func strategies() {
    func isRolling(_ workload: Workload?) -> Bool {
      if case .rolling? = workload?.updateStrategy { true } else { false }
    }
    #expect(isRolling(workload(spec: "replicas: 1")))
    #expect(isRolling(workload("StatefulSet", spec: "updateStrategy: {rollingUpdate: {partition: 0}}")))
    #expect(!isRolling(workload(spec: "strategy: {type: Recreate}")))
    #expect(!isRolling(workload(spec: "strategy: {rollingUpdate: {maxSurge: x}}")))
    #expect(!isRolling(workload("DaemonSet", spec: "updateStrategy: {type: OnDelete}")))
    #expect(!isRolling(workload("ReplicaSet")))
  }
}
