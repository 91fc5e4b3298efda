/// The schemas by which the objects of a run are judged: the API of one version of Kubernetes, and the custom
/// resources that the input defines.
package struct Schemas: Sendable {
  /// What is known of a kind's fields.
  package enum Knowledge: Sendable {
    case fields(SchemaType)
    /// The kind is defined, without saying what its fields are.
    case free
    case nothing
  }

  package let table: SchemaTable
  /// Schemas by `group/version Kind`; nil where the definition gives none.
  private var custom: [String: Node?] = [:]
  /// `group/Kind` of custom kinds outside namespaces.
  private var clusterScoped: Set<String> = []

  /// `definitions`: the CustomResourceDefinitions among these objects count. Of equal ones the last wins.
  package init(table: SchemaTable = SchemaTable(), definitions: [KubernetesObject] = []) {
    self.table = table
    for object in definitions where object.isKind("CustomResourceDefinition", group: "apiextensions.k8s.io") {
      add(object.node)
    }
  }

  private mutating func add(_ definition: Node) {
    guard let spec = definition["spec"], let group = spec["group"]?.scalar,
      let kind = spec.descend("names", "kind")?.scalar
    else { return }
    if spec["scope"]?.scalar == "Cluster" { clusterScoped.insert("\(group)/\(kind)") }
    // apiextensions.k8s.io/v1beta1 has one schema for all versions, and may name a single version.
    let shared = spec["preserveUnknownFields"]?.boolean == true ? nil : spec.descend("validation", "openAPIV3Schema")
    if let version = spec["version"]?.scalar { custom["\(group)/\(version) \(kind)"] = .some(shared) }
    for version in spec["versions"]?.items ?? [] {
      guard let name = version["name"]?.scalar else { continue }
      custom["\(group)/\(name) \(kind)"] = .some(version.descend("schema", "openAPIV3Schema") ?? shared)
    }
  }

  package func knowledge(of identity: ObjectIdentity) -> Knowledge {
    if let type = table.type(of: identity) { return .fields(type) }
    guard let schema = custom["\(identity.apiVersion) \(identity.kind)"] else { return .nothing }
    guard let schema, schema["properties"] != nil else { return .free }
    return .fields(SchemaType(schema: schema, table: table, isRoot: true))
  }

  /// True for a kind that lives outside namespaces, as far as is known.
  package func isClusterScoped(_ identity: ObjectIdentity) -> Bool {
    ClusterScopedKinds.contains(group: identity.group, kind: identity.kind)
      || clusterScoped.contains("\(identity.group)/\(identity.kind)")
  }

  /// True when an input defines the kind, in whatever version.
  package func isCustom(_ identity: ObjectIdentity) -> Bool {
    custom.keys.contains { $0.hasPrefix(identity.group + "/") && $0.hasSuffix(" " + identity.kind) }
  }
}
