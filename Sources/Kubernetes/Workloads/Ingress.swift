/// An Ingress, as far as the Services behind it matter.
package struct Ingress: Sendable {
  package let object: KubernetesObject

  package init?(_ object: KubernetesObject) {
    guard object.kind == "Ingress", ["networking.k8s.io", "extensions"].contains(object.identity.group) else {
      return nil
    }
    self.object = object
  }

  package var spec: Node? { object.node["spec"] }
  package var annotations: Node? { object.metadata?["annotations"] }

  /// By field or by the annotation that came before it.
  package var className: String? {
    spec?["ingressClassName"]?.scalar ?? annotations?["kubernetes.io/ingress.class"]?.scalar
  }

  /// The nodes that name Services, in document order: `service.name`, and `serviceName` of the older API.
  package var backendNames: [Node] {
    let paths = (spec?["rules"]?.items ?? []).flatMap { $0.descend("http", "paths")?.items ?? [] }
    let backends = [spec?["defaultBackend"] ?? spec?["backend"]] + paths.map { $0["backend"] }
    return backends.compactMap { $0?.descend("service", "name") ?? $0?["serviceName"] }
  }

  package func sends(to service: Service) -> Bool {
    object.namespace == service.object.namespace && backendNames.contains { $0.scalar == service.name }
  }
}
