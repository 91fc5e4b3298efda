import Kubernetes
import Testing

@testable import Rollouts

@Suite struct TerminationTests {
  @Test(arguments: [
    (["sleep", "10"], 10), (["/bin/sleep", "10"], 10), (["sh", "-c", "sleep 15"], 15),
    (["/bin/sh", "-c", "sleep 5 && nginx -s quit"], 5), (["bash", "-ec", "echo bye; sleep 2m; sleep 1"], 121),
    (["sleep", "1h"], 3600), (["sleep", "1.5m"], 90), (["sleep", "5", "5"], 10), (["sh", "-c", "sleep '7'"], 7),
    (["sh", "-c", "nginx -s quit\nsleep 3\n"], 3),
  ])
  func sleeps(_ words: [String], _ seconds: Int) { #expect(SleepCommand.time(of: words) == Seconds(seconds)) }

  @Test(arguments: [
    [], ["nginx", "-s", "quit"], ["sh", "-c", "sleep $WAIT"], ["sh", "/stop.sh"], ["sh", "-c", "kill 1"], ["sleep"],
    ["sh", "-c", "while true; do sleep 1; done"], ["sleep", "-5"], ["sleep", "1e9"], ["sleep", "99999999999999"],
    ["sh", "-c"],
  ])
  func unknownCommands(_ words: [String]) { #expect(SleepCommand.time(of: words) == nil) }

  @Test func hooks() throws {
    func drain(_ lifecycle: String) -> DrainDelay? { container("lifecycle: \(lifecycle)")?.0.drainDelay }
    #expect(drain("{preStop: {sleep: {seconds: 10}}}") == .known(10))
    #expect(drain("{preStop: {exec: {command: [sleep, \"10\"]}}}") == .known(10))
    #expect(drain("{preStop: {exec: {command: [sleep, 10]}}}") == .known(10))
    #expect(drain("{preStop: {httpGet: {port: 80}}}") == .unknown)
    #expect(drain("{preStop: {exec: {command: []}}}") == .unknown)
    #expect(drain("{preStop: {sleep: {seconds: x}}}") == .unknown)
    #expect(drain("{stopSignal: SIGQUIT}") == DrainDelay.none)
    #expect(drain("{preStop: {}}") == DrainDelay.none)
  }

  @Test func graces() throws {
    let (plain, pod) = try #require(container("image: web"))
    #expect(Termination(plain, in: pod) == Termination(gracePeriod: 30, drain: .none))
    #expect(Termination(gracePeriod: 45, drain: .known(10)).rest == 35)
    #expect(Termination(gracePeriod: 30, drain: .known(60)).rest == 0)
    #expect(Termination(drain: .unknown).rest == nil)
  }

  /// Grace, hook, work after it.
  @Test(arguments: [(45, 10, 0, true), (30, 60, 0, false), (30, 30, 0, false), (30, 10, 20, true), (30, 10, 21, false)])
  func timeLeft(_ grace: Int, _ hook: Int, _ work: Int, _ fits: Bool) {
    let end = Termination(gracePeriod: Seconds(grace), drain: .known(Seconds(hook)))
    #expect(end.leavesTime(for: Seconds(work)) == fits)
  }
}
