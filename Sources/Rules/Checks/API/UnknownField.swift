import Diagnostics
import Kubernetes

extension Check {
  /// `unknown-field`: a key that the object's schema does not define.
  package static let unknownField = Check.object { object, context in
    var search = UnknownFieldSearch(object: object, context: context)
    switch context.schemas.knowledge(of: object.identity) {
    case .fields(let type): search.walk(object.node, type, ancestors: [])
    case .free: return .exempt("free-kind")
    case .nothing:
      guard let workload = Workload(object, customKinds: context.scope.workloadKinds),
        let type = context.schemas.table.podTemplate
      else { return .skipped("no schema for \(object.identity.apiVersion) \(object.kind)") }
      search.walk(workload.pod.node, type, ancestors: [])
    }
    return search.findings.isEmpty ? .pass : .findings(search.findings)
  }
}

/// Walks an object beside its schema and collects the keys that have no field.
private struct UnknownFieldSearch {
  typealias Level = (node: Node, type: SchemaType)

  let object: KubernetesObject
  let context: CheckContext
  private(set) var findings: [Finding] = []

  init(object: KubernetesObject, context: CheckContext) {
    self.object = object
    self.context = context
  }

  /// `ancestors` are the mappings above `node`, the nearest last.
  mutating func walk(_ node: Node, _ type: SchemaType, ancestors: [Level]) {
    guard node.isMapping else { return }
    let levels = ancestors + [(node, type)]
    for child in node.children {
      guard let key = child.key else { continue }
      if let field = type.field(key) {
        descend(child, field.type, ancestors: levels)
      } else if !type.isOpen {
        report(child, key: key, at: (node, type), ancestors: ancestors)
      }
    }
  }

  private mutating func descend(_ node: Node, _ type: FieldType, ancestors: [Level]) {
    switch type {
    case .object(let type): walk(node, type, ancestors: ancestors)
    case .list(let element, _):
      for item in node.items { descend(item, element, ancestors: ancestors) }
    case .map(let value):
      guard node.isMapping else { return }
      for child in node.children { descend(child, value, ancestors: ancestors) }
    case .string, .integer, .number, .boolean, .quantity, .integerOrString, .time, .any: break
    }
  }

  private mutating func report(_ child: Node, key: String, at level: Level, ancestors: [Level]) {
    let names = FieldNames(near: key, in: level.type, absentFrom: level.node)
    let near =
      names.best ?? MovedField.path(of: key, at: level, ancestors: ancestors)
      ?? RenamedField.name(of: key, in: level.type)
    var holes = [Hole("kind", object.kind), Hole("path", child.path.description)]
    if let near { holes.append(Hole("near", near)) }
    if let times = OtherVersions.text(on: key, in: level.type, of: context.schemas.table) {
      holes.append(Hole("times", times))
    }
    let edits = names.safeReplacement.map {
      [NodeEdit(title: "Rename it to `\($0)`", change: .renameKey(child, to: $0), isSafe: true)]
    }
    findings.append(
      context.finding(
        .error, in: object, at: .key(child), holes: holes, edits: edits ?? [],
        silences: names.best.map { [.absence(key: $0, under: level.node)] } ?? []))
  }
}

/// The fields of a mapping's type whose names resemble a wrong one.
private struct FieldNames {
  /// The nearest field that the mapping does not have yet, else the nearest.
  let best: String?
  /// The one name that can be meant, when it is close and not taken.
  let safeReplacement: String?

  init(near wrong: String, in type: SchemaType, absentFrom node: Node) {
    let limit = max(2, wrong.utf8.count / 3)
    let candidates = type.fields.map(\.name)
      .map { (name: $0, distance: Self.distance(wrong, $0), isTaken: node.entry($0) != nil) }
      .filter { $0.distance <= limit && $0.distance < min(wrong.utf8.count, $0.name.utf8.count) }
      .sorted { ($0.isTaken ? 1 : 0, $0.distance, $0.name) < ($1.isTaken ? 1 : 0, $1.distance, $1.name) }
    best = candidates.first?.name
    let close = candidates.filter { $0.distance <= 2 }
    safeReplacement = close.count == 1 && !close[0].isTaken ? close[0].name : nil
  }

  /// Zero for names that differ in case only; else the number of edits.
  private static func distance(_ a: String, _ b: String) -> Int {
    a.lowercased() == b.lowercased() ? 0 : editDistance(Array(a.utf8), Array(b.utf8))
  }
}

/// Looks for the place in the object where a key would be a field: above the mapping, then below it.
private enum MovedField {
  static func path(of key: String, at level: UnknownFieldSearch.Level, ancestors: [UnknownFieldSearch.Level]) -> String?
  {
    for ancestor in ancestors.reversed() where ancestor.type.field(key) != nil {
      return ancestor.node.path.appending(key: key).description
    }
    return below(level.type, level.node, key).map { (level.node.path.steps + $0.map(FieldPath.Step.key)) }
      .map { FieldPath($0).description }
  }

  /// Up to two mappings further down. The mapping that is written wins, then the one that knows most of the keys that
  /// stand beside the lost one: `path` and `port` belong to `httpGet`.
  private static func below(_ type: SchemaType, _ node: Node, _ key: String) -> [String]? {
    let lost = node.children.compactMap(\.key).filter { type.field($0) == nil }
    let inner = objects(in: type)
      .map { (name: $0.name, type: $0.type, isWritten: node[$0.name] != nil, fit: fit(of: $0.type, lost)) }
      .enumerated()
      .sorted {
        ($0.element.isWritten ? 0 : 1, -$0.element.fit, $0.offset) < (
          $1.element.isWritten ? 0 : 1, -$1.element.fit, $1.offset
        )
      }
      .map(\.element)
    if let hit = inner.first(where: { $0.type.field(key) != nil }) { return [hit.name, key] }
    for child in inner {
      if let deeper = objects(in: child.type).first(where: { $0.type.field(key) != nil }) {
        return [child.name, deeper.name, key]
      }
    }
    return nil
  }

  private static func objects(in type: SchemaType) -> [(name: String, type: SchemaType)] {
    type.fields.compactMap { field in
      guard case .object(let type) = field.type else { return nil }
      return (field.name, type)
    }
  }

  private static func fit(of type: SchemaType, _ keys: [String]) -> Int { keys.count { type.field($0) != nil } }
}

/// Fields of older versions of a kind whose content has another name in the newer one.
private enum RenamedField {
  static func name(of key: String, in type: SchemaType) -> String? { names[type.name]?[key] }

  private static let names: [String: [String: String]] = [
    "networking.v1.IngressBackend": ["serviceName": "service.name", "servicePort": "service.port"],
    "networking.v1.IngressSpec": ["backend": "defaultBackend"],
    "autoscaling.v2.ResourceMetricSource": [
      "targetAverageUtilization": "target.averageUtilization", "targetAverageValue": "target.averageValue",
    ],
    "autoscaling.v2.PodsMetricSource": ["metricName": "metric.name", "targetAverageValue": "target.averageValue"],
    "autoscaling.v2.ObjectMetricSource": [
      "metricName": "metric.name", "target": "describedObject", "targetValue": "target.value",
    ],
    "autoscaling.v2.ExternalMetricSource": [
      "metricName": "metric.name", "metricSelector": "metric.selector", "targetAverageValue": "target.averageValue",
      "targetValue": "target.value",
    ],
    "apiextensions.v1.CustomResourceDefinitionSpec": [
      "validation": "versions[].schema", "subresources": "versions[].subresources", "version": "versions[].name",
      "additionalPrinterColumns": "versions[].additionalPrinterColumns",
    ],
    "apiextensions.v1.CustomResourceConversion": [
      "webhookClientConfig": "webhook.clientConfig", "conversionReviewVersions": "webhook.conversionReviewVersions",
    ],
    "apiextensions.v1.CustomResourceColumnDefinition": ["JSONPath": "jsonPath"],
  ]
}

/// Tells of a field that only other versions of Kubernetes have.
private enum OtherVersions {
  static func text(on key: String, in type: SchemaType, of table: SchemaTable) -> String? {
    guard let lifetime = SchemaTable.lifetime(of: key, in: type) else { return nil }
    if lifetime.first > table.minorVersion {
      return "in Kubernetes 1.\(table.minorVersion); it came with 1.\(lifetime.first)"
    }
    return "in Kubernetes 1.\(table.minorVersion); the last to have it was 1.\(lifetime.last)"
  }
}
