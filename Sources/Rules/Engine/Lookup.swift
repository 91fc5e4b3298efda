import Kubernetes
import SourceText

/// Where a name leads that one object gives for another.
enum Lookup {
  case found(KubernetesObject)
  /// Only in another namespace.
  case elsewhere(KubernetesObject)
  /// Declared to live outside the input.
  case external
  /// Not here, though it is the release's own to make.
  case missing
  /// Not here, and maybe made by somebody else.
  case undecided(Undecided)
}

extension CheckContext {
  /// Looks an object up by its name.
  ///
  /// Absence is decided only in a complete scope, and only when the name is built from the release's own or the
  /// input is declared `isClosed`: Secrets, accounts and claims of other hands are named by plain text.
  func lookup(
    _ kind: ObjectKind, named node: Node, in namespace: String, isClosed: Bool = false, isOwn: Bool? = nil
  ) -> Lookup {
    let name = node.scalar ?? ""
    let namesakes = joins.objects(kind).filter { $0.name == name }
    if let object = namesakes.first(where: { $0.namespace == namespace }) { return .found(object) }
    if scope.external.contains("\(kind.kind)/\(name)") { return .external }
    if let object = namesakes.first { return .elsewhere(object) }
    guard scope.isComplete else {
      return .undecided(Undecided("\(kind.kind) `\(name)` is not in the input (input is partial)"))
    }
    guard isClosed || isOwn ?? isReleaseName(node) else {
      return .undecided(Undecided("\(kind.kind) `\(name)` is not in the input and may exist in the cluster"))
    }
    if !isClosed, let maker = maker(of: name) {
      return .undecided(Undecided("\(kind.kind) `\(name)` may be made by \(maker)"))
    }
    return .missing
  }

  /// Whether some of the bytes are the release's own name, or the value that takes its place.
  func isReleaseName(_ node: Node) -> Bool {
    parts(of: node, in: 0..<(node.scalarBytes?.count ?? 0)).contains { part in
      part.source.leaves.contains { leaf in
        if leaf == .builtIn("Release.Name") { return true }
        return leaf.valuesKey?.hasSuffix("fullnameOverride") ?? false
      }
    }
  }

  /// Where a reference is to be edited: at its key when the name comes from the release's own, which no one edits.
  func place(ofReference node: Node) -> Place { isReleaseName(node) ? .key(node) : .value(node) }

  /// What in the scope may make an object of this name at run time: a custom resource whose operator names things
  /// after it, or a program that is given the name.
  func maker(of name: String) -> String? {
    if let parent = joins.podMakers.first(where: { !$0.name.isEmpty && name.hasPrefix($0.name) }) {
      return parent.identity.description
    }
    let program = joins.workloads.first { workload in
      workload.pod.containers.contains { container in
        container.commandLine.contains { $0.scalar?.mentions(name) ?? false }
          || container.environment.contains { $0.value?.scalar?.mentions(name) ?? false }
      }
    }
    return program?.object.identity.description
  }
}

extension Joins {
  /// Whether an operator watches the object: it belongs to no group of Kubernetes itself.
  static func isCustom(_ object: KubernetesObject) -> Bool {
    let group = object.identity.group
    return group.contains(".") && (!group.hasSuffix(".k8s.io") || group == "autoscaling.k8s.io")
  }

  /// Custom resources whose operators may make pods, and what pods need.
  var podMakers: [KubernetesObject] {
    customObjects.filter { !Self.podless.contains(ObjectKind($0.kind, group: $0.identity.group)) }
  }

  /// Groups and kinds that are known to make no pods.
  private static let podless: Set<ObjectKind> = Set(
    [
      "monitoring.coreos.com": ["ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "ScrapeConfig"],
      "cert-manager.io": ["Certificate", "Issuer", "ClusterIssuer", "CertificateRequest"],
      "external-secrets.io": ["ExternalSecret", "SecretStore", "ClusterSecretStore", "ClusterExternalSecret"],
      "bitnami.com": ["SealedSecret"],
      "keda.sh": ["ScaledObject", "TriggerAuthentication", "ClusterTriggerAuthentication"],
      "autoscaling.k8s.io": ["VerticalPodAutoscaler"],
      "networking.istio.io": [
        "VirtualService", "DestinationRule", "ServiceEntry", "Sidecar", "EnvoyFilter", "WorkloadEntry",
      ],
      "security.istio.io": ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"],
      "telemetry.istio.io": ["Telemetry"],
      "traefik.io": [
        "IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "Middleware", "TLSOption", "TraefikService",
      ],
      "traefik.containo.us": ["IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "Middleware", "TLSOption"],
      "cilium.io": ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"],
      "crd.projectcalico.org": ["NetworkPolicy", "GlobalNetworkPolicy"],
      "projectcalico.org": ["NetworkPolicy", "GlobalNetworkPolicy"],
      "route.openshift.io": ["Route"], "security.openshift.io": ["SecurityContextConstraints"],
      "argoproj.io": ["Rollout", "AnalysisTemplate"], "apps.openshift.io": ["DeploymentConfig"],
      "gateway.networking.k8s.io": ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "ReferenceGrant"],
      "secrets-store.csi.x-k8s.io": ["SecretProviderClass"],
      "secrets.hashicorp.com": ["VaultStaticSecret", "VaultAuth"],
      "grafana.integreatly.org": ["GrafanaDashboard", "GrafanaDatasource", "GrafanaFolder"],
    ].flatMap { group, kinds in kinds.map { ObjectKind($0, group: group) } })
}

extension String {
  /// Whether the text holds the word whole: as an argument, after `=`, in a path or a list.
  fileprivate func mentions(_ word: String) -> Bool {
    guard !word.isEmpty, utf8.count >= word.utf8.count else { return false }
    let text = Array(utf8)
    let wanted = Array(word.utf8)
    let isWordByte = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    for start in 0...(text.count - wanted.count) where text[start..<start + wanted.count].elementsEqual(wanted) {
      let before = start == 0 || !isWordByte(text[start - 1])
      let end = start + wanted.count
      if before, end == text.count || !isWordByte(text[end]) { return true }
    }
    return false
  }
}
