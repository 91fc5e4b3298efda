import Kubernetes

extension Check {
  /// `invalid-image-reference`: the kubelet cannot read the image's name.
  package static let imageReference = Check.container { container, workload, context in
    guard let node = container.image, let bytes = node.scalarBytes else { return .exempt("image-absent") }
    if workload.kind == .custom, let text = node.scalar, text.contains("$(") { return .exempt("substituted") }
    do throws(ImageReferenceFault) {
      _ = try ImageReference(bytes)
      return .pass
    } catch let fault {
      let parts = context.parts(of: node, in: 0..<bytes.count)
      let guilty = parts.count > 1 ? parts.first { $0.holds(fault.offender) }?.range : nil
      return .finding(
        context.finding(
          .error, in: workload.object, at: .bytes(node, guilty ?? fault.range),
          holes: [Hole("image", bytes.string), Hole("reason", fault.reason)],
          silences: [.category("image", on: node)]))
    }
  }
}

extension SourcedRange {
  /// Whether the bytes start in this range; an empty one is held by an empty range at its place.
  fileprivate func holds(_ bytes: Range<Int>) -> Bool {
    range.contains(bytes.lowerBound) || (bytes.isEmpty && range.isEmpty && range.lowerBound == bytes.lowerBound)
  }
}
