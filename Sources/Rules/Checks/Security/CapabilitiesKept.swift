import Kubernetes

extension Check {
  /// `capabilities-kept`: a container keeps what runtimes grant by default.
  package static let capabilitiesKept = SecuritySubjects.container { subject in
    guard !subject.workload.pod.isWindows else { return .exempt("windows") }
    let security = subject.security
    guard !security.isPrivileged else { return .exempt("privileged") }
    let dropped = Set(security.droppedCapabilities.map(SecurityContext.capability))
    let required = subject.context.options.words("required").map { $0.uppercased() }
    guard !dropped.contains("ALL"), !required.contains(where: dropped.contains) else { return .pass }
    guard !SecurityContext.defaultCapabilities.isSubset(of: dropped) else { return .exempt("one-by-one") }
    let place: Place
    if let capabilities = security.container?["capabilities"] {
      place = capabilities["drop"].map(Place.key) ?? .absent(key: "drop", under: capabilities)
    } else {
      place = subject.place(of: "capabilities")
    }
    let edits =
      security.container?["capabilities"] == nil
      ? subject.setting("capabilities", to: "{drop: [ALL]}", isSafe: false) : []
    return subject.finding(.note, at: place, edits: edits)
  }
}
