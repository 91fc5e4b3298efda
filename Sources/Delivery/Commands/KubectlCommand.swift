import SourceText

/// A call of kubectl (or oc), by its own grammar.
package struct KubectlCommand: Sendable {
  package enum Verb: Hashable, Sendable {
    case apply, create, replace, delete, scale, run, expose, patch, set, edit, autoscale, get, wait
    case rollout(Rollout)
    /// Any other verb; empty when it is not known.
    case other(String)
  }

  package enum Rollout: String, Hashable, Sendable {
    case status, restart, undo, pause, resume, history
  }

  package var verb: Verb
  /// The verb's word or words.
  package var verbRange: ByteRange
  /// Flags and arguments without the verb.
  package var line: ArgumentList

  package var namespace: ResolvedText? {
    line.isSet("--all-namespaces") ? ResolvedText("*") : line.value("--namespace")?.text
  }
  package var context: ResolvedText? { line.value("--context")?.text ?? line.value("--kubeconfig")?.text }

  /// `--dry-run` in any form but `none`: nothing changes.
  package var isDryRun: Bool {
    guard let flag = line.flag("--dry-run") else { return false }
    return flag.value?.text.constant != "none" && flag.value?.text.constant != "false"
  }

  /// `--cascade=orphan` and its old spelling.
  package var leavesDependents: Bool {
    guard let flag = line.flag("--cascade") else { return false }
    return flag.value?.text.constant == "orphan" || flag.value?.text.constant == "false"
  }

  package var isForced: Bool { line.isSet("--force") }

  /// `kubectl apply --prune` removes what the files no longer hold.
  package var prunes: Bool { line.isSet("--prune") }

  package var isRecursive: Bool { line.isSet("--recursive") }

  /// The files, folders and URLs of `--filename`, or the kustomizations of `--kustomize`.
  func files(_ flag: String) -> [ResolvedWord] {
    line.values(flag).flatMap { word in
      word.text.split(at: ",").map { ResolvedWord($0, range: word.range, isAssumed: word.isAssumed) }
    }
  }

  /// Reads the words behind the program; nil when there is no verb.
  init?(_ words: ArraySlice<ResolvedWord>) {
    line = ArgumentList(words, grammar: .kubectl)
    guard let first = line.arguments.first else { return nil }
    verbRange = first.range
    let second = line.arguments.dropFirst().first
    verb = .other(first.text.constant?.string ?? "")
    var count = 1
    switch first.text.constant?.string {
    case "rollout":
      if let word = second, let rollout = word.text.constant.flatMap({ Rollout(rawValue: $0.string) }) {
        verb = .rollout(rollout)
        verbRange = verbRange.union(word.range)
        count = 2
      }
    case let name?: verb = KubectlCommand.verbs[name] ?? verb
    case nil: break
    }
    line = line.dropping(arguments: count)
  }

  private static let verbs: [String: Verb] = [
    "apply": .apply, "create": .create, "replace": .replace, "delete": .delete, "scale": .scale, "run": .run,
    "expose": .expose, "patch": .patch, "set": .set, "edit": .edit, "autoscale": .autoscale, "get": .get,
    "wait": .wait,
  ]

  /// The replicas that `scale` asks for.
  package var replicas: ResolvedText? { line.value("--replicas")?.text }
}

extension FlagGrammar {
  static let kubectl = FlagGrammar(
    valued: [
      "--namespace", "--context", "--cluster", "--user", "--kubeconfig", "--server", "--token", "--as", "--as-group",
      "--as-uid", "--cache-dir", "--certificate-authority", "--client-certificate", "--client-key", "--request-timeout",
      "--tls-server-name", "--username", "--password", "--v", "--vmodule", "--log-file", "--profile",
      "--profile-output", "--filename", "--kustomize", "--selector", "--field-selector", "--grace-period", "--timeout",
      "--output", "--template", "--field-manager", "--prune-allowlist", "--prune-whitelist", "--raw", "--replicas",
      "--current-replicas", "--resource-version", "--revision", "--to-revision", "--image", "--port", "--target-port",
      "--env", "--labels", "--overrides", "--override-type", "--restart", "--image-pull-policy", "--annotations",
      "--for", "--patch", "--patch-file", "--type", "--subresource", "--name", "--protocol", "--cluster-ip",
      "--external-ip", "--load-balancer-ip", "--session-affinity", "--generator", "--from-literal", "--from-file",
      "--from-env-file", "--docker-server", "--docker-username", "--docker-password", "--docker-email", "--cert",
      "--key", "--sort-by", "--label-columns", "--container", "--min", "--max", "--cpu", "--cpu-percent", "--memory",
      "--clusterrole", "--role", "--serviceaccount", "--group", "--verb", "--resource", "--resource-name", "--schedule",
      "--from", "--rule", "--class", "--default-backend", "--tcp", "--node-port", "--limits", "--requests", "--param",
      "--containers", "--chunk-size", "--max-log-requests", "--since", "--since-time", "--tail", "--duration",
    ],
    short: [
      "-n": "--namespace", "-f": "--filename", "-k": "--kustomize", "-l": "--selector", "-o": "--output",
      "-s": "--server", "-v": "--v", "-R": "--recursive", "-A": "--all-namespaces", "-c": "--container",
      "-p": "--patch", "-w": "--watch", "-i": "--stdin", "-t": "--tty", "-e": "--env", "-L": "--label-columns",
    ])
}
