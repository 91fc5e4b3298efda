import Delivery
import Diagnostics
import Kubernetes
import SourceText

extension Check {
  /// `config-too-large`: an object that the API server or a client-side apply refuses for its size.
  package static let configTooLarge = Check.several([
    .object { object, context in
      let size = ObjectSize(object: object)
      if let finding = size.dataFinding(context) { return .finding(finding) }
      guard context.options.word("applyMode") == "client" else { return .pass }
      return size.annotationFinding(context).map(Outcome.finding) ?? .pass
    },
    .scope { context in
      guard !context.scope.scripts.isEmpty, context.options.word("applyMode") == "auto" else { return .notConcerned }
      guard context.appliesOnClientSide else { return .exempt("server-side") }
      // What a chart renders is applied by Helm.
      let sizes = context.scope.delivered.all.filter { context.isRaw($0.node) }.map { ObjectSize(object: $0) }
      let findings = sizes.filter { !$0.isBeyondData }.compactMap { $0.annotationFinding(context) }
      return findings.isEmpty ? .pass : .findings(findings)
    },
  ])
}

private struct ObjectSize {
  /// What etcd and the API server allow a ConfigMap or Secret: k8s.io/api/core/v1, MaxSecretSize.
  static let dataLimit = 1_048_576
  /// What all annotations of an object may have: k8s.io/apimachinery, TotalAnnotationSizeLimitB.
  static let annotationLimit = 262_144

  let object: KubernetesObject

  /// Keys and decoded values of a ConfigMap or Secret.
  private var entries: [(node: Node, bytes: Int)] {
    guard ["ConfigMap", "Secret"].contains(object.kind), object.identity.group == "" else { return [] }
    return ["data", "stringData", "binaryData"].flatMap { field in
      let isEncoded = field == "binaryData" || (field == "data" && object.kind == "Secret")
      return (object.node[field].map { Array($0.children) } ?? []).map { node in
        let count = node.scalarBytes?.count ?? 0
        return (node, (node.key?.utf8.count ?? 0) + (isEncoded ? count / 4 * 3 : count))
      }
    }
  }

  var data: Int { entries.reduce(0) { $0 + $1.bytes } }
  var largest: (node: Node, bytes: Int)? { entries.max { $0.bytes < $1.bytes } }

  /// The object as compact JSON, as the annotation holds it.
  var json: Int { Self.json(object.node) }

  private static func json(_ node: Node) -> Int {
    if let text = node.scalarBytes {
      let escaped = text.bytes.count {
        $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
      }
      return text.count + escaped + (node.value == .string ? 2 : 0)
    }
    return node.children.reduce(2) { size, child in
      size + json(child) + 1 + (child.key.map { $0.utf8.count + 3 } ?? 0)
    }
  }

  var isBeyondData: Bool { data > Self.dataLimit }

  func dataFinding(_ context: CheckContext) -> Finding? {
    guard isBeyondData, let largest else { return nil }
    return context.finding(
      .error, in: object, at: .key(largest.node), holes: holes(data, "\(Self.dataLimit)", "the API server"))
  }

  func annotationFinding(_ context: CheckContext) -> Finding? {
    let bytes = json
    guard bytes > Self.annotationLimit else { return nil }
    return context.finding(
      .warning, in: object, at: largest.map { .key($0.node) } ?? .object(object.node),
      holes: holes(bytes, "\(Self.annotationLimit)", "the last-applied annotation"))
  }

  private func holes(_ bytes: Int, _ limit: String, _ what: String) -> [Hole] {
    [
      Hole("kind", object.kind), Hole("name", object.name), Hole("n", String(bytes)), Hole("limit", limit),
      Hole("what", what),
    ]
  }
}

extension CheckContext {
  /// Whether some script of the scope applies objects in a way that keeps them in an annotation.
  fileprivate var appliesOnClientSide: Bool {
    scope.scripts.flatMap(\.jobs).flatMap(\.steps).flatMap(\.commands).contains { command in
      let words = command.words.compactMap { $0.text.constant?.string }
      return ["kubectl", "oc"].contains(command.program.string) && words.contains("apply")
        && !words.contains { $0.hasPrefix("--server-side") }
    }
  }
}
