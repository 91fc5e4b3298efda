import Kubernetes

/// The image of a container, where it says anything to judge.
struct JudgedImage {
  let node: Node
  let reference: ImageReference
  let container: Container
  let workload: Workload
}

extension Check {
  /// A check of images. The exemptions that all image rules share come first, under the same clauses; a rule without
  /// the option `ignoreRepositories` ignores none.
  static func image(_ judge: @escaping @Sendable (JudgedImage, CheckContext) -> Outcome) -> Check {
    .container { container, workload, context in
      guard !workload.object.hook.isTest else { return .exempt("test-object") }
      guard let node = container.image, let bytes = node.scalarBytes else { return .exempt("image-absent") }
      guard let reference = try? ImageReference(bytes) else { return .exempt("invalid-reference") }
      guard !context.options.globs("ignoreRepositories").contains(where: { $0.matches(reference.nameText) }) else {
        return .exempt("ignored-repository")
      }
      guard !context.isVendorDefault(node) else { return .exempt("vendor-default") }
      return judge(JudgedImage(node: node, reference: reference, container: container, workload: workload), context)
    }
  }
}
