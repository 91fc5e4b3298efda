import Kubernetes

extension Check {
  /// `unpinned-image-digest`: the image is named by something that a push can change.
  package static let unpinnedImageDigest = Check.image { subject, context in
    let image = subject.reference
    guard image.digest == nil else { return .exempt("digest") }
    return .finding(
      context.finding(
        .note, in: subject.workload.object, at: .bytes(subject.node, image.tag ?? image.name),
        holes: [Hole("image", image.text.string)]))
  }
}
