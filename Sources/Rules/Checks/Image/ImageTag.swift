import Delivery
import Diagnostics
import Kubernetes
import Registries
import SourceText

extension Check {
  /// `mutable-image-tag`: the tag of an image will name other content later.
  package static let imageTag = Check.image { subject, context in
    let (node, image, workload) = (subject.node, subject.reference, subject.workload)
    let classifier = TagClassifier(context.tagConfiguration)
    var evidence = PipelineImage.Evidence.none
    if let tag = image.tag, image.digest == nil, !context.scope.pipelines.isEmpty {
      evidence = PipelineImage.evidence(for: tag, of: node, classifier, context)
    }
    switch evidence {
    case .fixed: return .exempt("set-by-pipeline")
    case .moving(let images):
      return .findings(ImageTag.findings(images, image, at: node, of: workload, context))
    case .none, .unknown: break
    }
    let verdict = classifier.verdict(tag: image.tag.map { image.text[$0] }, hasDigest: image.digest != nil)
    guard let level = ImageTag.level(of: verdict, isStrict: context.isStrict) else {
      guard verdict.mutability == .unknown else { return .pass }
      return .unknown(Undecided("the tag of `\(image.text)` may or may not move"))
    }
    var finding = ImageTag.finding(verdict, level, image, at: node, of: workload, context)
    if case .unknown(let assignment) = evidence {
      finding.related.append(
        Related(.script(assignment.place), "a pipeline sets it to `\(assignment.value.shown)`, which may be anything"))
    }
    return .finding(finding)
  }
}

private enum ImageTag {
  /// Nil where nothing is to be reported.
  static func level(of verdict: TagVerdict, isStrict: Bool) -> Level? {
    switch (verdict.mutability, verdict.confidence) {
    case (.mutable, .guess): .warning
    case (.mutable, _): verdict.isSlowlyMoving ? .warning : .error
    case (.unknown, _), (.immutable, .guess): isStrict ? .note : nil
    case (.immutable, _): nil
    }
  }

  /// The committed values show a lucky case: a pipeline puts something that moves in their place.
  static func findings(
    _ images: [(image: PipelineImage, verdict: TagVerdict)], _ image: ImageReference, at node: Node,
    of workload: Workload, _ context: CheckContext
  ) -> [Finding] {
    var seen: Set<SourceRange> = []
    return images.compactMap { completed, verdict in
      guard let guilty = completed.guilty, seen.insert(guilty.place).inserted,
        let level = level(of: verdict, isStrict: context.isStrict)
      else { return nil }
      let tag = completed.text.shown.string
      return context.finding(
        level, in: workload.object, at: .script(guilty.place),
        related: [Related(.bytes(node, image.tag ?? image.name), "this tag is made of it")],
        holes: [
          Hole("image", "\(image.nameText):\(tag)"), Hole("tag", tag),
          Hole("reason", guilty.reason ?? "\(verdict.guilty.last?.reason ?? verdict.reason)"),
        ])
    }
  }

  static func finding(
    _ verdict: TagVerdict, _ level: Level, _ image: ImageReference, at node: Node, of workload: Workload,
    _ context: CheckContext
  ) -> Finding {
    func finding(at range: Range<Int>, _ reason: TagVerdict.Reason, related: [Related] = []) -> Finding {
      let doubt = verdict.mutability == .mutable ? "" : "; it cannot be told apart from a moving tag"
      return context.finding(
        level, in: workload.object, at: .bytes(node, range), related: related,
        holes: [
          Hole("image", image.text.string), Hole("tag", image.tagText ?? "latest"),
          Hole("reason", "\(reason)\(doubt)"),
        ])
    }
    guard let tag = image.tag else { return finding(at: image.name, verdict.reason) }
    let parts = context.parts(of: node, in: tag)
    guard parts.count > 1, let part = decisivePart(of: parts, verdict.guilty, of: tag, in: image.text) else {
      return finding(at: tag, verdict.reason)
    }
    let rest = parts.filter { $0.range != part.range && !$0.range.isEmpty }
    return finding(
      at: part.range, part.reason ?? verdict.reason,
      related: rest.map { Related(.bytes(node, $0.range), "the rest of the tag") })
  }

  /// Of the pieces that make up a tag, the one to edit, with what its bytes say: a supplied value that holds a guilty
  /// word, the last of several; else the text that holds one.
  private static func decisivePart(
    of parts: [SourcedRange], _ guilty: [TagVerdict.Guilt], of tag: Range<Int>, in image: ByteString
  ) -> (range: Range<Int>, reason: TagVerdict.Reason?)? {
    // An empty value leaves a tag such as `latest-` behind; that value is what is missing.
    if let empty = parts.last(where: { $0.range.isEmpty && isGap($0, of: tag, in: image) }) {
      return (empty.range, nil)
    }
    let start = tag.lowerBound
    let holding = parts.compactMap { part -> (part: SourcedRange, reason: TagVerdict.Reason)? in
      let word = guilty.last { word in
        (word.range.lowerBound + start..<word.range.upperBound + start).overlaps(part.range)
      }
      return word.map { (part, $0.reason) }
    }
    return (holding.last { $0.part.source.isSupplied } ?? holding.first).map { ($0.part.range, $0.reason) }
  }
}

extension ImageTag {
  /// Whether something is missing where an empty value stands: next to a separator within the tag.
  private static func isGap(_ part: SourcedRange, of tag: Range<Int>, in image: ByteString) -> Bool {
    guard part.source != .literal else { return false }
    let isSeparator = { (index: Int) in tag.contains(index) && "-_.".utf8.contains(image.bytes[index]) }
    return isSeparator(part.range.lowerBound - 1) || isSeparator(part.range.lowerBound)
  }
}

extension CheckContext {
  /// The tag model as the options of `mutable-image-tag` set it.
  var tagConfiguration: TagClassifier.Configuration {
    TagClassifier.Configuration(
      mutablePatterns: tagOptions.regexes("mutablePatterns"),
      immutablePatterns: tagOptions.regexes("immutablePatterns"),
      releasesHaveTwoParts: tagOptions.word("twoPartVersions") == "immutable")
  }

  /// Whether the whole text is a subchart's own default, and those are not to be judged.
  func isVendorDefault(_ node: Node) -> Bool {
    guard scope.ignoresVendorDefaults, let sources = provenance?.sources(of: node, in: nil) else { return false }
    return sources.contains { $0.source.isVendorDefault }
      && sources.allSatisfy { $0.source == .literal || $0.source.isVendorDefault }
  }
}
