import Kubernetes

extension Check {
  /// `privileged-container`: a container that owns its node.
  package static let privilegedContainer = SecuritySubjects.container { subject in
    let security = subject.security
    if security.isPrivileged, let node = security.container?["privileged"] {
      return subject.finding(
        .error, at: .value(node), edits: [NodeEdit(title: "Delete the line", change: .removeEntry(node), isSafe: true)])
    }
    if let node = security.hostProcess, node.boolean == true { return subject.finding(.error, at: .value(node)) }
    return .pass
  }
}
