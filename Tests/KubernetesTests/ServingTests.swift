import SourceText
import Testing

@testable import Kubernetes

@Suite struct ServingTests {
  /// How a Service with this spec serves the containers of a pod labelled `app: web, tier: front`.
  private func servings(_ service: String, _ containers: String) -> [[Serving]] {
    let found = objects(
      """
      {apiVersion: v1, kind: Service, metadata: {name: s}, spec: \(service)}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: p, labels: {app: web, tier: front}}, spec: {containers: \(containers)}}
      """)
    let services = found.compactMap(Service.init)
    return found.compactMap { Workload($0) }.flatMap { workload in
      workload.pod.containers.map { container in services.flatMap { $0.servings(of: container, in: workload) } }
    }
  }

  @Test func byNumberNameAndDefault() {
    let two = "[{name: a, ports: [{name: http, containerPort: 80}]}, {name: b, ports: [{containerPort: 81}]}]"
    #expect(servings("{selector: {app: web}, ports: [{port: 80}]}", two).map(\.count) == [1, 0])
    #expect(servings("{selector: {app: web}, ports: [{port: 9, targetPort: http}]}", two).map(\.count) == [1, 0])
    #expect(servings("{selector: {app: web}, ports: [{port: 9, targetPort: 81}]}", two).map(\.count) == [0, 1])
    #expect(servings("{selector: {app: web}, ports: [{port: 9, targetPort: https}]}", two).map(\.count) == [0, 0])
  }

  @Test func undeclaredNumbers() {
    let spec = "{selector: {app: web}, ports: [{port: 9}]}"
    #expect(servings(spec, "[{name: a}]").map { $0.map(\.certainty) } == [[.certain]])
    #expect(servings(spec, "[{name: a}, {name: b}]").map { $0.map(\.certainty) } == [[.possible], [.possible]])
  }

  @Test func transportsDiffer() {
    let udp = "[{name: a, ports: [{containerPort: 53, protocol: UDP}]}]"
    #expect(servings("{selector: {app: web}, ports: [{port: 53, protocol: UDP}]}", udp)[0].first?.containerPort != nil)
    #expect(servings("{selector: {app: web}, ports: [{port: 53}]}", udp)[0].first?.containerPort == nil)
  }

  @Test func unselected() {
    let one = "[{name: a, ports: [{containerPort: 80}]}]"
    #expect(servings("{selector: {}, ports: [{port: 80}]}", one).map(\.count) == [0])
    #expect(servings("{ports: [{port: 80}]}", one).map(\.count) == [0])
    #expect(servings("{selector: {app: web, tier: back}, ports: [{port: 80}]}", one).map(\.count) == [0])
    #expect(servings("{type: ExternalName, selector: {app: web}, ports: [{port: 80}]}", one).map(\.count) == [0])
  }

  @Test(arguments: [
    ("{}", true), ("{matchLabels: {app: web}}", true), ("{matchLabels: {app: api}}", false),
    ("{matchExpressions: [{key: app, operator: In, values: [web, api]}]}", true),
    ("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", false),
    ("{matchExpressions: [{key: other, operator: NotIn, values: [web]}]}", true),
    ("{matchExpressions: [{key: other, operator: In, values: [web]}]}", false),
    ("{matchExpressions: [{key: app, operator: Exists}]}", true),
    ("{matchExpressions: [{key: other, operator: DoesNotExist}]}", true),
    ("{matchLabels: {app: web}, matchExpressions: [{key: app, operator: DoesNotExist}]}", false),
    ("{matchExpressions: [{key: app, operator: Equals, values: [web]}]}", false),
  ])
  func labelSelectors(_ selector: String, _ matches: Bool) {
    let labels = Labels(documents("{app: web}")[0])
    #expect(Selector(documents(selector)[0], form: .labelSelector).matches(labels) == matches)
  }

  @Test func absentSelectsNothing() {
    #expect(!Selector(nil, form: .labelSelector).matches(Labels(nil)))
    #expect(!Selector(documents("{}")[0], form: .map).matches(Labels(nil)))
  }
}
