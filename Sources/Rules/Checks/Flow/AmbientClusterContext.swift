import Delivery
import Diagnostics
import SourceText

extension Check {
  /// `ambient-cluster-context`: a command that goes wherever the current context points.
  package static let ambientClusterContext = Check.script { script, context in
    if context.isCalled(script) { return .exempt("called-script") }
    if context.options.globs("inCluster").contains(where: { $0.matches(script.file.path) }) {
      return .exempt("in-cluster")
    }
    guard let run = DeliveryRun.all(of: script).first else { return .notConcerned }
    var isChosen = run.usesOwnCluster
    var silence: Outcome?
    for command in run.commands {
      if command.choosesCluster {
        isChosen = true
        continue
      }
      guard command.isDeploy || !command.deletes.isEmpty else { continue }
      let line = command.kubectl?.line ?? command.helm?.line
      if let namespace = line?.flag("--namespace"), namespace.value?.text.constant == "default" {
        return .finding(
          context.finding(.warning, at: command.source(namespace.range), holes: [Hole("command", command.shown)]))
      }
      let names = ["--context", "--kube-context", "--kubeconfig", "--server", "--namespace"]
      if isChosen || names.contains(where: { line?.flag($0) != nil }) {
        silence = .exempt(isChosen ? "one-cluster" : "named-context")
        continue
      }
      return .finding(context.finding(.note, at: command.place, holes: [Hole("command", command.shown)]))
    }
    return silence ?? .notConcerned
  }
}

extension DeliveryCommand {
  /// From here on the run talks to one known cluster.
  fileprivate var choosesCluster: Bool {
    if let kubectl { return kubectl.verb == .other("config") }
    return isCall("aws", "eks", "update-kubeconfig") || isCall("gcloud", "container", "clusters", "get-credentials")
      || isCall("az", "aks", "get-credentials") || isCall("doctl", "kubernetes", "cluster", "kubeconfig")
      || isCall("oc", "login") || program == "kubectx" || isCall("argocd", "login")
  }
}
