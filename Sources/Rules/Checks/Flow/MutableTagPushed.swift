import Delivery
import Diagnostics
import Registries
import SourceText

extension Check {
  /// `mutable-tag-pushed`: a build has no name but one that the next build takes over.
  package static let mutableTagPushed = Check.script { script, context in
    if context.isCalled(script) { return .exempt("called-script") }
    let commands = script.jobs.flatMap(\.commands)
    let classifier = TagClassifier(context.tagConfiguration)
    let pushes = commands.flatMap { command in
      command.pushedImages.map { TaggedImage($0, in: command, onlyTags: script.runsOnTagsOnly, classifier) }
    }
    guard !pushes.isEmpty else { return .notConcerned }
    let deployed = Set(commands.flatMap(\.deployedImages).map(\.text))
    var findings: [Finding] = []
    var seen: Set<SourceRange> = []
    var silence: Outcome?
    for push in pushes {
      guard let verdict = push.verdict else {
        silence = .unknown(Undecided("which tags a script pushes"))
        continue
      }
      guard verdict.mutability == .mutable else { continue }
      if let clause = push.silentClause {
        silence = .exempt(clause)
        continue
      }
      let others = pushes.filter { $0.name == push.name && $0.tag != push.tag }
      let isDeployed = deployed.contains(push.text)
      if !isDeployed, others.contains(where: { $0.verdict?.mutability != .mutable }) {
        silence = .exempt("beside-fixed-tag")
        continue
      }
      guard seen.insert(push.place).inserted else { continue }
      findings.append(finding(push, verdict, isDeployed ? deploy(of: push, commands) : nil, context))
    }
    if findings.isEmpty { return silence ?? .pass }
    return .findings(findings)
  }

  private static func deploy(of push: TaggedImage, _ commands: [DeliveryCommand]) -> DeliveryCommand? {
    commands.first { $0.deployedImages.contains { $0.text == push.text } }
  }

  private static func finding(
    _ push: TaggedImage, _ verdict: TagVerdict, _ deploy: DeliveryCommand?, _ context: CheckContext
  ) -> Finding {
    var related: [Related] = []
    if push.place.file != push.command.place.file || push.place.range.start < push.command.place.range.start {
      related.append(Related(.script(push.command.place), "pushed here"))
    }
    if let deploy { related.append(Related(.script(deploy.place), "deployed here")) }
    var level: Level = verdict.confidence == .guess ? .warning : .error
    // A caller may give another value than the default.
    if push.word.isAssumed { level = level == .error ? .warning : .note }
    return context.finding(level, at: push.place, related: related, holes: [Hole("tag", push.tagShown)])
  }
}

extension TaggedImage {
  private static let quietParts: Set<String> = [
    "devcontainer", "base", "builder", "ci", "test", "tests", "e2e", "fixtures", "cache", "buildcache",
  ]

  /// Why nobody minds that the tag moves.
  fileprivate var silentClause: String? {
    let parts = name.shown.string.lowercased().split { "/-_".contains($0) }.map(String.init)
    if tagShown.contains("cache") { return "cache-image" }
    if parts.contains(where: Self.quietParts.contains) {
      return parts.contains { $0.hasSuffix("cache") } ? "cache-image" : "helper-image"
    }
    if case .container(let container) = command.action, container.verb == .copy,
      let source = container.sources.first.map({ TaggedImage($0, in: command, onlyTags: false, TagClassifier()) }),
      source.tag == tag
    {
      return "copied-tag"
    }
    return nil
  }
}
