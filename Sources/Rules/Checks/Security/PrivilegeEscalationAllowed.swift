import Kubernetes

extension Check {
  /// `privilege-escalation-allowed`: a program in the container may become root.
  package static let privilegeEscalationAllowed = SecuritySubjects.container { subject in
    guard !subject.workload.pod.isWindows else { return .exempt("windows") }
    let security = subject.security
    let field = security.container?["allowPrivilegeEscalation"]
    let edits = subject.setting("allowPrivilegeEscalation", to: "false", isSafe: true)
    guard let field, field.boolean == false else {
      let value = field?.scalar.map { "`\($0)`" } ?? "not set"
      return subject.finding(
        .warning, at: subject.place(of: "allowPrivilegeEscalation"),
        [Hole("fault", "`allowPrivilegeEscalation` is \(value)")], edits: edits)
    }
    let administrator = security.addedCapabilities.first { SecurityContext.capability($0) == "SYS_ADMIN" }
    let contradiction = security.isPrivileged ? security.container?["privileged"] : administrator
    guard let contradiction else { return .pass }
    let reason = security.isPrivileged ? "it is privileged" : "it has the capability SYS_ADMIN"
    return subject.finding(
      .warning, at: .value(field), related: [Related(.value(contradiction), "this contradicts it")],
      [Hole("fault", "`allowPrivilegeEscalation` cannot be false while \(reason)")])
  }
}
