import Delivery
import Diagnostics
import Kubernetes
import SourceText

/// What a command does to a cluster or registry, as the flow rules sort commands.
extension DeliveryCommand {
  /// Changes what runs in a cluster.
  var isDeploy: Bool {
    switch action {
    case .kubectl(let command):
      guard !command.isDryRun else { return false }
      switch command.verb {
      case .apply, .replace: return true
      case .create, .run: return creates.contains { !$0.isPreparation }
      case .patch, .set, .scale: return true
      case .rollout(let verb): return verb == .restart || verb == .undo
      default: return false
      }
    case .helm(let command):
      return !command.isDryRun && [.install, .upgrade, .rollback].contains(command.verb)
    case .container: return false
    case .other: return isCall("argocd", "app", "sync") || isCall("oc", "new-app")
    }
  }

  var isPush: Bool {
    if case .container(let command) = action { return command.pushes }
    return false
  }

  /// Prints manifests.
  var isRender: Bool {
    switch action {
    case .helm(let command): return command.verb == .template
    case .kubectl(let command): return command.verb == .other("kustomize")
    case .container, .other: return program == "kustomize" || isCall("helmfile", "template")
    }
  }

  /// Waits until something is up.
  var isWait: Bool {
    switch action {
    case .kubectl(let command):
      if command.verb == .rollout(.status) { return true }
      guard command.verb == .wait, let condition = command.line.value("--for")?.text.shown.string.lowercased() else {
        return false
      }
      return ["ready", "available", "complete", "programmed", "established", "jsonpath"].contains {
        condition.contains($0)
      }
    case .helm(let command): return command.waits || command.verb == .test
    case .container: return false
    case .other:
      return isCall("argocd", "app", "wait") || isCall("kapp", "deploy") || isCall("flux", "reconcile")
        || isCall("cmctl", "check", "api") || isCall("skaffold", "run") || isCall("ct", "install")
        || isCall("oc", "rollout", "status")
    }
  }

  /// A loop or function of the script's own that looks whether something is up.
  var isWaitByHand: Bool {
    let words = ["wait", "await", "ready", "rollout"]
    let isNamed = (circumstances.callers + [program]).contains { name in
      let lower = name.string.lowercased()
      return words.contains { lower.contains($0) }
    }
    if isNamed { return true }
    guard case .kubectl(let command) = action, command.verb == .get else { return false }
    return circumstances.isRepeated
  }

  /// The program with its first words.
  func isCall(_ names: String...) -> Bool {
    guard program.string == names.first else { return false }
    let arguments = words.dropFirst().compactMap { $0.text.constant?.string }.filter { !$0.hasPrefix("-") }
    return arguments.starts(with: names.dropFirst())
  }

  var kubectl: KubectlCommand? {
    if case .kubectl(let command) = action { return command }
    return nil
  }

  var helm: HelmCommand? {
    if case .helm(let command) = action { return command }
    return nil
  }

  func source(_ range: ByteRange) -> SourceRange { SourceRange(place.file, range) }
}

extension DeliveryTarget {
  /// Namespaces, accounts and configuration are laid down before a deploy.
  var isPreparation: Bool {
    guard case .object(let kind, _) = subject else { return false }
    return [
      "Namespace", "ServiceAccount", "Secret", "ConfigMap", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding",
    ].contains(kind.constant?.string ?? "")
  }

  /// As a message names it.
  var title: String {
    switch subject {
    case .object(let kind, let name): "\(kind.shown)/\(name.shown)"
    case .selection(let kind, let selector?) where kind.constant == "all": "every object with `\(selector.shown)`"
    case .selection(let kind, let selector?): "every \(kind.shown) with `\(selector.shown)`"
    case .selection(let kind, nil): "every \(kind.shown)"
    case .manifests(let path, .chart): "what chart `\(path.shown)` renders"
    case .manifests(let path, _): "what `\(path.shown)` holds"
    case .stream: "what comes through the pipe"
    case .release(let name): "release \(name.shown)"
    }
  }
}

extension CheckContext {
  /// A finding on a script.
  func finding(
    _ level: Level, at place: SourceRange, label: String = "", related: [Related] = [], holes: [Hole],
    edits: [NodeEdit] = []
  ) -> Finding {
    Finding(
      rule: ruleID, level: level, object: nil, place: .script(place), label: label, related: related, holes: holes,
      edits: edits)
  }

  /// The level in a cluster that is made for the run: nothing in default, a note in strict.
  func level(_ level: Level, in run: DeliveryRun) -> Level? {
    guard run.usesOwnCluster else { return level }
    return isStrict ? .note : nil
  }

  /// Another script of the input calls this one, which is judged in its place there.
  func isCalled(_ script: DeliveryScript) -> Bool {
    scope.scripts.contains { $0.calledFiles.contains(script.file.path) && $0.file.path != script.file.path }
  }
}

extension DeliveryRun {
  /// Whether the run may apply a workload with this command: by what its files hold, or else by their names.
  static func mayApplyWorkload(_ command: DeliveryCommand, _ objects: DeliveredObjects) -> Bool {
    let rolling: Set<String> = ["Deployment", "StatefulSet", "DaemonSet", "DeploymentConfig", "Rollout"]
    return command.creates.contains { target in
      if let holdings = TargetJoin(objects: objects).holdings(of: .init(target, in: command)) {
        return holdings.contains { rolling.contains($0.object.kind) }
      }
      switch target.subject {
      case .object(let kind, _), .selection(let kind, _):
        return kind.constant.map { rolling.contains($0.string) } ?? true
      case .manifests(let path, _): return !ManifestPath(path).holdsNoWorkload
      case .stream: return true
      case .release: return false
      }
    }
  }
}

extension ManifestPath {
  private static let quietWords = [
    "crd", "crds", "customresource", "customresourcedefinition", "rbac", "namespace", "namespaces", "secret", "secrets",
    "configmap", "configmaps", "service", "services", "ingressclass", "issuer", "clusterissuer", "serviceaccount",
    "role",
    "roles", "rolebinding",
  ]

  /// A part of the path says that there is no workload.
  var holdsNoWorkload: Bool {
    let parts = shown.split { "/.-_".contains($0) }.map(String.init)
    return parts.contains { Self.quietWords.contains($0) }
  }
}
