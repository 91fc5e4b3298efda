import Kubernetes

/// What the API server checks beyond the types of fields, for the kinds that charts hold most.
struct ServerRules {
  let object: KubernetesObject

  var faults: [ValueFault] {
    var faults = objectFaults
    if let workload = Workload(object, customKinds: []) { faults += PodRules(workload: workload).faults }
    return faults
  }

  private var spec: Node? { object.node["spec"] }

  private var objectFaults: [ValueFault] {
    guard let spec else { return [] }
    switch (object.identity.group, object.kind) {
    case ("", "Service"): return serviceFaults(spec)
    case ("apps", "Deployment"): return countFaults(spec) + strategyFaults(spec["strategy"], spec)
    case ("apps", "DaemonSet"): return countFaults(spec) + strategyFaults(spec["updateStrategy"], spec)
    case ("apps", _): return countFaults(spec)
    case ("batch", "CronJob"): return scheduleFaults(spec) + countFaults(spec)
    case ("batch", "Job"): return countFaults(spec)
    case ("policy", "PodDisruptionBudget"): return budgetFaults(spec) + selectorFaults(spec["selector"])
    case ("autoscaling", "HorizontalPodAutoscaler"): return autoscalerFaults(spec)
    case ("networking.k8s.io", "Ingress"): return ingressFaults(spec)
    default: return []
    }
  }

  // MARK: Kinds

  private func serviceFaults(_ spec: Node) -> [ValueFault] {
    let ports = spec["ports"]?.items ?? []
    var faults: [ValueFault] = []
    if ports.isEmpty, spec["type"]?.scalar != "ExternalName", spec["clusterIP"]?.scalar != "None" {
      faults.append(
        ValueFault(at: .absent(key: "ports", under: spec), "is required", remedy: "Give the Service a port"))
    }
    for port in ports {
      faults +=
        ValueFault.number(port["port"], 1...65535) + ValueFault.number(port["nodePort"], 0...65535)
        + ValueFault.portReference(port["targetPort"])
      if ports.count > 1, port["name"] == nil {
        faults.append(
          ValueFault(
            at: .absent(key: "name", under: port), "is required where there are several ports", remedy: "Name each port"
          ))
      }
    }
    return faults + ValueFault.duplicates(of: "name", in: ports, "the name of another port")
  }

  private func strategyFaults(_ strategy: Node?, _ spec: Node) -> [ValueFault] {
    guard let strategy, let rolling = strategy["rollingUpdate"] else { return [] }
    if let type = strategy["type"]?.scalar, type == "Recreate" || type == "OnDelete" {
      return type == "Recreate"
        ? [ValueFault(at: .key(rolling), "may not stand beside `type: Recreate`", remedy: "Remove `rollingUpdate`")]
        : []
    }
    guard let unavailable = rolling["maxUnavailable"], let surge = rolling["maxSurge"], Self.isZero(unavailable),
      Self.isZero(surge)
    else { return [] }
    return [
      ValueFault(
        at: .value(unavailable), "may not be zero when maxSurge is zero too: no pod could be replaced",
        remedy: "Allow one pod more or one pod less during an update")
    ]
  }

  private static func isZero(_ node: Node) -> Bool { node.scalar == "0" || node.scalar == "0%" }

  private func scheduleFaults(_ spec: Node) -> [ValueFault] {
    var faults: [ValueFault] = []
    if let schedule = spec["schedule"], let text = schedule.string {
      do throws(CronSchedule.Fault) {
        _ = try CronSchedule(text)
      } catch {
        faults.append(
          ValueFault(
            at: .value(schedule), "is not a schedule: \(error.reason)",
            remedy: "Write minute, hour, day of month, month and day of week, such as `30 2 * * *`"))
      }
    }
    if let zone = spec["timeZone"], let text = zone.scalar, Self.isNoTimeZone(text) {
      faults.append(
        ValueFault(at: .value(zone), "is not a time zone", remedy: "Write a name such as `Europe/Berlin` or `Etc/UTC`"))
    }
    return faults
  }

  private static func isNoTimeZone(_ text: String) -> Bool {
    text.isEmpty || text.lowercased() == "local"
      || !text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "/_+-".utf8.contains(byte)
      }
  }

  private func budgetFaults(_ spec: Node) -> [ValueFault] {
    guard spec["minAvailable"] != nil, let maximum = spec["maxUnavailable"] else { return [] }
    return [
      ValueFault(at: .key(maximum), "may not stand beside minAvailable", remedy: "Keep one of the two")
    ]
  }

  private func autoscalerFaults(_ spec: Node) -> [ValueFault] {
    ValueFault.number(spec["maxReplicas"], 1...Int(Int32.max))
      + ValueFault.number(spec["minReplicas"], 0...Int(Int32.max))
  }

  private func ingressFaults(_ spec: Node) -> [ValueFault] {
    let paths = (spec["rules"]?.items ?? []).flatMap { $0.descend("http", "paths")?.items ?? [] }
    let backends = paths.compactMap { $0["backend"] } + [spec["defaultBackend"]].compactMap { $0 }
    var faults: [ValueFault] = []
    for backend in backends {
      if let service = backend["service"], service["port"] == nil {
        faults.append(
          ValueFault(at: .absent(key: "port", under: service), "is required", remedy: "Name the port of the Service"))
      }
      faults += ValueFault.number(backend.descend("service", "port", "number"), 1...65535)
    }
    for path in paths where path["pathType"]?.scalar != "ImplementationSpecific" {
      if let text = path["path"], text.scalar?.hasPrefix("/") == false {
        faults.append(ValueFault(at: .value(text), "must start with `/`", remedy: "Write an absolute path"))
      }
    }
    return faults
  }

  // MARK: Numbers and selectors

  private func countFaults(_ spec: Node) -> [ValueFault] {
    let names = [
      "replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds", "parallelism", "completions",
      "backoffLimit", "ttlSecondsAfterFinished", "successfulJobsHistoryLimit", "failedJobsHistoryLimit",
      "startingDeadlineSeconds",
    ]
    let selector = object.identity.group == "apps" ? selectorFaults(spec["selector"]) : []
    return names.flatMap { ValueFault.number(spec[$0], 0...Int.max) } + selector
  }

  private func selectorFaults(_ selector: Node?) -> [ValueFault] {
    (selector?["matchExpressions"]?.items ?? []).compactMap { expression -> ValueFault? in
      let values = expression["values"]?.items ?? []
      switch expression["operator"]?.scalar {
      case "In", "NotIn":
        guard values.isEmpty, let sign = expression["operator"] else { return nil }
        return ValueFault(at: .value(sign), "needs values", remedy: "List the values")
      case "Exists", "DoesNotExist":
        guard !values.isEmpty, let node = expression["values"] else { return nil }
        return ValueFault(at: .key(node), "must be empty for this operator", remedy: "Remove the values")
      default: return nil
      }
    }
  }
}

// MARK: - Faults of fields

extension ValueFault {
  /// A number outside of a range. Other types are the schema's to judge.
  static func number(_ node: Node?, _ range: ClosedRange<Int>) -> [ValueFault] {
    guard let node, let number = node.integer, !range.contains(number) else { return [] }
    let reason =
      range.upperBound == Int.max
      ? "is less than \(range.lowerBound)" : "is outside \(range.lowerBound)–\(range.upperBound)"
    return [ValueFault(at: .value(node), reason, remedy: "Write a number in range")]
  }

  /// A port's name or number, as probes and Services refer to it.
  static func portReference(_ node: Node?) -> [ValueFault] {
    guard let node, let reference = PortReference(node) else { return [] }
    if case .number = reference, node.string != nil {
      return [
        ValueFault(
          at: .value(node), "is a text, so it is taken for the name of a port, which needs a letter",
          remedy: "Leave out the quotes")
      ]
    }
    switch reference {
    case .number: return number(node, 1...65535)
    case .name(let name):
      guard let fault = NameForm.portName.fault(of: name) else { return [] }
      return [ValueFault(at: .value(node), "is no name of a port: \(fault)", remedy: "Write the name of a port")]
    }
  }

  /// Items whose field equals that of an earlier item.
  static func duplicates(of key: String, in items: [Node], _ what: String) -> [ValueFault] {
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let node = item[key], let text = node.scalar, !text.isEmpty, !seen.insert(text).inserted else { return nil }
      return ValueFault(at: .value(node), "is \(what) already", remedy: "Write another name")
    }
  }
}
