import Testing

@testable import Kubernetes

/// Views of the objects that scale, protect and reach workloads.
@Suite struct TrafficTests {
  private static let workload =
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {metadata: {labels: {app: web}}, "
    + "spec: {containers: [{name: web}]}}}}"

  private func autoscaler(_ kind: String, _ spec: String) -> Autoscaler? {
    let version = kind == "ScaledObject" ? "keda.sh/v1alpha1" : "autoscaling/v2"
    return objects("{apiVersion: \(version), kind: \(kind), metadata: {name: web}, spec: \(spec)}").first
      .flatMap(Autoscaler.init)
  }

  private var web: Workload? { objects(Self.workload).first.flatMap { Workload($0) } }

  @Test func bounds() {
    let plain = autoscaler("HorizontalPodAutoscaler", "{maxReplicas: 5}")
    #expect(plain?.minimum == 1 && plain?.maximum == 5)
    let scaled = autoscaler("ScaledObject", "{}")
    #expect(scaled?.minimum == 0 && scaled?.maximum == 100)
    #expect(autoscaler("HorizontalPodAutoscaler", "{minReplicas: many}")?.minimum == nil)
    #expect(autoscaler("HorizontalPodAutoscaler", "{minReplicas: -5}")?.minimum == 0)
  }

  @Test(arguments: [
    ("{apiVersion: apps/v1, kind: Deployment, name: web}", true), ("{kind: Deployment, name: web}", true),
    ("{apiVersion: extensions/v1beta1, kind: Deployment, name: web}", true),
    ("{apiVersion: example.com/v1, kind: Deployment, name: web}", false), ("{kind: Deployment, name: api}", false),
    ("{kind: StatefulSet, name: web}", false), ("{name: web}", false),
  ])
  func targets(_ target: String, _ hits: Bool) throws {
    let scaler = try #require(autoscaler("HorizontalPodAutoscaler", "{scaleTargetRef: \(target)}"))
    #expect(scaler.targets(try #require(web)) == hits)
  }

  @Test func scaledObjectsTargetDeployments() throws {
    let scaled = try #require(autoscaler("ScaledObject", "{scaleTargetRef: {name: web}}"))
    #expect(scaled.targets(try #require(web)))
  }

  @Test(arguments: [
    ("policy/v1", "{matchLabels: {app: web}}", true), ("policy/v1", "{}", true), ("policy/v1beta1", "{}", false),
    ("policy/v1", "{matchLabels: {app: api}}", false), ("policy/v1", "null", false),
  ])
  func budgets(_ version: String, _ selector: String, _ covers: Bool) throws {
    let budget = try #require(
      objects("{apiVersion: \(version), kind: PodDisruptionBudget, metadata: {name: b}, spec: {selector: \(selector)}}")
        .first.flatMap(DisruptionBudget.init))
    #expect(budget.selects(try #require(web)) == covers)
  }

  @Test func ingressesNameServices() throws {
    let paths = "[{path: /, backend: {service: {name: web}}}, {path: /old, backend: {serviceName: old}}]"
    let found = objects(
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: i, annotations: {kubernetes.io/ingress.class: alb}}
      spec: {defaultBackend: {service: {name: web}}, rules: [{http: {paths: \(paths)}}]}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: None}}
      """)
    let ingress = try #require(found.first.flatMap(Ingress.init))
    #expect(ingress.className == "alb")
    #expect(ingress.backendNames.map(\.scalar) == ["web", "web", "old"])
    let service = try #require(found.last.flatMap(Service.init))
    #expect(ingress.sends(to: service) && service.isHeadless)
  }

  @Test func claimsOfPods() throws {
    let pod = try #require(
      objects(
        "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {volumes: [{persistentVolumeClaim: {claimName: data}}, "
          + "{emptyDir: {}}, {persistentVolumeClaim: {claimName: [a]}}]}}"
      ).first.flatMap { Workload($0) })
    #expect(pod.pod.claims.map(\.name) == ["data"])
  }
}
