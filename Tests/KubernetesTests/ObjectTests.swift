import SourceText
import Testing

@testable import Kubernetes

/// The objects of a text in release namespace `shop`.
func objects(_ text: String) -> [KubernetesObject] {
  documents(text).flatMap { KubernetesObject.all(in: $0, releaseNamespace: "shop") }
}

@Suite struct ObjectTests {
  @Test func identity() {
    let found = objects(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: other}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: web}
      ---
      just: text
      """)
    #expect(found.map(\.identity.description) == ["Deployment/web", "Service/web", "ClusterRole/web"])
    #expect(found.map(\.namespace) == ["other", "shop", ""])
    #expect(found.map(\.identity.group) == ["apps", "", "rbac.authorization.k8s.io"])
    #expect(found.map(\.identity.apiVersion) == ["apps/v1", "v1", "rbac.authorization.k8s.io/v1"])
  }

  @Test func listsHoldObjects() {
    let found = objects(
      """
      apiVersion: v1
      kind: List
      items:
        - {apiVersion: v1, kind: Service, metadata: {name: a}}
        - {apiVersion: v1, kind: Service, metadata: {name: b}}
        - 7
      """)
    #expect(found.map(\.name) == ["a", "b"])
    #expect(found[1].metadata?.path.description == "items[1].metadata")
  }

  @Test func hooks() {
    let found = objects(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: a, annotations: {helm.sh/hook: "pre-install, pre-upgrade"}}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: b, annotations: {helm.sh/hook: test-success}}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: c}}
      """)
    #expect(found.map(\.hook.isHook) == [true, true, false])
    #expect(found.map(\.hook.isTest) == [false, true, false])
  }

  @Test func podTemplates() {
    let found = objects(
      """
      {apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {template: {spec: {}}}}}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {restartPolicy: Never}}
      ---
      {apiVersion: v1, kind: Pod, metadata: {name: c, ownerReferences: [{name: x}]}, spec: {}}
      ---
      {apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: d}, spec: {template: {spec: {}}}}
      ---
      {apiVersion: example.com/v1, kind: Deployment, metadata: {name: e}, spec: {template: {spec: {}}}}
      """)
    let workloads = found.compactMap { Workload($0) }
    #expect(workloads.map(\.object.name) == ["a", "b", "d"])
    #expect(workloads.map(\.kind) == [.cronJob, .pod, .custom])
    #expect(workloads.map(\.isLongRunning) == [false, false, true])
    #expect(workloads[0].pod.node.path.description == "spec.jobTemplate.spec.template")
  }

  @Test func containerRoles() {
    let pod = objects(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec:
        initContainers: [{name: migrate}, {name: proxy, restartPolicy: Always}]
        containers: [{name: web}]
      """
    ).compactMap { Workload($0) }[0].pod
    #expect(pod.containers.map(\.role) == [.app, .initial, .sidecar])
    #expect(pod.containers.map(\.title) == ["web", "init container migrate", "init container proxy"])
  }
}
