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

  /// Every type that a field refers to is in the table, and every cell can be read.
  @Test func whole() {
    for name in SchemaLines.shared.types.keys {
      let type = SchemaTable().type(named: name)
      #expect(type != nil)
      for field in type?.fields ?? [] { #expect(type?.field(field.name)?.name == field.name) }
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
