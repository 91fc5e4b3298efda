import Kubernetes
import Rollouts

extension CheckContext {
  /// The start time that somebody declares for the containers of a pod: an annotation of the template, else the rule's
  /// option; and the annotation's node.
  func expectedStart(of pod: PodTemplate) -> (time: Seconds, node: Node?) {
    let annotation = pod.node.descend("metadata", "annotations")?["slipway.dev/start-seconds"]
    if let annotation, let time = annotation.scalar.flatMap({ Int($0) }), time >= 0 {
      return (Seconds(time), annotation)
    }
    return (Seconds(max(0, options.integer("expectedStartSeconds"))), nil)
  }
}

extension Probe {
  /// The API server will take it, so that its numbers mean something.
  func isValid(in container: Container) -> Bool { ProbeFaults.all(in: self, of: container).isEmpty }

  /// The field that is written, else the probe's own key.
  func place(of fields: String...) -> Place {
    fields.lazy.compactMap { node[$0] }.first.map(Place.value) ?? .key(node)
  }

  /// Sets a field of the probe, whether it is written or not.
  func setting(_ field: String, to value: Int, title: String) -> NodeEdit {
    let change: NodeEdit.Change =
      node[field].map { .replaceText($0, nil, with: String(value)) }
      ?? .insert(key: field, value: String(value), into: node)
    return NodeEdit(title: title, change: change, isSafe: false)
  }

  /// Both ask the same question: the same kind of handler with the same arguments. A port's name equals the number
  /// that it names.
  func asksTheSame(as other: Probe, in container: Container) -> Bool {
    guard let mine = handler, let theirs = other.handler else { return false }
    switch (mine, theirs) {
    case (.httpGet(let left), .httpGet(let right)):
      return text(left, "path", "/") == text(right, "path", "/")
        && text(left, "scheme", "HTTP") == text(right, "scheme", "HTTP") && text(left, "host") == text(right, "host")
        && Self.port(left, container) == Self.port(right, container)
    case (.tcpSocket(let left), .tcpSocket(let right)):
      return text(left, "host") == text(right, "host") && Self.port(left, container) == Self.port(right, container)
    case (.grpc(let left), .grpc(let right)):
      return text(left, "service") == text(right, "service")
        && Self.port(left, container) == Self.port(right, container)
    case (.exec(let left), .exec(let right)):
      return left["command"]?.items.map(\.scalar) == right["command"]?.items.map(\.scalar)
    case (.httpGet, _), (.tcpSocket, _), (.exec, _), (.grpc, _): return false
    }
  }

  private func text(_ node: Node, _ key: String, _ absent: String = "") -> String { node[key]?.scalar ?? absent }

  private static func port(_ handler: Node, _ container: Container) -> PortReference? {
    guard let reference = handler["port"].flatMap(PortReference.init) else { return nil }
    guard case .name(let name) = reference else { return reference }
    return container.ports.first { $0.name == name }?.number.map(PortReference.number) ?? reference
  }
}
