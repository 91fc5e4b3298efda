import Testing

@testable import Kubernetes

/// The views of pods that the rules on configuration, resources and security read.
@Suite struct PodModelTests {
  private func workload(_ spec: String, kind: String = "Pod") -> Workload? {
    objects("{apiVersion: v1, kind: \(kind), metadata: {name: p}, spec: \(spec)}").first.flatMap { Workload($0) }
  }

  @Test func references() throws {
    let pod = try #require(
      workload(
        """
        {volumes: [{name: a, configMap: {name: c, items: [{key: k, path: p}]}}, {name: b, secret: {secretName: s, optional: true}},
        {name: d, persistentVolumeClaim: {claimName: v}}, {name: e, projected: {sources: [{secret: {name: t}}, {configMap: {name: u}}]}}],
        containers: [{name: web, env: [{name: A, valueFrom: {secretKeyRef: {name: x, key: y}}}],
        envFrom: [{configMapRef: {name: z}}], volumeMounts: [{name: a, mountPath: /a}]}]}
        """
      )
    ).pod
    #expect(pod.configReferences.map(\.name) == ["c", "s", "v", "t", "u", "x", "z"])
    #expect(
      pod.configReferences.map(\.kind).map(\.rawValue).prefix(3) == ["ConfigMap", "Secret", "PersistentVolumeClaim"])
    #expect(pod.configReferences.filter(\.isOptional).map(\.name) == ["s"])
    #expect(pod.configReferences.flatMap(\.keys).compactMap(\.scalar) == ["k", "y"])
    let container = try #require(pod.containers.first)
    #expect(pod.references(of: container).map(\.name) == ["x", "z", "c"])
  }

  @Test func namelessReferencesAreNone() {
    let pod = workload(
      "{volumes: [{configMap: {}}, {secret: a}, []], containers: [{envFrom: [{}], env: [a, {value: b}]}]}")
    #expect(pod?.pod.configReferences.isEmpty == true)
  }

  @Test(arguments: [
    ("{runAsUser: 1}", "{runAsUser: 2}", "2"), ("{runAsUser: 1}", "{}", "1"), ("{}", "{runAsUser: 2}", "2"),
    ("{runAsUser: 1}", "{runAsUser: null}", "1"),
  ])
  func containersInheritAndOverride(_ pod: String, _ container: String, _ expected: String) throws {
    let found = try #require(
      workload("{securityContext: \(pod), containers: [{name: web, securityContext: \(container)}]}")
    ).pod
    let context = SecurityContext(of: found.containers[0], in: found)
    #expect(context.effective("runAsUser")?.scalar == expected)
  }

  @Test func capabilities() throws {
    let found = try #require(
      workload("{containers: [{securityContext: {capabilities: {add: [cap_sys_admin, NET_RAW], drop: [all]}}}]}")
    ).pod
    let context = SecurityContext(of: found.containers[0], in: found)
    #expect(context.addedCapabilities.map(SecurityContext.capability) == ["SYS_ADMIN", "NET_RAW"])
    #expect(context.droppedCapabilities.map(SecurityContext.capability) == ["ALL"])
    #expect(SecurityContext.defaultCapabilities.count == 14)
  }

  @Test func limitRanges() {
    let limits = objects(
      """
      {apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: [
      {type: Container, max: {memory: 1Gi}, min: {cpu: 10m}, defaultRequest: {ephemeral-storage: 1Gi}}, {type: Pod, max: {cpu: 1}}]}}
      """
    ).flatMap(ContainerLimits.all)
    #expect(limits.count == 1)
    #expect(limits.first.map { [$0.givesLimit(of: "memory"), $0.givesLimit(of: "cpu")] } == [true, false])
    #expect(
      ["memory", "cpu", "ephemeral-storage", "x"].map { limits.first?.givesRequest(of: $0) } == [
        true, true, true, false,
      ])
  }

  @Test func requirementsOfSelectors() throws {
    let node = try #require(
      documents(
        "{matchLabels: {a: b, n: null}, matchExpressions: [{key: c, operator: In, values: [d, e]}, {key: f, operator: Is}]}"
      ).first)
    let selector = Selector(node, form: .labelSelector)
    #expect(selector.requirements.map(\.text) == ["a: b", "n: null", "c in (d, e)", "f Is"])
    #expect(selector.requirements.compactMap { $0.unknownOperator?.scalar } == ["Is"])
    let labels = Labels(documents("{a: b, n: '', c: e}").first)
    #expect(selector.failures(for: labels).map(\.key) == ["f"])
    #expect(!selector.matches(labels))
    #expect(Selector(documents("{}").first, form: .labelSelector).isEmpty)
  }

  /// A selector matches exactly when no requirement fails, unless it selects nothing by being empty.
  @Test func failuresAgreeWithMatching() {
    let selectors = [
      "{matchLabels: {a: b}}", "{matchLabels: {a: c}}", "{matchExpressions: [{key: a, operator: Exists}]}",
      "{matchExpressions: [{key: a, operator: NotIn, values: [b]}]}",
      "{matchExpressions: [{key: z, operator: DoesNotExist}]}",
      "{matchExpressions: [{key: z, operator: NotIn, values: [b]}]}", "{}",
    ]
    for text in selectors {
      for labels in ["{a: b}", "{a: c, z: b}", "{}"] {
        let selector = Selector(documents(text).first, form: .labelSelector)
        let found = Labels(documents(labels).first)
        #expect(selector.matches(found) == selector.failures(for: found).isEmpty, "\(text) \(labels)")
      }
    }
  }

  @Test func accessRules() {
    let found = objects(
      """
      {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: [
      {apiGroups: ['*'], resources: ['*'], verbs: [get, list, watch, create, update, patch, delete]},
      {apiGroups: [''], resources: [pods, '*'], verbs: [get]}]}
      ---
      {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b}, roleRef: {kind: Role, name: r},
      subjects: [{kind: ServiceAccount, name: a}]}
      """)
    let rules = found.flatMap(AccessRule.all)
    #expect(rules.map(\.isUnlimited) == [true, false])
    #expect(rules.last?.item(.resources, allowing: "pods")?.scalar == "pods")
    #expect(rules.last?.item(.resources, allowing: "secrets")?.scalar == "*")
    #expect(rules.last?.allows(.verbs, "list") == false)
    let binding = found.compactMap(AccessBinding.init).first
    #expect(binding?.grants(found[0]) == true)
    #expect(binding?.subject(account: "a", namespace: "shop") != nil)
  }
}
