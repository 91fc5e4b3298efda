import Diagnostics
import Kubernetes
import Registries

extension Check {
  /// `stale-image-pull`: a node keeps the image that it happens to have.
  package static let staleImagePull = Check.image { subject, context in
    let workload = subject.workload
    let pull = ImagePull(container: subject.container, image: subject.reference, node: subject.node)
    switch pull.policy {
    case "Always": return .exempt("always")
    case "Never":
      guard !context.options.boolean("allowNever") else { return .exempt("never-allowed") }
      return .finding(pull.finding(.warning, "is never pulled", in: workload, context))
    case "IfNotPresent": return pull.judgedByTag(in: workload, context)
    default: return .exempt("invalid-policy")
    }
  }
}

/// An image with the policy under which a node fetches it.
private struct ImagePull {
  let container: Container
  let image: ImageReference
  let node: Node

  private var written: Node? { container.node["imagePullPolicy"] }

  /// As written, else what the API server fills in: it looks at the tag and never at whether it moves.
  var policy: String {
    if let written { return written.scalar ?? "" }
    let tag = image.tagText ?? (image.digest == nil ? "latest" : "")
    return tag == "latest" ? "Always" : "IfNotPresent"
  }

  func judgedByTag(in workload: Workload, _ context: CheckContext) -> Outcome {
    guard image.digest == nil else { return .exempt("digest") }
    let classifier = TagClassifier(context.tagConfiguration)
    var verdict = classifier.verdict(tag: image.tag.map { image.text[$0] })
    var completed: PipelineImage?
    if let tag = image.tag, !context.scope.pipelines.isEmpty {
      switch PipelineImage.evidence(for: tag, of: node, classifier, context) {
      case .fixed: return .exempt("set-by-pipeline")
      case .moving(let images):
        completed = images.first?.image
        verdict = images.first?.verdict ?? verdict
      case .none, .unknown: break
      }
    }
    switch (verdict.mutability, verdict.confidence) {
    case (.mutable, .guess):
      return .finding(finding(.warning, "may move but is pulled only when missing", completed, in: workload, context))
    case (.mutable, _):
      return .finding(finding(.error, "moves but is pulled only when missing", completed, in: workload, context))
    case (.immutable, _): return .exempt("immutable-tag")
    case (.unknown, _): return .exempt("unknown-shape")
    }
  }

  /// `completed`: the tag as a pipeline puts it together.
  func finding(
    _ level: Level, _ fault: String, _ completed: PipelineImage? = nil, in workload: Workload, _ context: CheckContext
  ) -> Finding {
    let key = "imagePullPolicy"
    let change: NodeEdit.Change =
      written.map { .replaceText($0, nil, with: "Always") } ?? .insert(key: key, value: "Always", into: container.node)
    let origin = written == nil ? ", the default for a tag other than latest" : ""
    let set = completed?.guilty.map { [Related(.script($0.place), "a pipeline sets the tag here")] } ?? []
    let text = completed.map { "\(image.nameText):\($0.text.shown)" } ?? image.text.string
    return context.finding(
      level, in: workload.object, at: written.map(Place.value) ?? .absent(key: key, under: container.node),
      related: [Related(.bytes(node, image.tag ?? image.name), "this is the image")] + set,
      holes: [
        Hole("image", text), Hole("fault", fault), Hole("policy", policy), Hole("origin", origin),
      ],
      edits: [NodeEdit(title: "Set `imagePullPolicy: Always`", change: change, isSafe: false)])
  }
}
