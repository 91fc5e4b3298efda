import Delivery
import Diagnostics
import Kubernetes
import Registries
import SourceText

/// An image as the pipelines of the input complete it: the values that a command sets stand in place of the chart's.
struct PipelineImage {
  /// The reference, with what a pipeline puts in.
  let text: ResolvedText
  /// What supplies the image or its tag, in order.
  let assignments: [PipelineRelease.Assignment]
  let onlyTags: Bool

  /// The bytes `range` of an image as one command completes them; nil when it sets none of their values.
  private init?(_ node: Node, _ range: Range<Int>, _ release: PipelineRelease, _ context: CheckContext) {
    guard let bytes = node.scalarBytes else { return nil }
    var text = ResolvedText()
    var assignments: [PipelineRelease.Assignment] = []
    for part in context.parts(of: node, in: range) {
      let keys = part.source.leaves.compactMap(\.valuesKey)
      if let assignment = keys.lazy.compactMap({ release.assignments[$0] }).first {
        text.append(assignment.value)
        assignments.append(assignment)
      } else {
        text.append(bytes[part.range])
      }
    }
    guard !assignments.isEmpty else { return nil }
    self.text = text
    self.assignments = assignments
    onlyTags = release.runsOnTagsOnly
  }

  private static func all(
    _ node: Node, _ range: Range<Int>, _ context: CheckContext
  ) -> [PipelineImage?] {
    context.scope.pipelines.map { PipelineImage(node, range, $0, context) }
  }

  // MARK: Validity

  /// What constants of a pipeline make of an image that is valid as the chart renders it.
  static func invalid(at node: Node, of workload: Workload, _ context: CheckContext) -> [Finding] {
    guard !context.scope.pipelines.isEmpty, let length = node.scalarBytes?.count else { return [] }
    var seen: Set<SourceRange> = []
    return all(node, 0..<length, context).compactMap { image -> Finding? in
      guard let image, let last = image.assignments.last else { return nil }
      guard let fault = ScriptImage(text: image.text, word: last.place).fault else { return nil }
      let place = fault.range.isEmpty ? last.place : image.text.place(of: fault.range) ?? last.place
      guard seen.insert(place).inserted else { return nil }
      return context.finding(
        .error, in: workload.object, at: .script(place), related: [Related(.value(node), "this image is made of it")],
        holes: [Hole("image", image.text.shown.string), Hole("reason", fault.reason)])
    }
  }

  // MARK: Mutability

  /// What the pipelines of the input say about a tag.
  enum Evidence {
    /// No command sets a value of the tag.
    case none
    /// Every command that releases the chart gives it a fixed tag.
    case fixed
    /// Commands set it to something that is not known; the first of them.
    case unknown(PipelineRelease.Assignment)
    case moving([(image: PipelineImage, verdict: TagVerdict)])
  }

  static func evidence(
    for tag: Range<Int>, of node: Node, _ classifier: TagClassifier, _ context: CheckContext
  ) -> Evidence {
    let images = all(node, tag, context)
    guard images.contains(where: { $0 != nil }) else { return .none }
    var moving: [(image: PipelineImage, verdict: TagVerdict)] = []
    var unknown: PipelineRelease.Assignment?
    for image in images.compactMap({ $0 }) {
      guard let sample = image.text.sample(onlyTags: image.onlyTags) else {
        unknown = unknown ?? image.assignments.first
        continue
      }
      let verdict = classifier.verdict(tag: sample, hasDigest: false)
      if verdict.mutability == .mutable { moving.append((image, verdict)) }
    }
    if !moving.isEmpty { return .moving(moving) }
    if let unknown { return .unknown(unknown) }
    return images.contains { $0 == nil } ? .none : .fixed
  }

  /// The guilty piece of the tag: a hole of a moving domain, else the constant that was set.
  var guilty: (place: SourceRange, reason: String?)? {
    for assignment in assignments {
      for hole in assignment.value.holes {
        let domain = ValueDomain(hole: hole, onlyTags: onlyTags)
        if domain == .branch || domain == .environment {
          return (assignment.place, "`\(hole)` is \(domain.title)")
        }
      }
    }
    return assignments.last.map { ($0.place, nil) }
  }
}
