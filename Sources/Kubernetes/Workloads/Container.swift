/// One container of a pod template. Ephemeral containers are never seen.
package struct Container: Sendable {
  package enum Role: Hashable, Sendable {
    case app
    /// An init container that keeps running: `restartPolicy: Always`.
    case sidecar
    /// An init container that runs to its end.
    case initial
  }

  package let node: Node
  package let role: Role

  package var name: String { node["name"]?.scalar ?? "" }
  /// As a message names it: `web`, `init container migrate`.
  package var title: String { role == .app ? name : "init container \(name)" }
  package var image: Node? { node["image"] }
  package var ports: [ContainerPort] { (node["ports"]?.items ?? []).filter(\.isMapping).map(ContainerPort.init) }

  package func probe(_ purpose: Probe.Purpose) -> Probe? {
    node[purpose.rawValue].flatMap { $0.isMapping ? Probe(node: $0, purpose: purpose) : nil }
  }
  /// The probes that are there, in the order startup, liveness, readiness.
  package var probes: [Probe] { Probe.Purpose.allCases.compactMap(probe) }
}

/// One entry of a container's `ports`.
package struct ContainerPort: Sendable {
  package let node: Node
  package var name: String? { node["name"]?.scalar }
  package var number: Int? { node["containerPort"]?.integer }
  package var transport: String { node["protocol"]?.scalar ?? "TCP" }

  /// Whether a reference means this port, by its name or number.
  package func isNamed(by reference: PortReference) -> Bool {
    switch reference {
    case .number(let number): self.number == number
    case .name(let name): self.name == name
    }
  }
}

/// A port as probes and Services refer to it.
package enum PortReference: Hashable, Sendable, CustomStringConvertible {
  case number(Int)
  case name(String)

  /// Nil for mappings and sequences. The kubelet takes a quoted number for a number.
  package init?(_ node: Node) {
    if let number = node.integer ?? node.scalar.flatMap({ Int($0) }) {
      self = .number(number)
    } else if let text = node.scalar {
      self = .name(text)
    } else {
      return nil
    }
  }

  package var number: Int? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  package var name: String? {
    guard case .name(let name) = self else { return nil }
    return name
  }

  package var description: String {
    switch self {
    case .number(let number): String(number)
    case .name(let name): name
    }
  }
}

/// A liveness, readiness or startup probe.
package struct Probe: Sendable {
  /// The raw value is the container's field.
  package enum Purpose: String, Hashable, Sendable, CaseIterable {
    case startup = "startupProbe"
    case liveness = "livenessProbe"
    case readiness = "readinessProbe"
  }

  /// How the kubelet asks.
  package enum Handler: Hashable, Sendable {
    case httpGet(Node)
    case tcpSocket(Node)
    case exec(Node)
    case grpc(Node)

    package var node: Node {
      switch self {
      case .httpGet(let node), .tcpSocket(let node), .exec(let node), .grpc(let node): node
      }
    }
  }

  package let node: Node
  package let purpose: Purpose

  /// The handlers that are written; a valid probe has exactly one.
  package var handlers: [Handler] {
    [
      node["httpGet"].map(Handler.httpGet), node["tcpSocket"].map(Handler.tcpSocket),
      node["exec"].map(Handler.exec), node["grpc"].map(Handler.grpc),
    ].compactMap { $0 }
  }

  package var handler: Handler? { handlers.count == 1 ? handlers.first : nil }

  /// The node that names the port to ask; nil for exec.
  package var port: Node? {
    switch handler {
    case .httpGet(let node), .tcpSocket(let node), .grpc(let node): node["port"]
    case .exec, nil: nil
    }
  }
}
