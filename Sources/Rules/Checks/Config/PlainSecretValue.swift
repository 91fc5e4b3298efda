import Diagnostics
import Kubernetes
import RegularExpressions
import SourceText

extension Check {
  /// `plain-secret-value`: a secret that everybody can read.
  package static let plainSecretValue = Check.object { object, context in
    let search = PlainSecrets(object: object, context: context)
    if let workload = Workload(object, customKinds: context.scope.workloadKinds) {
      return search.outcome(search.inEnvironments(of: workload))
    }
    switch (object.kind, object.identity.group) {
    case ("ConfigMap", ""): return search.outcome(search.inConfigMap)
    case ("Secret", ""): return search.outcome(search.inSecret)
    default: return .notConcerned
    }
  }
}

private struct PlainSecrets {
  let object: KubernetesObject
  let context: CheckContext
  private let names: [RegularExpression]

  init(object: KubernetesObject, context: CheckContext) {
    self.object = object
    self.context = context
    names = context.options.regexes("secretNames")
  }

  func outcome(_ findings: [Finding]) -> Outcome { findings.isEmpty ? .pass : .findings(findings) }

  func inEnvironments(of workload: Workload) -> [Finding] {
    workload.pod.containers.flatMap { container in
      container.environment.compactMap { variable in
        guard let value = variable.value else { return nil }
        return finding(value, named: variable.name, of: "`\(container.title)`", beside: variable.nameNode)
      }
    }
  }

  var inConfigMap: [Finding] {
    (object.node["data"].map { Array($0.children) } ?? []).compactMap { datum in
      guard datum.isScalar, let key = datum.key else { return nil }
      return finding(datum, named: key, of: object.identity.description, beside: nil)
    }
  }

  /// A Secret hides nothing that a values file shows.
  var inSecret: [Finding] {
    ["data", "stringData"].flatMap { field in object.node[field].map { Array($0.children) } ?? [] }.compactMap {
      datum in
      guard let text = datum.scalarBytes, let key = datum.key else { return nil }
      let plain = datum.parent?.key == "data" ? ByteString((try? Base64.decode(text.bytes)) ?? []) : text
      guard let credential = SecretNames.credential(in: plain) else { return nil }
      let parts = context.parts(of: datum, in: 0..<text.count)
      guard parts.contains(where: { $0.source.leaves.contains(where: Self.isWrittenDown) }) else { return nil }
      return finding(
        .error, at: .value(datum), key, "the values behind \(object.identity)", shape: credential.name, beside: nil)
    }
  }

  /// In a values file: what is given with an argument is not kept.
  private static func isWrittenDown(_ source: ValueSource) -> Bool {
    if case .value = source { true } else { false }
  }

  private func finding(_ node: Node, named name: String, of owner: String, beside entry: Node?) -> Finding? {
    guard let text = node.scalarBytes, !text.isEmpty else { return nil }
    if let credential = SecretNames.credential(in: text) {
      let place = Place.bytes(node, credential.range)
      return finding(.error, at: place, name, owner, shape: credential.name, beside: entry)
    }
    guard SecretNames.isSecret(name, patterns: names), !SecretNames.isHarmless(text.string),
      !text.bytes.contains(UInt8(ascii: "\n")), node.value == .string, !context.isReleaseName(node)
    else { return nil }
    return finding(.warning, at: .value(node), name, owner, shape: nil, beside: entry)
  }

  private func finding(
    _ level: Level, at place: Place, _ name: String, _ owner: String, shape: String?, beside entry: Node?
  ) -> Finding {
    let holes = [Hole("var", name), Hole("owner", owner)] + (shape.map { [Hole("shape", $0)] } ?? [])
    return context.finding(
      level, in: object, at: place, related: entry.map { [Related(.value($0), "the entry")] } ?? [], holes: holes)
  }
}
