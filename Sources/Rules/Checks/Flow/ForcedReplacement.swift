import Delivery
import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `forced-replacement`: an object that cannot be patched is deleted and made anew.
  package static let forcedReplacement = Check.several([forcedCommand, forcedAnnotation, forcedApplication])

  private static let forcedCommand = Check.script { script, context in
    let commands = script.jobs.flatMap(\.commands)
    var silence: Outcome?
    let findings = commands.compactMap { command -> Finding? in
      guard let forced = ForcedCommand(command) else { return nil }
      switch forced.level(context.scope.delivered) {
      case .none:
        silence = .exempt("jobs-only")
        return nil
      case let level?:
        let edit = NodeEdit(title: "Delete the flag", change: .deleteScript(forced.place), isSafe: false)
        return context.finding(
          level, at: forced.place, holes: [Hole("flag", forced.flag), Hole("effect", forced.effect)], edits: [edit])
      }
    }
    if findings.isEmpty { return silence ?? (commands.isEmpty ? .notConcerned : .pass) }
    return .findings(findings)
  }

  private static let forcedAnnotation = Check.object { object, context in
    guard let options = object.metadata?["annotations"]?["argocd.argoproj.io/sync-options"],
      let text = options.scalar
    else { return .notConcerned }
    let words = Set(text.split(separator: ",").map { $0.filter { $0 != " " } })
    guard words.isSuperset(of: ["Replace=true", "Force=true"]) else { return .pass }
    if object.isKind("Job", group: "batch") { return .exempt("jobs-only") }
    return .finding(
      context.finding(
        ForcedCommand.level(ofKinds: [object.kind]) ?? .error, in: object, at: .value(options),
        holes: [Hole("flag", text), Hole("effect", ForcedCommand.replaces)]))
  }

  private static let forcedApplication = Check.object { object, context in
    guard object.kind == "Application", object.identity.group == "argoproj.io",
      let options = object.node.descend("spec", "syncPolicy", "syncOptions")
    else { return .notConcerned }
    let texts = options.items.compactMap(\.scalar)
    guard texts.contains("Replace=true"), let force = options.items.first(where: { $0.scalar == "Force=true" }) else {
      return .pass
    }
    return .finding(
      context.finding(
        .error, in: object, at: .value(force),
        holes: [Hole("flag", "Force=true"), Hole("effect", ForcedCommand.replaces)]))
  }
}

/// A command with a flag that replaces by force.
private struct ForcedCommand {
  let command: DeliveryCommand
  let flag: String
  let place: SourceRange
  let isConflictOnly: Bool

  static let replaces = "deletes and recreates what it cannot patch"

  var effect: String { isConflictOnly ? "takes over fields that others set" : Self.replaces }

  init?(_ command: DeliveryCommand) {
    guard let found = Self.flag(of: command) else { return nil }
    self.command = command
    flag = found.name
    place = command.source(found.range)
    isConflictOnly = found.name == "--force-conflicts"
  }

  private static func flag(of command: DeliveryCommand) -> (name: String, range: ByteRange)? {
    switch command.action {
    case .kubectl(let kubectl):
      guard !kubectl.isDryRun, kubectl.verb == .apply || kubectl.verb == .replace else { return nil }
      return first(["--force", "--force-conflicts"], kubectl.line)
    case .helm(let helm):
      guard !helm.isDryRun, [.install, .upgrade, .rollback].contains(helm.verb) else { return nil }
      return first(["--force", "--force-replace", "--force-conflicts"], helm.line)
    case .container: return nil
    case .other:
      guard command.isCall("argocd", "app", "sync"), command.words.contains(where: { $0.text.constant == "--replace" }),
        let force = command.words.first(where: { $0.text.constant == "--force" })
      else { return nil }
      return ("--force", force.range)
    }
  }

  private static func first(_ names: [String], _ line: ArgumentList) -> (name: String, range: ByteRange)? {
    names.lazy.compactMap { name in
      line.isSet(name) ? line.flag(name).map { (name, $0.range) } : nil
    }.first
  }

  /// Nil where only Jobs or custom resources are replaced.
  func level(_ objects: DeliveredObjects) -> Level? {
    if isConflictOnly { return .note }
    let join = TargetJoin(objects: objects)
    var kinds: [String] = []
    for target in command.creates {
      if let holdings = join.holdings(of: .init(target, in: command)) {
        kinds += holdings.map(\.object.kind)
      } else if case .object(let kind, _) = target.subject, let kind = kind.constant {
        kinds.append(kind.string)
      } else {
        return .error
      }
    }
    return Self.level(ofKinds: kinds)
  }

  private static let builtIn: Set<String> = [
    "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Pod", "Service", "Ingress",
    "DeploymentConfig", "Rollout", "PersistentVolumeClaim", "PersistentVolume", "Namespace", "ServiceAccount",
    "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy", "CronJob", "Role", "RoleBinding", "ClusterRole",
    "ClusterRoleBinding", "StorageClass", "CustomResourceDefinition",
  ]

  static func level(ofKinds kinds: [String]) -> Level? {
    if kinds.isEmpty || kinds.contains(where: builtIn.contains) { return .error }
    return kinds.contains { $0 == "ConfigMap" || $0 == "Secret" } ? .note : nil
  }
}
