import Kubernetes

/// What the author of a manifest says about how long a container takes to start, and what its probes allow.
package struct ContainerStart: Hashable, Sendable {
  package var startup: ProbeTiming?
  package var liveness: ProbeTiming?
  package var readiness: ProbeTiming?
  /// Said outright, by an option or annotation; zero when nobody did.
  package var expected: Seconds

  package init(
    startup: ProbeTiming? = nil, liveness: ProbeTiming? = nil, readiness: ProbeTiming? = nil, expected: Seconds = 0
  ) {
    self.startup = startup
    self.liveness = liveness
    self.readiness = readiness
    self.expected = expected
  }

  package init(_ container: Container, expected: Seconds) {
    self.init(
      startup: container.probe(.startup).map(ProbeTiming.init),
      liveness: container.probe(.liveness).map(ProbeTiming.init),
      readiness: container.probe(.readiness).map(ProbeTiming.init), expected: expected)
  }

  /// Who declares the longest time.
  package enum NeedSource: Hashable, Sendable {
    case readinessDelay
    case startupProbe
    case expectation
  }

  /// The longest start that the author provides for; zero when there is no sign of one.
  package var need: (time: Seconds, source: NeedSource) {
    let declared: [(time: Seconds, source: NeedSource)] = [
      (expected, .expectation), (readiness?.delay ?? 0, .readinessDelay),
      (startup?.guaranteedStart ?? 0, .startupProbe),
    ]
    return declared.reduce((0, .expectation)) { $1.time > $0.time ? $1 : $0 }
  }

  /// The longest time to readiness that the declared numbers allow (R_max): a start-up probe is used up to its end,
  /// without one the container starts as late as declared.
  package var worstTimeToReady: Seconds {
    let asked = readiness.map { $0.successThreshold * $0.effectivePeriod + $0.timeout } ?? 0
    if let startup { return startup.latestGivingUp + asked }
    return max(readiness?.delay ?? 0, expected) + asked
  }

  /// True when some number was chosen by the author; else the time to readiness only reflects the API's defaults.
  package var isDeclared: Bool { expected > 0 || startup != nil || (readiness?.delay ?? 0) > 0 }
}
