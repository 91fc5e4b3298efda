/// A Service, and which containers it serves.
package struct Service: Sendable {
  package let object: KubernetesObject

  package init?(_ object: KubernetesObject) {
    guard object.isKind("Service", group: "") else { return nil }
    self.object = object
  }

  package var spec: Node? { object.node["spec"] }
  package var name: String { object.name }
  package var selector: Selector { Selector(spec?["selector"], form: .map) }
  package var ports: [ServicePort] { (spec?["ports"]?.items ?? []).filter(\.isMapping).map(ServicePort.init) }
  package var isExternalName: Bool { spec?["type"]?.scalar == "ExternalName" }
  /// Pods get traffic before they are ready.
  package var publishesUnreadyPods: Bool { spec?["publishNotReadyAddresses"]?.boolean ?? false }

  package func selects(_ workload: Workload) -> Bool {
    !isExternalName && object.namespace == workload.object.namespace && selector.matches(workload.pod.labels)
  }
}

/// One entry of a Service's `ports`.
package struct ServicePort: Sendable {
  package let node: Node
  package var name: String? { node["name"]?.scalar }
  package var number: Int? { node["port"]?.integer }
  package var transport: String { node["protocol"]?.scalar ?? "TCP" }
  package var appProtocol: String? { node["appProtocol"]?.scalar }
  /// The container port asked for; by default the Service's own number.
  package var target: PortReference? {
    if let target = node["targetPort"].flatMap(PortReference.init) { return target }
    return number.map(PortReference.number)
  }
}

/// How a container is reached through a Service's port.
package struct Serving: Sendable {
  package enum Certainty: Hashable, Sendable {
    case certain
    /// No container declares the port and several could listen on it.
    case possible
  }
  package let service: Service
  package let servicePort: ServicePort
  /// The declared port that the target resolves to; nil when the number is not declared.
  package let containerPort: ContainerPort?
  package let certainty: Certainty
}

extension Service {
  /// The ways in which this Service serves `container` of `workload`.
  package func servings(of container: Container, in workload: Workload) -> [Serving] {
    guard selects(workload) else { return [] }
    return ports.compactMap { serving(of: container, in: workload, through: $0) }
  }

  private func serving(of container: Container, in workload: Workload, through port: ServicePort) -> Serving? {
    guard let target = port.target else { return nil }
    if let declared = container.ports.first(where: { $0.answers(to: target, transport: port.transport) }) {
      return Serving(service: self, servicePort: port, containerPort: declared, certainty: .certain)
    }
    guard case .number = target, container.role == .app else { return nil }
    let declares = { (other: Container) in other.ports.contains { $0.answers(to: target, transport: port.transport) } }
    guard !workload.pod.containers.contains(where: declares) else { return nil }
    let isAlone = workload.pod.appContainers.count == 1
    return Serving(
      service: self, servicePort: port, containerPort: nil, certainty: isAlone ? .certain : .possible)
  }
}

extension ContainerPort {
  /// Whether a Service's target of this transport reaches the port.
  func answers(to target: PortReference, transport wanted: String) -> Bool {
    transport == wanted && isNamed(by: target)
  }
}

extension Service {
  /// Clients get the addresses of pods instead of one that a proxy answers.
  package var isHeadless: Bool { spec?["clusterIP"]?.scalar == "None" }
}
