import Kubernetes

extension Check {
  /// `unpinned-image-digest`: the image is named by something that a push can change.
  package static let unpinnedImageDigest = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    guard let node = container.image, let bytes = node.scalarBytes else { return .exempt("image-absent") }
    guard let image = try? ImageReference(bytes) else { return .exempt("invalid-reference") }
    guard !context.options.globs("ignoreRepositories").contains(where: { $0.matches(image.nameText) }) else {
      return .exempt("ignored-repository")
    }
    guard !context.isVendorDefault(node) else { return .exempt("vendor-default") }
    guard image.digest == nil else { return .exempt("digest") }
    return .finding(
      context.finding(
        .note, in: workload.object, at: .bytes(node, image.tag ?? image.name), holes: [Hole("image", bytes.string)]))
  }
}
