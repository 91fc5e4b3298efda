import Diagnostics
import Kubernetes

extension Check {
  /// `hardening-profile-missing`: all system calls are open to a container.
  package static let hardeningProfileMissing = SecuritySubjects.container { subject in
    guard !subject.workload.pod.isWindows else { return .exempt("windows") }
    guard !subject.security.isPrivileged else { return .exempt("privileged") }
    let profile = HardeningProfile(subject: subject)
    guard !profile.hasAppArmor else { return .exempt("app-armor") }
    guard let type = profile.type else {
      guard !profile.hasOldAnnotation else { return .exempt("old-annotation") }
      return subject.finding(
        .note, at: profile.absence, [Hole("state", "has no seccomp profile")], edits: profile.edits)
    }
    guard type.scalar == "Unconfined" else { return .pass }
    return subject.finding(.warning, at: .value(type), [Hole("state", "turns its seccomp profile off")])
  }
}

private struct HardeningProfile {
  let subject: ContainerSecurity

  private var pod: PodTemplate { subject.workload.pod }
  private var name: String { subject.container.name }

  /// The type of the seccomp profile that counts.
  var type: Node? {
    subject.security.container?.descend("seccompProfile", "type")
      ?? subject.security.pod?.descend("seccompProfile", "type")
  }

  var hasAppArmor: Bool {
    let field =
      subject.security.container?.descend("appArmorProfile", "type")
      ?? subject.security.pod?.descend("appArmorProfile", "type")
    if let field { return field.scalar != "Unconfined" }
    let annotation = pod.annotation("container.apparmor.security.beta.kubernetes.io/\(name)")
    return annotation.map { $0.scalar != "unconfined" } ?? false
  }

  /// The annotations of seccomp's alpha did their work until Kubernetes 1.26.
  var hasOldAnnotation: Bool {
    guard subject.context.scope.targetMinorVersion < 27 else { return false }
    let keys = ["container.seccomp.security.alpha.kubernetes.io/\(name)", "seccomp.security.alpha.kubernetes.io/pod"]
    return keys.contains { pod.annotation($0).map { $0.scalar != "unconfined" } ?? false }
  }

  var absence: Place {
    if let context = subject.security.pod { return .absent(key: "seccompProfile", under: context) }
    return subject.place(of: "seccompProfile")
  }

  var edits: [NodeEdit] {
    let value = "{type: RuntimeDefault}"
    let change: NodeEdit.Change =
      subject.security.pod.map { .insert(key: "seccompProfile", value: value, into: $0) }
      ?? .insert(key: "securityContext", value: "{seccompProfile: \(value)}", into: pod.spec)
    return [NodeEdit(title: "Use the runtime's profile for the pod", change: change, isSafe: true)]
  }
}
