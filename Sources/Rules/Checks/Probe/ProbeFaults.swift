import Diagnostics
import Kubernetes

/// Something in a probe for which the API server refuses the whole object.
struct ProbeFault {
  let place: Place
  /// Completes `will be rejected: …`.
  let reason: String
  /// What to do, as a sentence without its full stop.
  let remedy: String
  var edit: NodeEdit?
}

/// Validation of probes as kubernetes has it (pkg/apis/core/validation, `validateProbe` and its callers). Zero is the
/// API's word for "default" in thresholds, periods and timeouts, and is not refused.
enum ProbeFaults {
  static func all(in probe: Probe, of container: Container) -> [ProbeFault] {
    if container.role == .initial { return [onInitContainer(probe)] }
    return handlerFaults(probe) + numberFaults(probe) + thresholdFaults(probe) + graceFaults(probe)
  }

  private static func onInitContainer(_ probe: Probe) -> ProbeFault {
    ProbeFault(
      place: .key(probe.node), reason: "init containers that end have no probes",
      remedy: "Remove it, or make the container a sidecar with `restartPolicy: Always`")
  }

  // MARK: Handlers

  private static func handlerFaults(_ probe: Probe) -> [ProbeFault] {
    let handlers = probe.handlers
    if handlers.isEmpty {
      return [
        ProbeFault(
          place: .absent(key: likelyHandler(of: probe), under: probe.node), reason: "it has no handler",
          remedy: "Give it one of httpGet, tcpSocket, exec and grpc")
      ]
    }
    if handlers.count > 1 {
      let names = handlers.compactMap(\.node.key).joined(separator: " and ")
      return [
        ProbeFault(
          place: .key(handlers[1].node), reason: "it has more than one handler, \(names)", remedy: "Keep one of them")
      ]
    }
    return handlers.flatMap(contentFaults)
  }

  /// The handler that a misspelt key stands for, so that the finding on that key explains this one.
  private static func likelyHandler(of probe: Probe) -> String {
    let names = ["httpGet", "tcpSocket", "exec", "grpc"]
    for key in probe.node.children.compactMap(\.key) {
      let near = names.first {
        $0.lowercased() == key.lowercased() || editDistance(Array($0.utf8), Array(key.utf8)) <= 2
      }
      if let near { return near }
    }
    return names[0]
  }

  private static func contentFaults(_ handler: Probe.Handler) -> [ProbeFault] {
    switch handler {
    case .httpGet(let node), .tcpSocket(let node), .grpc(let node):
      guard node.isMapping, node["port"] == nil else { return [] }
      return [
        ProbeFault(
          place: .absent(key: "port", under: node), reason: "its \(node.key ?? "") names no port",
          remedy: "Add the port that the container listens on")
      ]
    case .exec(let node):
      guard node.isMapping, node["command"]?.items.isEmpty ?? true else { return [] }
      return [
        ProbeFault(
          place: node["command"].map(Place.key) ?? .absent(key: "command", under: node),
          reason: "its command is empty", remedy: "Add the command and its arguments")
      ]
    }
  }

  // MARK: Numbers

  private static let fields = [
    "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "successThreshold", "failureThreshold",
  ]

  private static func numberFaults(_ probe: Probe) -> [ProbeFault] {
    fields.compactMap { field in
      guard let node = probe.node[field], let number = node.integer, number < 0 else { return nil }
      return ProbeFault(
        place: .value(node), reason: "`\(field)` is \(number), below zero", remedy: "Use a positive number")
    }
  }

  private static func thresholdFaults(_ probe: Probe) -> [ProbeFault] {
    guard probe.purpose != .readiness, let node = probe.node["successThreshold"], let number = node.integer, number > 1
    else { return [] }
    let edit = NodeEdit(
      title: "Set successThreshold to 1", change: .replaceText(node, nil, with: "1"), isSafe: true)
    return [
      ProbeFault(
        place: .value(node), reason: "`successThreshold` must be 1 here, not \(number)",
        remedy: "Set it to 1 or leave it out", edit: edit)
    ]
  }

  private static func graceFaults(_ probe: Probe) -> [ProbeFault] {
    guard let node = probe.node["terminationGracePeriodSeconds"] else { return [] }
    if probe.purpose == .readiness {
      return [
        ProbeFault(
          place: .key(node), reason: "a readiness probe ends nothing, so it has no `terminationGracePeriodSeconds`",
          remedy: "Remove the field")
      ]
    }
    guard let number = node.integer, number < 1 else { return [] }
    return [
      ProbeFault(
        place: .value(node), reason: "`terminationGracePeriodSeconds` is \(number), below 1",
        remedy: "Use at least 1, or remove the field")
    ]
  }
}
