import Kubernetes

/// Whom the probe rules ask: containers that run for long in pods of the release.
enum ProbeSubjects {
  /// The clause that exempts a container from every probe rule; nil when it is to be judged.
  static func exemption(of container: Container, in workload: Workload) -> String? {
    if workload.object.hook.isTest { return "test-object" }
    if workload.object.hook.isHook { return "hook" }
    if !workload.isLongRunning { return "short-running" }
    return container.role == .initial ? "init-container" : nil
  }
}

/// Whether a container gets traffic from Services of the scope, as the rules on missing probes see it.
enum Exposure {
  case served(Serving)
  /// It may be the one behind a port that no container declares.
  case possiblyServed(Serving)
  /// Only in a way that asks for no probe; the clause says which.
  case excused(String)
  case notServed

  init(of container: Container, in workload: Workload, joins: Joins, ignoredPorts: [Glob]) {
    let all = joins.servings(of: container, in: workload)
    let ready = all.filter { !$0.service.publishesUnreadyPods }
    let counted = ready.filter { serving in !ignoredPorts.contains { serving.hasName(matching: $0) } }
    if let certain = counted.first(where: { $0.certainty == .certain }) {
      self = .served(certain)
    } else if let possible = counted.first {
      self = .possiblyServed(possible)
    } else if !ready.isEmpty {
      self = .excused("metrics-port")
    } else {
      self = all.isEmpty ? .notServed : .excused("unready-pods-published")
    }
  }
}

extension Serving {
  fileprivate func hasName(matching glob: Glob) -> Bool {
    [servicePort.name, containerPort?.name].contains { $0.map(glob.matches) ?? false }
  }
}
