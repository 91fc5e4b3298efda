import Kubernetes
import Testing

@testable import Rules

/// How many pods the engine thinks a workload has.
@Suite struct ReplicasTests {
  private func replicas(_ spec: String, kind: String = "Deployment", _ autoscaler: String? = nil) -> Replicas? {
    let workload =
      "{apiVersion: apps/v1, kind: \(kind), metadata: {name: web}, spec: {\(spec) template: {spec: {containers: []}}}}"
    let joins = Joins(scope(workload + (autoscaler.map { "\n---\n\($0)" } ?? "")), provenance: nil)
    return joins.workloads.first.flatMap { joins.replicas(of: $0) }
  }

  private func hpa(_ bounds: String) -> String {
    "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, "
      + "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, \(bounds)}}"
  }

  @Test func written() {
    #expect(replicas("replicas: 3,")?.range == 3...3)
    #expect(replicas("")?.range == 1...1)
    #expect(replicas("replicas: null,")?.range == 1...1)
    #expect(replicas("replicas: three,")?.range == nil)
    #expect(replicas("replicas: 9223372036854775807,")?.range == Int(Int32.max)...Int(Int32.max))
    #expect(replicas("replicas: -3,")?.range == 0...0)
  }

  @Test func autoscaled() {
    #expect(replicas("", hpa("maxReplicas: 5"))?.range == 1...5)
    #expect(replicas("replicas: 9,", hpa("minReplicas: 2, maxReplicas: 5"))?.range == 2...5)
    #expect(replicas("", hpa("minReplicas: 4, maxReplicas: 2"))?.range == 4...4)
    #expect(replicas("", hpa("minReplicas: 0, maxReplicas: 2"))?.updated == 1...2)
  }

  @Test func stopped() {
    #expect(replicas("replicas: 0,", hpa("maxReplicas: 5"))?.isStopped == true)
    #expect(replicas("replicas: 1,")?.isStopped == false)
  }

  @Test func notTold() { #expect(replicas("", kind: "DaemonSet") == nil) }
}
