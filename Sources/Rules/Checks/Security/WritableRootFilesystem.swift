import Kubernetes

extension Check {
  /// `writable-root-filesystem`: a container that can replace its own programs.
  package static let writableRootFilesystem = SecuritySubjects.container { subject in
    guard !subject.workload.pod.isWindows else { return .exempt("windows") }
    let isInit = subject.container.role != .app
    guard !isInit || subject.context.options.boolean("initContainers") else { return .exempt("init-containers-off") }
    let field = "readOnlyRootFilesystem"
    guard subject.security.container?[field]?.boolean != true else { return .pass }
    return subject.finding(
      .note, at: subject.place(of: field), edits: subject.setting(field, to: "true", isSafe: false))
  }
}
