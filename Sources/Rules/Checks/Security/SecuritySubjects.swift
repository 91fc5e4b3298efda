import Diagnostics
import Kubernetes

/// Whom the security rules ask: pods of every kind, hooks and Jobs too, but not tests.
enum SecuritySubjects {
  /// The clause that exempts an object from every security rule; nil when it is to be judged.
  static func exemption(of object: KubernetesObject, _ context: CheckContext) -> String? {
    if object.hook.isTest { return "test-object" }
    let name = object.identity.description
    return context.options.globs("exempt").contains { $0.matches(name) } ? "exempt" : nil
  }

  /// Runs a body for the containers that are judged.
  static func container(
    _ body: @escaping @Sendable (ContainerSecurity) -> Outcome
  ) -> Check {
    Check.container { container, workload, context in
      if let clause = exemption(of: workload.object, context) { return .exempt(clause) }
      return body(ContainerSecurity(container: container, workload: workload, context: context))
    }
  }
}

/// A container with what decides over its rights.
struct ContainerSecurity {
  let container: Container
  let workload: Workload
  let context: CheckContext

  var security: SecurityContext { SecurityContext(of: container, in: workload.pod) }

  /// Where a field of the container's `securityContext` is, or is missing.
  func place(of field: String) -> Place {
    guard let own = security.container else { return .absent(key: "securityContext", under: container.node) }
    return own[field].map(Place.value) ?? .absent(key: field, under: own)
  }

  /// Sets a field of the container's `securityContext`.
  func setting(_ field: String, to value: String, isSafe: Bool) -> [NodeEdit] {
    let title = "Set `\(field): \(value)`"
    let change: NodeEdit.Change
    if let own = security.container {
      change = own[field].map { .replaceText($0, nil, with: value) } ?? .insert(key: field, value: value, into: own)
    } else {
      change = .insert(key: "securityContext", value: "{\(field): \(value)}", into: container.node)
    }
    return [NodeEdit(title: title, change: change, isSafe: isSafe)]
  }

  func finding(
    _ level: Level, at place: Place, related: [Related] = [], _ holes: [Hole] = [], edits: [NodeEdit] = []
  ) -> Outcome {
    .finding(
      context.finding(
        level, in: workload.object, at: place, related: related, holes: [Hole("container", container.title)] + holes,
        edits: edits))
  }
}
