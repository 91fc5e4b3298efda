import Diagnostics
import Kubernetes

extension Check {
  /// `invalid-field-value`: a value that the API server refuses.
  package static let invalidFieldValue = Check.object { object, context in
    var search = InvalidValueSearch(object: object, context: context)
    switch context.schemas.knowledge(of: object.identity) {
    case .fields(let type): search.walk(object.node, type)
    case .free: return .exempt("free-kind")
    case .nothing: return .skipped("no schema for \(object.identity.apiVersion) \(object.kind)")
    }
    search.add(ServerRules(object: object).faults)
    return search.findings.isEmpty ? .pass : .findings(search.findings)
  }
}

/// What is wrong with one value.
struct ValueFault {
  var place: Place
  /// The path as the message names it.
  var path: String
  /// The wrong text; nil for what is missing or is no scalar.
  var value: String?
  /// `must be an integer`, `is required`.
  var reason: String
  /// What would be right, for the remedy.
  var remedy: String
  var replacement: String?

  init(at place: Place, _ reason: String, remedy: String = "Write what the API asks for", replacement: String? = nil) {
    self.place = place
    path = place.fieldPath?.description ?? ""
    switch place {
    case .value(let node), .bytes(let node, _): value = node.scalar.map { $0.count > 60 ? "\($0.prefix(57))…" : $0 }
    case .key, .valuesKey, .include, .absent, .object, .script: value = nil
    }
    self.reason = reason
    self.remedy = remedy
    self.replacement = replacement
  }
}

/// Walks an object beside its schema and collects what the types, words and bounds of its fields do not allow.
private struct InvalidValueSearch {
  let object: KubernetesObject
  let context: CheckContext
  private(set) var findings: [Finding] = []
  private var places: Set<Place> = []

  init(object: KubernetesObject, context: CheckContext) {
    self.object = object
    self.context = context
  }

  /// One finding a place: the first says what is to be done there.
  mutating func add(_ faults: [ValueFault]) {
    for fault in faults where places.insert(fault.place).inserted {
      var holes = [Hole("kind", object.kind), Hole("path", fault.path)]
      if let value = fault.value { holes.append(Hole("value", value)) }
      holes += [Hole("reason", fault.reason), Hole("remedy", fault.remedy)]
      var edits: [NodeEdit] = []
      if let word = fault.replacement, let node = fault.place.node {
        edits = [NodeEdit(title: "Write `\(word)`", change: .replaceText(node, nil, with: word), isSafe: true)]
      }
      findings.append(context.finding(.error, in: object, at: fault.place, holes: holes, edits: edits))
    }
  }

  mutating func walk(_ node: Node, _ type: SchemaType) {
    for name in type.requiredNames where node[name] == nil {
      // The server makes a status itself, and `kind` and `apiVersion` are there or this was no object.
      let isNull = node.entry(name) != nil
      add([
        ValueFault(
          at: .absent(key: name, under: node), isNull ? "is required, and null counts as absent" : "is required",
          remedy: "Set `\(name)`")
      ])
    }
    for child in node.children {
      guard let key = child.key, !child.isNull, !isLabels(key, of: type), let field = type.field(key) else { continue }
      inspect(child, field.type)
    }
  }

  /// Labels and annotations have a rule of their own.
  private func isLabels(_ key: String, of type: SchemaType) -> Bool {
    type.name == "meta.v1.ObjectMeta" && (key == "labels" || key == "annotations")
  }

  private mutating func inspect(_ node: Node, _ type: FieldType) {
    switch type {
    case .any, .time: break
    case .object(let type):
      guard node.isMapping else { return mustBe("a mapping", node) }
      walk(node, type)
    case .list(let element, _):
      guard node.isSequence else { return mustBe("a list", node) }
      for item in node.items where !item.isNull { inspect(item, element) }
    case .map(let value):
      guard node.isMapping else { return mustBe("a mapping", node) }
      for child in node.children where !child.isNull { inspect(child, value) }
    case .string, .integer, .number, .boolean, .quantity, .integerOrString:
      guard let fault = ScalarFault.of(node, type) else { return }
      // The values of a Secret are judged where Secrets are.
      if object.isKind("Secret", group: ""), fault.isAboutBytes { return }
      add([ValueFault(at: .value(node), fault.reason, remedy: fault.remedy, replacement: fault.replacement)])
    }
  }

  private mutating func mustBe(_ form: String, _ node: Node) {
    add([ValueFault(at: .value(node), "must be \(form)", remedy: "Write \(form)")])
  }
}
