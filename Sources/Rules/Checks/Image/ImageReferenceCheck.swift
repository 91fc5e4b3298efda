import Delivery
import Kubernetes
import SourceText

extension Check {
  /// `invalid-image-reference`: the kubelet cannot read the image's name.
  package static let imageReference = Check.several([imageInManifest, imageInScript])

  private static let imageInManifest = Check.container { container, workload, context in
    guard let node = container.image, let bytes = node.scalarBytes else { return .exempt("image-absent") }
    if workload.kind == .custom, let text = node.scalar, text.contains("$(") { return .exempt("substituted") }
    do throws(ImageReferenceFault) {
      _ = try ImageReference(bytes)
      let findings = PipelineImage.invalid(at: node, of: workload, context)
      return findings.isEmpty ? .pass : .findings(findings)
    } catch let fault {
      let parts = context.parts(of: node, in: 0..<bytes.count)
      let holding = parts.filter { $0.holds(fault.offender) }
      let guilty =
        parts.count > 1 ? (holding.first { $0.range.isEmpty && $0.source.isSupplied } ?? holding.first)?.range : nil
      return .finding(
        context.finding(
          .error, in: workload.object, at: .bytes(node, guilty ?? fault.range),
          holes: [Hole("image", bytes.string), Hole("reason", fault.reason)],
          silences: [.category("image", on: node)]))
    }
  }
}

extension Check {
  /// The images that commands name.
  fileprivate static let imageInScript = Check.script { script, context in
    var findings: [Finding] = []
    var seen: Set<SourceRange> = []
    let images = script.jobs.flatMap(\.commands).flatMap(ScriptImage.all)
    for image in images {
      guard let fault = image.fault else { continue }
      let place = image.place(of: fault.range)
      guard seen.insert(place).inserted else { continue }
      findings.append(
        Finding(
          rule: context.ruleID, level: .error, object: nil, place: .script(place),
          holes: [Hole("image", image.text.shown.string), Hole("reason", fault.reason)]))
    }
    if findings.isEmpty { return images.isEmpty ? .notConcerned : .pass }
    return .findings(findings)
  }
}

extension SourcedRange {
  /// Whether the bytes start in this range; an empty one is held by an empty range at its place.
  fileprivate func holds(_ bytes: Range<Int>) -> Bool {
    bytes.isEmpty ? range.isEmpty && range.lowerBound == bytes.lowerBound : range.contains(bytes.lowerBound)
  }
}
