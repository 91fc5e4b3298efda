import Diagnostics
import Kubernetes

extension Check {
  /// `stateful-service-missing`: a StatefulSet whose pods get no names of their own.
  package static let statefulServiceMissing = Check.workload { workload, context in
    guard workload.kind == .statefulSet, let spec = workload.object.node["spec"] else { return .notConcerned }
    let check = StatefulService(workload: workload, context: context)
    guard let node = spec["serviceName"], let name = node.scalar, !name.isEmpty else {
      guard context.scope.targetMinorVersion < 33 else { return .exempt("optional-name") }
      let place = spec["serviceName"].map(Place.value) ?? .absent(key: "serviceName", under: spec)
      return .finding(check.finding(.error, at: place, [Hole("state", "names no Service")]))
    }
    guard !context.scope.external.contains("Service/\(name)") else { return .exempt("external") }
    let service = context.joins.services.first {
      $0.name == name && $0.object.namespace == workload.object.namespace
    }
    guard let service else {
      guard context.scope.isComplete else {
        return .unknown(Undecided("Service `\(name)` is not in the input (input is partial)"))
      }
      return .finding(check.finding(.error, at: .value(node), check.reason(name, "does not exist")))
    }
    let related = [Related(.object(service.object.node), "this Service")]
    if !service.selector.isEmpty, !service.selects(workload) {
      return .finding(check.finding(.error, at: .value(node), check.reason(name, "selects other pods"), related))
    }
    guard service.isHeadless else {
      return .finding(check.finding(.warning, at: .value(node), check.reason(name, "is not headless"), related))
    }
    return .pass
  }
}

private struct StatefulService {
  let workload: Workload
  let context: CheckContext

  func reason(_ service: String, _ reason: String) -> [Hole] { [Hole("service", service), Hole("reason", reason)] }

  func finding(_ level: Level, at place: Place, _ holes: [Hole], _ related: [Related] = []) -> Finding {
    context.finding(
      level, in: workload.object, at: place, related: related, holes: [Hole("name", workload.object.name)] + holes)
  }
}
