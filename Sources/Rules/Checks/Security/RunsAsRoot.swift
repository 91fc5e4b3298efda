import Diagnostics
import Kubernetes

extension Check {
  /// `runs-as-root`: a container whose user may be root, or that cannot start because it is.
  package static let runsAsRoot = SecuritySubjects.container { subject in
    guard !subject.workload.pod.isWindows else { return .exempt("windows") }
    let users = UserCheck(subject: subject)
    if let contradiction = users.contradiction { return contradiction }
    guard subject.context.isStrict else { return .pass }
    guard subject.workload.pod.usesHostUsers else { return .exempt("own-users") }
    let findings = users.user + users.group
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct UserCheck {
  let subject: ContainerSecurity
  let security: SecurityContext

  init(subject: ContainerSecurity) {
    self.subject = subject
    security = subject.security
  }

  private var userNode: Node? { security.effective("runAsUser") }
  private var groupNode: Node? { security.effective("runAsGroup") }
  private var isNonRoot: Bool { security.effective("runAsNonRoot")?.boolean ?? false }

  /// The kubelet refuses to start user 0 where another one is demanded.
  var contradiction: Outcome? {
    guard isNonRoot, let user = userNode, user.integer == 0 else { return nil }
    let demand = security.effective("runAsNonRoot").map { [Related(.value($0), "this forbids it")] } ?? []
    return subject.finding(
      .error, at: .value(user), related: demand,
      [Hole("fault", "cannot start"), Hole("reason", "`runAsUser` is 0 and `runAsNonRoot` is true")])
  }

  var user: [Finding] {
    if let user = userNode, user.integer == 0 {
      return [finding(.value(user), "`runAsUser` is 0", overridden("runAsUser"))]
    }
    if let minimum = subject.context.options.optionalInteger("minimumUserId") {
      guard let user = userNode else { return [finding(absent("runAsUser"), "`runAsUser` is not set")] }
      guard let number = user.integer, number < minimum else { return [] }
      return [finding(.value(user), "`runAsUser` \(number) is below \(minimum)")]
    }
    guard userNode == nil, !isNonRoot else { return [] }
    if let demand = security.effective("runAsNonRoot") {
      return [finding(.value(demand), "`runAsNonRoot` is false", overridden("runAsNonRoot"))]
    }
    return [finding(absent("runAsNonRoot"), "neither `runAsNonRoot` nor `runAsUser` is set")]
  }

  var group: [Finding] {
    if let group = groupNode, group.integer == 0 { return [finding(.value(group), "`runAsGroup` is 0")] }
    guard let minimum = subject.context.options.optionalInteger("minimumGroupId") else { return [] }
    guard let group = groupNode else { return [finding(absent("runAsGroup"), "`runAsGroup` is not set")] }
    guard let number = group.integer, number < minimum else { return [] }
    return [finding(.value(group), "`runAsGroup` \(number) is below \(minimum)")]
  }

  /// The pod's field that the container's own takes the place of.
  private func overridden(_ field: String) -> [Related] {
    guard security.container?[field] != nil, let node = security.pod?[field] else { return [] }
    return [Related(.value(node), "the pod's setting, which is overridden")]
  }

  private func absent(_ field: String) -> Place {
    if let own = security.container { return .absent(key: field, under: own) }
    if let pod = security.pod { return .absent(key: field, under: pod) }
    return .absent(key: "securityContext", under: subject.container.node)
  }

  private func finding(_ place: Place, _ reason: String, _ related: [Related] = []) -> Finding {
    subject.context.finding(
      .warning, in: subject.workload.object, at: place, related: related,
      holes: [
        Hole("container", subject.container.title), Hole("fault", "may run as root"), Hole("reason", reason),
      ], edits: edits(for: place))
  }

  /// Demands another user at the pod's level when nobody says anything.
  private func edits(for place: Place) -> [NodeEdit] {
    guard case .absent = place, security.effective("runAsNonRoot") == nil else { return [] }
    let change: NodeEdit.Change =
      security.pod.map { .insert(key: "runAsNonRoot", value: "true", into: $0) }
      ?? .insert(key: "securityContext", value: "{runAsNonRoot: true}", into: subject.workload.pod.spec)
    return [NodeEdit(title: "Set `runAsNonRoot: true` for the pod", change: change, isSafe: false)]
  }
}
