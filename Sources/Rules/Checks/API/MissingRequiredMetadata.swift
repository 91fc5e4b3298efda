import Diagnostics
import Kubernetes
import RegularExpressions
import SourceText

extension Check {
  /// `missing-required-metadata`: labels and annotations that a project asks of its objects.
  package static let missingRequiredMetadata = Check.object { object, context in
    let labels = context.options.regexTable("labels")
    let annotations = context.options.regexTable("annotations")
    guard !labels.isEmpty || !annotations.isEmpty else { return .notConcerned }
    guard !object.hook.isTest else { return .exempt("test-object") }
    guard context.options.words("kinds").contains(object.kind) else { return .exempt("other-kind") }
    var holders = [object.node]
    if context.options.boolean("podTemplates"),
      let workload = Workload(object, customKinds: context.scope.workloadKinds), workload.kind != .pod
    {
      holders.append(workload.pod.node)
    }
    let findings = holders.flatMap { holder in
      RequiredMetadata(holder: holder, object: object, context: context).findings("label", "labels", labels)
        + RequiredMetadata(holder: holder, object: object, context: context)
        .findings("annotation", "annotations", annotations)
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct RequiredMetadata {
  /// The object or pod template that must have it.
  let holder: Node
  let object: KubernetesObject
  let context: CheckContext

  func findings(
    _ what: String, _ field: String, _ required: [(key: String, pattern: String, regex: RegularExpression)]
  ) -> [Finding] {
    required.compactMap { key, pattern, regex in
      let found = holder.descend("metadata", field)?[key]
      if let text = found?.scalar, regex.isMatch(ByteString(text)) { return nil }
      let parent = holder.descend("metadata", field) ?? holder["metadata"] ?? holder
      var holes = [
        Hole("kind", object.kind), Hole("name", object.name), Hole("what", what), Hole("key", key),
      ]
      if found != nil { holes.append(Hole("regex", pattern)) }
      return context.finding(
        .warning, in: object, at: found.map(Place.value) ?? .absent(key: key, under: parent), holes: holes)
    }
  }
}
