import Delivery
import Diagnostics
import Registries
import SourceText

extension Check {
  /// `mutable-tag-deployed`: a command deploys a tag that moves, or something that is no tag.
  package static let mutableTagDeployed = Check.script { script, context in
    var findings: [Finding] = []
    var silence: Outcome?
    var seen: Set<SourceRange> = []
    for run in DeliveryRun.all(of: script) {
      for command in run.commands {
        for deployed in DeployedTag.all(
          in: command, onlyTags: script.runsOnTagsOnly, TagClassifier(context.tagConfiguration))
        {
          guard let fault = deployed.fault else {
            silence = silence ?? .exempt(deployed.isKnown ? "fixed-tag" : "unknown-tag")
            continue
          }
          guard let level = context.level(fault.level, in: run) else {
            silence = .exempt("own-cluster")
            continue
          }
          guard seen.insert(deployed.place).inserted else { continue }
          findings.append(
            context.finding(
              level, at: deployed.place, related: deployed.use.map { [Related(.script($0), "deployed here")] } ?? [],
              holes: [Hole("command", command.verbShown), Hole("image", deployed.shown), Hole("fault", fault.text)]))
        }
      }
    }
    if findings.isEmpty { return silence ?? .notConcerned }
    return .findings(findings)
  }
}

/// A tag that a command brings into a cluster.
private struct DeployedTag {
  let command: DeliveryCommand
  let tag: ResolvedText
  let shown: String
  let place: SourceRange
  let verdict: TagVerdict?

  var isKnown: Bool { verdict != nil }

  /// The command, where the tag is written somewhere else.
  var use: SourceRange? {
    place.file == command.place.file && place.range.start >= command.place.range.start
      && place.range.end <= command.place.range.end ? nil : command.place
  }

  static func all(
    in command: DeliveryCommand, onlyTags: Bool, _ classifier: TagClassifier
  ) -> [DeployedTag] {
    var result = command.deployedImages.compactMap { word -> DeployedTag? in
      let image = TaggedImage(word, in: command, onlyTags: onlyTags, classifier)
      guard !image.hasDigest, image.tag != nil || image.verdict != nil else { return nil }
      return DeployedTag(
        command: command, tag: image.tag ?? ResolvedText("latest"), shown: image.text.shown.string, place: image.place,
        verdict: image.verdict)
    }
    if let helm = command.helm, [.install, .upgrade].contains(helm.verb), !helm.isDryRun {
      result += helm.settings.compactMap { setting in
        let last = setting.key.split(separator: ".").last.map(String.init) ?? ""
        guard last == "tag" || last == "imageTag" || last == "image_tag" else { return nil }
        let place = setting.value.place(of: 0..<setting.value.byteCount) ?? command.source(setting.place)
        return DeployedTag(
          command: command, tag: setting.value, shown: setting.value.shown.string, place: place,
          verdict: setting.value.sample(onlyTags: onlyTags).map { classifier.verdict(tag: $0, hasDigest: false) })
      }
    }
    return result
  }

  var fault: (level: Level, text: String)? {
    if tag.constant == "None" || tag.isEmpty { return (.error, "is not an image tag") }
    if tag.holes.contains(where: Self.canPrintNone) {
      return (.error, "may be `None`: the AWS CLI prints that where it finds no tag")
    }
    guard let verdict, verdict.mutability == .mutable else { return nil }
    return (verdict.confidence == .guess ? .warning : .error, "moves")
  }

  /// `$(aws … --output text)` prints `None` for a null.
  private static func canPrintNone(_ hole: ByteString) -> Bool {
    let text = hole.string
    return (text.hasPrefix("$(") || text.hasPrefix("`")) && text.contains("aws ") && text.contains("--query")
      && text.contains("text")
  }
}

extension DeliveryCommand {
  /// Program and verb.
  fileprivate var verbShown: String {
    let words = words.prefix { $0.text.literalPrefix.bytes.first != UInt8(ascii: "-") }.prefix(
      program == "helm" ? 2 : 3)
    return words.map { $0.text.shown.string }.joined(separator: " ")
  }
}
