import Delivery
import Diagnostics
import Kubernetes
import Registries
import SourceText

extension Check {
  /// `branch-named-tag-value`: the tag is fixed by what a value happens to hold, and its key asks for a branch.
  package static let branchNamedTagValue = Check.container { container, workload, context in
    guard !workload.object.hook.isTest else { return .exempt("test-object") }
    guard let node = container.image, let bytes = node.scalarBytes, let image = try? ImageReference(bytes),
      let tag = image.tag
    else { return .notConcerned }
    let named = NamedTagPart.all(of: node, in: tag, context)
    guard !named.isEmpty else { return .pass }
    guard image.digest == nil else { return .exempt("digest") }
    guard !context.isVendorDefault(node) else { return .exempt("vendor-default") }
    let classifier = TagClassifier(context.tagConfiguration)
    guard classifier.verdict(tag: bytes[tag]).mutability != .mutable else { return .exempt("moving-tag") }
    guard classifier.verdict(tag: bytes[tag]).mutability == .immutable else { return .exempt("unknown-shape") }
    var exemption = "version-elsewhere"
    let findings = named.compactMap { part -> Finding? in
      guard part.decides(tag, of: bytes, classifier) else { return nil }
      let setting = part.setting(in: context.scope.pipelines)
      guard setting != .fixed else {
        exemption = "set-by-pipeline"
        return nil
      }
      return part.finding(setting, tag: bytes[tag], at: node, of: workload, context)
    }
    return findings.isEmpty ? .exempt(exemption) : .findings(findings)
  }
}

/// A part of a tag whose values key names a branch or the like.
private struct NamedTagPart {
  let key: String
  /// The word of the key that says so.
  let word: String
  let range: Range<Int>

  /// What the pipelines of the input put into the key.
  enum Setting: Equatable {
    /// Nothing, a constant, or what is not known.
    case open
    /// Each command that releases the chart gives it a commit, a counter or a version.
    case fixed
    /// The text of what it is set to, and the argument.
    case moving(ByteString, SourceRange)
  }

  /// A value that supplies the repository too is a whole image: a `ref` of it is no git ref.
  static func all(of node: Node, in tag: Range<Int>, _ context: CheckContext) -> [NamedTagPart] {
    let words = Set(context.options.words("keyWords").map { $0.lowercased() })
    let length = node.scalarBytes?.count ?? 0
    var seen: Set<String> = []
    return context.parts(of: node, in: 0..<length).flatMap { part -> [NamedTagPart] in
      guard part.range.lowerBound >= tag.lowerBound, part.range.upperBound <= tag.upperBound, !part.range.isEmpty
      else { return [] }
      return part.source.leaves.compactMap(\.valuesKey).compactMap { key in
        guard let word = KeyWords.last(of: key).first(where: words.contains), seen.insert(key).inserted else {
          return nil
        }
        return NamedTagPart(key: key, word: word, range: part.range)
      }
    }
  }

  /// What the word of the key asks for.
  private var asked: ValueDomain { ["env", "environment", "stage"].contains(word) ? .environment : .branch }

  /// Whether the tag would be fixed no more with what the key asks for; a version beside it may keep it so.
  func decides(_ tag: Range<Int>, of image: ByteString, _ classifier: TagClassifier) -> Bool {
    let sample = asked.sample ?? ""
    let text = image[tag.lowerBound..<range.lowerBound] + sample + image[range.upperBound..<tag.upperBound]
    return classifier.verdict(tag: text).mutability != .immutable
  }

  func setting(in pipelines: [PipelineRelease]) -> Setting {
    var isAlwaysFixed = !pipelines.isEmpty
    for pipeline in pipelines {
      guard let assignment = pipeline.assignments[key] else {
        isAlwaysFixed = false
        continue
      }
      let holes = assignment.value.holes
      let domains = holes.map { ValueDomain(hole: $0, onlyTags: pipeline.runsOnTagsOnly) }
      for (hole, domain) in zip(holes, domains) where domain == .branch || domain == .environment {
        return .moving(hole, assignment.place)
      }
      let isFixed = zip(holes, domains).contains { hole, domain in domain != .free || KeyWords.sayVersion(hole.string) }
      if !isFixed { isAlwaysFixed = false }
    }
    return isAlwaysFixed ? .fixed : .open
  }

  func finding(
    _ setting: Setting, tag: ByteString, at node: Node, of workload: Workload, _ context: CheckContext
  ) -> Finding {
    var (level, evidence, related) = (Level.note, "the key's name says \(word)", [Related]())
    if case .moving(let text, let place) = setting {
      let file = place.file.path.split(separator: "/").last.map(String.init) ?? place.file.path
      (level, evidence) = (.error, "`\(file)` sets it from `\(text)`")
      related = [Related(.script(place), "set here")]
    }
    return context.finding(
      level, in: workload.object, at: .valuesKey(key, of: node, range), related: related,
      holes: [Hole("tag", tag.string), Hole("key", key), Hole("evidence", evidence)])
  }
}

/// The words that names are made of.
private enum KeyWords {
  /// The words of the last key of a path, in lower case: `app.gitRef` has `git` and `ref`.
  static func last(of path: String) -> [String] {
    let last = path.split(separator: ".").last.map(String.init) ?? path
    return words(of: String(last.prefix { $0 != "[" }))
  }

  /// Whether a variable is named for a release, so that it holds no branch.
  static func sayVersion(_ name: String) -> Bool {
    let known: Set<String> = ["release", "version", "tag"]
    return words(of: name).contains(where: known.contains)
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var wasLower = false
    var isOpen = false
    for character in text {
      guard character.isLetter || character.isNumber else {
        (isOpen, wasLower) = (false, false)
        continue
      }
      let startsWord = !isOpen || (character.isUppercase && wasLower)
      if startsWord { words.append("") }
      words[words.count - 1] += character.lowercased()
      (isOpen, wasLower) = (true, !character.isUppercase)
    }
    return words
  }
}
