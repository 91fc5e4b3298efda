import SourceText

/// A call of Helm 3 or 4, or of Slipway, which renders with Helm's flags; by their own grammar.
package struct HelmCommand: Sendable {
  package enum Verb: Hashable, Sendable {
    case install, upgrade, uninstall, rollback, template, test
    /// Any other verb; empty when it is not known.
    case other(String)
  }

  package var verb: Verb
  package var verbRange: ByteRange
  /// Flags and arguments without the verb.
  package var line: ArgumentList
  /// The directory that the script went to; nil at the start.
  var directory: ResolvedText?

  package var namespace: ResolvedText? { line.value("--namespace")?.text }
  package var context: ResolvedText? { line.value("--kube-context")?.text }

  package var isDryRun: Bool {
    guard let flag = line.flag("--dry-run") else { return false }
    return flag.value?.text.constant != "none" && flag.value?.text.constant != "false"
  }

  /// `upgrade --install`
  package var installsWhenMissing: Bool { verb == .install || line.isSet("--install") }

  /// True when the command returns only after the pods are ready, in Helm 3 or 4.
  package var waits: Bool {
    if line.isSet("--atomic") || line.isSet("--rollback-on-failure") { return true }
    guard let wait = line.flag("--wait") else { return false }
    return wait.value?.text.constant != "false" && wait.value?.text.constant != "hookOnly"
  }

  /// The releases that the command names.
  package var releases: [ResolvedWord] {
    switch verb {
    case .uninstall: line.arguments
    case .install, .template: line.arguments.count > 1 ? [line.arguments[0]] : line.values("--name")
    case .upgrade, .rollback, .test: Array(line.arguments.prefix(1))
    case .other: []
    }
  }

  /// The chart that is installed.
  package var chart: ResolvedWord? {
    switch verb {
    case .install, .template: line.arguments.count > 1 ? line.arguments[1] : line.arguments.first
    case .upgrade: line.arguments.dropFirst().first
    case .uninstall, .rollback, .test, .other: nil
    }
  }

  /// Reads the words behind the program; nil when there is no verb.
  init?(_ words: ArraySlice<ResolvedWord>) {
    line = ArgumentList(words, grammar: .helm)
    guard let first = line.arguments.first else { return nil }
    verbRange = first.range
    let name = first.text.constant?.string ?? ""
    verb = HelmCommand.verbs[name] ?? .other(name)
    line = line.dropping(arguments: 1)
  }

  private static let verbs: [String: Verb] = [
    "install": .install, "upgrade": .upgrade, "uninstall": .uninstall, "delete": .uninstall, "del": .uninstall,
    "un": .uninstall, "rollback": .rollback, "template": .template, "render": .template, "test": .test,
  ]
}

extension FlagGrammar {
  static let helm = FlagGrammar(
    valued: [
      "--namespace", "--kube-context", "--kubeconfig", "--kube-apiserver", "--kube-as-group", "--kube-as-user",
      "--kube-ca-file", "--kube-token", "--kube-tls-server-name", "--registry-config", "--repository-cache",
      "--repository-config", "--burst-limit", "--qps", "--values", "--set", "--set-string", "--set-file", "--set-json",
      "--set-literal", "--version", "--repo", "--username", "--password", "--ca-file", "--cert-file", "--key-file",
      "--keyring", "--timeout", "--history-max", "--description", "--name-template", "--post-renderer",
      "--post-renderer-args", "--labels", "--output", "--output-dir", "--show-only", "--api-versions",
      "--kube-version", "--color", "--cascade", "--filter", "--name", "--tiller-namespace", "--revision",
    ],
    short: [
      "-n": "--namespace", "-f": "--values", "-i": "--install", "-o": "--output", "-s": "--show-only",
      "-a": "--api-versions", "-l": "--labels", "-g": "--generate-name",
    ])
}
