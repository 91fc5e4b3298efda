import SourceText
import Testing

@testable import Kubernetes

@Suite struct SchemaTableTests {
  private func type(_ apiVersion: String, _ kind: String, minorVersion: Int? = nil) -> SchemaType? {
    let (group, version) = ObjectIdentity.split(apiVersion: apiVersion)
    return SchemaTable(minorVersion: minorVersion)
      .type(of: ObjectIdentity(group: group, version: version, kind: kind, namespace: "", name: ""))
  }

  private func field(_ type: SchemaType?, _ path: String...) -> SchemaField? {
    var type = type
    var field: SchemaField?
    for key in path {
      field = type?.field(key)
      type = field?.type.inner
    }
    return field
  }

  @Test func workloadKinds() {
    let kinds = [
      ("apps/v1", "Deployment"), ("apps/v1", "StatefulSet"), ("apps/v1", "DaemonSet"), ("apps/v1", "ReplicaSet"),
      ("v1", "ReplicationController"), ("batch/v1", "Job"), ("batch/v1", "CronJob"), ("v1", "Pod"), ("v1", "Service"),
      ("networking.k8s.io/v1", "Ingress"), ("policy/v1", "PodDisruptionBudget"),
      ("autoscaling/v2", "HorizontalPodAutoscaler"), ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
    ]
    for (apiVersion, kind) in kinds { #expect(type(apiVersion, kind) != nil, "\(apiVersion) \(kind)") }
    #expect(type("app/v1", "Deployment") == nil)
    #expect(type("v1", "List") == nil)
  }

  @Test func fields() {
    let deployment = type("apps/v1", "Deployment")
    #expect(field(deployment, "spec", "template", "spec", "containers", "livenessProbe", "httpGet", "scheme") != nil)
    #expect(field(deployment, "spec", "template", "spec", "containers", "livelinessProbe") == nil)
    #expect(field(deployment, "spec", "template", "spec", "containers", "name")?.isRequired == true)
    #expect(field(deployment, "spec", "replica") == nil)
    guard case .list(_, let mergeKey)? = field(deployment, "spec", "template", "spec", "containers")?.type else {
      Issue.record("containers is no list")
      return
    }
    #expect(mergeKey == "name")
    guard case .map(.quantity)? = field(type("v1", "Pod"), "spec", "containers", "resources", "limits")?.type else {
      Issue.record("limits is no map of quantities")
      return
    }
  }

  @Test func versions() {
    #expect(SchemaTable().minorVersion == 37)
    #expect(SchemaTable(minorVersion: 99).minorVersion == 37)
    #expect(SchemaTable(minorVersion: 1).minorVersion == 25)
    #expect(field(type("v1", "Pod", minorVersion: 27), "spec", "containers", "restartPolicy") == nil)
    #expect(field(type("v1", "Pod", minorVersion: 28), "spec", "containers", "restartPolicy") != nil)
    #expect(type("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", minorVersion: 28) != nil)
    #expect(type("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", minorVersion: 29) == nil)
  }

  @Test func formsOfAField() {
    func words(_ version: Int) -> [String]? {
      guard
        case .string(let form)? = field(
          type("v1", "Pod", minorVersion: version), "spec", "containers", "restartPolicy")?.type
      else { return nil }
      return form.words
    }
    #expect(words(27) == nil)
    #expect(words(33) == ["Always"])
    #expect(words(34) == ["Always", "Never", "OnFailure"])
    let pod = type("v1", "Pod", minorVersion: 27)
    let container = field(pod, "spec", "containers")?.type.inner
    #expect(container.flatMap { SchemaTable.lifetime(of: "restartPolicy", in: $0) } == Lifetime(first: 28))
  }

  @Test func formats() {
    guard case .map(.string(let form))? = field(type("v1", "Secret"), "data")?.type else {
      Issue.record("the data of a Secret is no map of texts")
      return
    }
    #expect(form.isBytes)
    guard case .integer(let replicas)? = field(type("apps/v1", "Deployment"), "spec", "replicas")?.type,
      case .integer(let seconds)? = field(type("v1", "Pod"), "spec", "activeDeadlineSeconds")?.type
    else {
      Issue.record("no integers")
      return
    }
    #expect(replicas.bits == 32)
    #expect(seconds.bits == 64)
  }

  @Test func definitionsOfCustomKinds() throws {
    let text: ByteString = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: queues.example.com}
      spec:
        group: example.com
        scope: Cluster
        names: {kind: Queue}
        versions:
        - name: v1
          schema:
            openAPIV3Schema:
              type: object
              required: [spec]
              properties:
                spec:
                  type: object
                  properties: {size: {type: integer, minimum: 1}, port: {x-kubernetes-int-or-string: true}}
        - name: v2
      """
    let nodes = ManifestReader.documents(of: SourceFile(path: "crd.yaml", text: text)).nodes
    let schemas = Schemas(definitions: nodes.flatMap { KubernetesObject.all(in: $0, releaseNamespace: "") })
    func identity(_ version: String) -> ObjectIdentity {
      ObjectIdentity(group: "example.com", version: version, kind: "Queue", namespace: "", name: "a")
    }
    guard case .fields(let queue) = schemas.knowledge(of: identity("v1")) else {
      Issue.record("v1 has no fields")
      return
    }
    #expect(queue.fields.map(\.name) == ["apiVersion", "kind", "metadata", "spec", "status"])
    #expect(queue.field("spec")?.isRequired == true)
    #expect(field(queue, "metadata", "labels") != nil)
    guard case .integer(let size)? = field(queue, "spec", "size")?.type else {
      Issue.record("size is no integer")
      return
    }
    #expect(size.limits.minimum == 1)
    guard case .free = schemas.knowledge(of: identity("v2")), case .nothing = schemas.knowledge(of: identity("v3"))
    else {
      Issue.record("v2 is free and v3 unknown")
      return
    }
    #expect(schemas.isClusterScoped(identity("v1")))
  }

  /// Every type that a field refers to is in the table, and every cell can be read.
  @Test func whole() {
    for version in SchemaTable.knownVersions {
      for name in SchemaLines.shared.types.keys {
        let type = SchemaTable(minorVersion: version).type(named: name)
        #expect(type != nil)
        let names = type?.fields.map(\.name) ?? []
        #expect(Set(names).count == names.count, "\(name) in 1.\(version)")
        for field in names { #expect(type?.field(field)?.name == field) }
      }
    }
    for row in SchemaLines.shared.kinds.values { #expect(SchemaLines.shared.types[row.type] != nil) }
  }
}

extension FieldType {
  /// The mapping's type, or that of a list's items.
  fileprivate var inner: SchemaType? {
    switch self {
    case .object(let type): type
    case .list(let element, _): element.inner
    default: nil
    }
  }
}
