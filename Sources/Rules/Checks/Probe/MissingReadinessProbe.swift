import Diagnostics
import Kubernetes

extension Check {
  /// `missing-readiness-probe`: a served container counts as ready when its process starts.
  package static let missingReadinessProbe = Check.container { container, workload, context in
    if let clause = ProbeSubjects.exemption(of: container, in: workload) { return .exempt(clause) }
    guard container.node["readinessProbe"] == nil else { return .pass }
    let ignoredPorts = context.options.globs("ignorePorts")
    let exposure = Exposure(of: container, in: workload, joins: context.joins, ignoredPorts: ignoredPorts)
    let missing = MissingReadinessProbe(container: container, workload: workload, context: context)
    switch exposure {
    case .served(let serving): return .finding(missing.finding(.error, serving))
    case .excused(let clause): return .exempt(clause)
    case .possiblyServed(let serving):
      if context.isStrict { return .finding(missing.finding(.warning, serving)) }
      return .unknown(
        Undecided("which container of \(workload.object.identity) answers Service/\(serving.service.name)"))
    case .notServed:
      let ports = container.ports.filter { port in !ignoredPorts.contains { $0.matches(port.name ?? "") } }
      if context.isStrict, container.role == .app, !ports.isEmpty { return .finding(missing.finding(.warning, nil)) }
      return context.undecidedAboutServices(of: workload) ?? .exempt("not-served")
    }
  }
}

private struct MissingReadinessProbe {
  let container: Container
  let workload: Workload
  let context: CheckContext

  func finding(_ level: Level, _ serving: Serving?) -> Finding {
    var holes = [Hole("container", container.title)]
    var related: [Related] = []
    if let serving {
      holes.append(Hole("service", serving.service.name))
      if let selector = serving.service.spec?["selector"] {
        related.append(Related(.key(selector), "this Service sends it traffic"))
      }
      related.append(Related(.value(serving.servicePort.node), "through this port"))
    }
    return context.finding(
      level, in: workload.object, at: .absent(key: "readinessProbe", under: container.node), related: related,
      holes: holes, edits: isWritten ? [] : serving.map { [edit($0)] } ?? [])
  }

  /// The key is there without a value; a second one would not help.
  private var isWritten: Bool { container.node.entry("readinessProbe") != nil }

  /// A probe on the served port; where HTTP is spoken the path is left to be filled in.
  private func edit(_ serving: Serving) -> NodeEdit {
    let port = serving.containerPort?.name ?? serving.servicePort.target?.description ?? "TODO"
    let isHTTP = [serving.containerPort?.name, serving.servicePort.name].contains { $0?.hasPrefix("http") ?? false }
    let isTLS = [serving.containerPort?.name, serving.servicePort.name].contains { $0?.hasPrefix("https") ?? false }
    let scheme = isTLS ? ", scheme: HTTPS" : ""
    let probe = isHTTP ? "{httpGet: {path: /TODO, port: \(port)\(scheme)}}" : "{tcpSocket: {port: \(port)}}"
    return NodeEdit(
      title: "Add a readinessProbe on port \(port)",
      change: .insert(key: "readinessProbe", value: probe, into: container.node), isSafe: false)
  }
}

extension CheckContext {
  /// In a partial input the Service may simply be elsewhere; nil in a complete one.
  func undecidedAboutServices(of workload: Workload) -> Outcome? {
    guard !scope.isComplete else { return nil }
    return .unknown(Undecided("no Service in the input selects \(workload.object.identity) (input is partial)"))
  }
}
