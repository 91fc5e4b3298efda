import Kubernetes

/// Where an Ingress or a route sends requests.
struct IngressBackend {
  /// The rule's host; empty for all.
  let host: String
  /// The path; nil for a default backend and for routes.
  let path: Node?
  let pathType: String
  /// The backend's mapping; nil where a path has none.
  let node: Node?
  /// What the finding points at when there is no backend.
  let owner: Node
  let service: Node?
  let namespace: String
  let port: Node?
  /// Another kind of object answers.
  let isResource: Bool

  /// As a message names it: `path `/api``, `default backend`, `rule`.
  var title: String {
    if let path { return "path `\(path.scalar ?? "")`" }
    if owner.parent?.key == "backendRefs" { return "rule" }
    return host.isEmpty ? "default backend" : "host `\(host)`"
  }

  /// All backends of an object; nil when it is no Ingress and no route.
  static func all(in object: KubernetesObject) -> [IngressBackend]? {
    switch (object.kind, object.identity.group) {
    case ("Ingress", "networking.k8s.io"), ("Ingress", "extensions"): ingress(object)
    case ("HTTPRoute", "gateway.networking.k8s.io"), ("GRPCRoute", "gateway.networking.k8s.io"): route(object)
    default: nil
    }
  }

  private static func ingress(_ object: KubernetesObject) -> [IngressBackend] {
    guard let spec = object.node["spec"] else { return [] }
    var result: [IngressBackend] = []
    if let backend = spec["defaultBackend"] ?? spec["backend"] {
      result.append(ingress(backend, host: "", path: nil, owner: backend, object))
    }
    for rule in spec["rules"]?.items ?? [] {
      for path in rule.descend("http", "paths")?.items ?? [] {
        result.append(
          ingress(path["backend"], host: rule["host"]?.scalar ?? "", path: path["path"], owner: path, object))
      }
    }
    return result
  }

  private static func ingress(
    _ backend: Node?, host: String, path: Node?, owner: Node, _ object: KubernetesObject
  ) -> IngressBackend {
    let isFirst = object.identity.version == "v1"
    let service = isFirst ? backend?["service"] : nil
    let port = service?["port"]
    return IngressBackend(
      host: host, path: path, pathType: owner["pathType"]?.scalar ?? "", node: backend, owner: owner,
      service: isFirst ? service?["name"] : backend?["serviceName"], namespace: object.namespace,
      port: isFirst ? port?["name"] ?? port?["number"] : backend?["servicePort"],
      isResource: backend?["resource"] != nil)
  }

  private static func route(_ object: KubernetesObject) -> [IngressBackend] {
    let rules = object.node.descend("spec", "rules")?.items ?? []
    return rules.flatMap { $0["backendRefs"]?.items ?? [] }.map { reference in
      let isService = (reference["kind"]?.scalar ?? "Service") == "Service" && (reference["group"]?.scalar ?? "") == ""
      return IngressBackend(
        host: object.node.descend("spec", "hostnames")?.items.first?.scalar ?? "", path: nil, pathType: "",
        node: reference, owner: reference, service: isService ? reference["name"] : nil,
        namespace: reference["namespace"]?.scalar ?? object.namespace, port: reference["port"],
        isResource: !isService)
    }
  }
}
