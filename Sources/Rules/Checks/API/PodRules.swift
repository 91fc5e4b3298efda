import Kubernetes

/// What the API server checks in pods and pod templates beyond the types of fields.
struct PodRules {
  let workload: Workload

  var faults: [ValueFault] {
    restartFaults + containerFaults + hostPortFaults + volumeFaults
      + ValueFault.number(spec["terminationGracePeriodSeconds"], 0...Int.max)
      + ValueFault.number(spec["activeDeadlineSeconds"], 1...Int.max)
  }

  private var spec: Node { workload.pod.spec }
  private var items: [Node] { ["containers", "initContainers"].flatMap { spec[$0]?.items ?? [] }.filter(\.isMapping) }

  private var restartFaults: [ValueFault] {
    let allowed: [String]
    switch workload.kind {
    case .deployment, .statefulSet, .daemonSet, .replicaSet, .replicationController: allowed = ["Always"]
    case .job, .cronJob: allowed = ["OnFailure", "Never"]
    case .pod, .custom: return []
    }
    let words = allowed.map { "`\($0)`" }.joined(separator: " or ")
    let reason = "must be \(words) in a \(workload.object.kind)"
    guard let policy = spec["restartPolicy"], let text = policy.scalar, !text.isEmpty else {
      guard allowed.count > 1 else { return [] }
      return [
        ValueFault(
          at: .absent(key: "restartPolicy", under: spec), "\(reason); absent it is `Always`", remedy: "Write \(words)")
      ]
    }
    return allowed.contains(text) ? [] : [ValueFault(at: .value(policy), reason, remedy: "Write \(words)")]
  }

  // MARK: Containers

  private var containerFaults: [ValueFault] {
    var faults = ValueFault.duplicates(of: "name", in: items, "the name of another container of the pod")
    if let containers = spec["containers"], containers.isSequence, containers.childCount == 0 {
      faults.append(ValueFault(at: .key(containers), "needs at least one container", remedy: "Add a container"))
    }
    for container in items { faults += self.faults(of: container) }
    return faults
  }

  private func faults(of container: Node) -> [ValueFault] {
    var faults: [ValueFault] = []
    if let name = container["name"], let text = name.scalar, let fault = NameForm.label.fault(of: text) {
      faults.append(ValueFault(at: .value(name), "is no name of a container: \(fault)", remedy: "Write a DNS label"))
    }
    if container["image"] == nil {
      faults.append(ValueFault(at: .absent(key: "image", under: container), "is required", remedy: "Name an image"))
    }
    let ports = (container["ports"]?.items ?? []).filter(\.isMapping)
    for port in ports {
      faults += ValueFault.number(port["containerPort"], 1...65535) + ValueFault.number(port["hostPort"], 0...65535)
      if let name = port["name"], let text = name.scalar, !text.isEmpty, let fault = NameForm.portName.fault(of: text) {
        faults.append(
          ValueFault(
            at: .value(name), "is no name of a port: \(fault)",
            remedy: "Write up to 15 lower-case letters, digits and dashes, with a letter"))
      }
    }
    faults += ValueFault.duplicates(of: "name", in: ports, "the name of another port of the container")
    for probe in Probe.Purpose.allCases {
      for handler in ["httpGet", "tcpSocket"] {
        faults += ValueFault.portReference(container.descend(probe.rawValue, handler, "port"))
      }
    }
    for variable in container["env"]?.items ?? [] where variable["valueFrom"] != nil {
      guard let value = variable["value"], value.scalar?.isEmpty == false else { continue }
      faults.append(ValueFault(at: .key(value), "may not stand beside valueFrom", remedy: "Keep one of the two"))
    }
    return faults
  }

  /// Two containers cannot have one port of the node.
  private var hostPortFaults: [ValueFault] {
    var seen: Set<[String]> = []
    let ports = (spec["containers"]?.items ?? []).flatMap { $0["ports"]?.items ?? [] }
    return ports.compactMap { port in
      guard let node = port["hostPort"], let number = node.integer, number > 0 else { return nil }
      let key = [String(number), port["protocol"]?.scalar ?? "TCP", port["hostIP"]?.scalar ?? ""]
      guard !seen.insert(key).inserted else { return nil }
      return ValueFault(
        at: .value(node), "is a host port of this pod already", remedy: "Give each container a host port of its own")
    }
  }

  // MARK: Volumes

  private var volumeFaults: [ValueFault] {
    let volumes = (spec["volumes"]?.items ?? []).filter(\.isMapping)
    var faults = ValueFault.duplicates(of: "name", in: volumes, "the name of another volume")
    for volume in volumes {
      let sources = volume.children.filter { $0.key != "name" && !$0.isNull }
      if sources.count > 1 {
        faults.append(
          ValueFault(at: .key(sources[1]), "is a second source of one volume", remedy: "Keep one source"))
      }
    }
    return faults
  }
}
