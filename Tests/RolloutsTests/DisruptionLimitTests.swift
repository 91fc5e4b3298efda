import Kubernetes
import Testing

@testable import Rollouts

@Suite struct DisruptionLimitTests {
  @Test(arguments: [
    (DisruptionLimit.minAvailable(.pods(1)), 1, 0), (.minAvailable(.percent(50)), 1, 0),
    (.maxUnavailable(.percent(50)), 1, 1), (.minAvailable(.pods(1)), 2, 1), (.minAvailable(.percent(51)), 2, 0),
    (.minAvailable(.percent(66)), 3, 1), (.maxUnavailable(.percent(1)), 3, 1), (.maxUnavailable(.pods(0)), 3, 0),
    (.minAvailable(.percent(91)), 10, 0), (.minAvailable(.percent(90)), 10, 1), (.minAvailable(.pods(2)), 2, 0),
    (.maxUnavailable(.pods(5)), 2, 2), (.minAvailable(.pods(9)), 2, 0), (.neither, 4, 0), (.both, 4, 0),
  ])
  func table(_ limit: DisruptionLimit, _ expected: Int, _ allowed: Int) {
    #expect(limit.allowed(of: expected) == allowed)
  }

  @Test func constants() {
    #expect(DisruptionLimit.maxUnavailable(.percent(0)).blocksAlways)
    #expect(DisruptionLimit.minAvailable(.percent(100)).blocksAlways)
    #expect(DisruptionLimit.neither.blocksAlways)
    #expect(!DisruptionLimit.minAvailable(.pods(3)).blocksAlways)
    #expect(!DisruptionLimit.both.blocksAlways)
  }

  @Test func reading() {
    #expect(DisruptionLimit(spec: node("{minAvailable: 50%}")) == .minAvailable(.percent(50)))
    #expect(DisruptionLimit(spec: node("{maxUnavailable: 0}")) == .maxUnavailable(.pods(0)))
    #expect(DisruptionLimit(spec: node("{minAvailable: 1, maxUnavailable: 1}")) == .both)
    #expect(DisruptionLimit(spec: node("{minAvailable: null}")) == .neither)
    #expect(DisruptionLimit(spec: nil) == .neither)
    #expect(DisruptionLimit(spec: node("{minAvailable: many}")) == nil)
  }

  @Test func morePodsNeverAllowLess() {
    for percent in 0...100 {
      for expected in 0...60 {
        let most = DisruptionLimit.maxUnavailable(.percent(percent))
        let least = DisruptionLimit.minAvailable(.percent(percent))
        #expect(most.allowed(of: expected + 1) >= most.allowed(of: expected))
        #expect(least.allowed(of: expected) + (least.desired(of: expected) ?? 0) == expected)
        #expect(!most.blocksAlways || most.allowed(of: expected) == 0)
        #expect(!least.blocksAlways || least.allowed(of: expected) == 0)
      }
    }
  }
}
