import Delivery
import Diagnostics
import Registries
import SourceText

extension Check {
  /// `tag-pushed-twice`: two builds give one name to two images.
  package static let tagPushedTwice = Check.script { script, context in
    guard script.kind != .shellScript, script.kind != .makefile else {
      let pushes = script.jobs.contains { $0.commands.contains(where: \.isPush) }
      return pushes ? .unknown(Undecided("which pipeline calls a script that pushes")) : .notConcerned
    }
    let classifier = TagClassifier(context.tagConfiguration)
    let pushes = script.jobs.enumerated().flatMap { index, job in
      job.commands.flatMap { command in
        command.pushedImages.map {
          (job: index, image: TaggedImage($0, in: command, onlyTags: script.runsOnTagsOnly, classifier))
        }
      }
    }
    guard !pushes.isEmpty else { return .notConcerned }
    if script.runsOnTagsOnly { return .exempt("tag-pipeline") }
    var findings: [Finding] = []
    var silence: Outcome?
    var seen: Set<SourceRange> = []
    for (job, image) in pushes {
      guard let tag = image.tag, !image.hasDigest, seen.insert(image.place).inserted else { continue }
      if let twin = pushes.first(where: { $0.job < job && $0.image.text == image.text }), tag.isConstant,
        image.text.isConstant
      {
        findings.append(
          context.finding(
            .error, at: image.place, related: [Related(.script(twin.image.place), "pushed here too")],
            holes: [Hole("tag", tag.shown.string), Hole("cause", "two jobs of one run make it")]))
        continue
      }
      guard let file = VersionFile(tag) else { continue }
      if tag.shown.string.contains("SNAPSHOT") {
        silence = .exempt("snapshot")
        continue
      }
      if let guardClause = script.guardAgainstRepetition(job) {
        silence = .exempt(guardClause)
        continue
      }
      findings.append(
        context.finding(
          .error, at: image.place, related: file.place.map { [Related(.script($0), "the version is read here")] } ?? [],
          holes: [
            Hole("tag", tag.shown.string),
            Hole("cause", "it comes from \(file.name), and the pipeline runs for every commit"),
          ]))
    }
    if findings.isEmpty { return silence ?? .pass }
    return .findings(findings)
  }
}

/// The file of the repository that alone decides a tag.
private struct VersionFile {
  let name: String
  let place: SourceRange?

  init?(_ tag: ResolvedText) {
    var offset = 0
    var found: (ByteString, SourceRange?)?
    for piece in tag.pieces {
      guard case .hole(let hole) = piece else {
        if case .literal(let text) = piece { offset += text.count }
        continue
      }
      switch ValueDomain(hole: hole) {
      case .versionFile: found = found ?? (hole, tag.place(of: offset..<(offset + hole.count)))
      // The same in every build of one environment.
      case .environment: break
      case .branch, .tag, .commit, .counter, .free: return nil
      }
      offset += hole.count
    }
    guard let found else { return nil }
    name = Self.file(in: found.0.string)
    place = found.1
  }

  private static func file(in hole: String) -> String {
    let rows = [
      ("pom.xml", ["mvn", "pom.xml", "project.version"]), ("package.json", ["npm", "package.json"]),
      ("Chart.yaml", ["Chart.yaml"]), ("gradle.properties", ["gradle"]), ("pyproject.toml", ["poetry", "pyproject"]),
      ("Cargo.toml", ["Cargo.toml"]),
    ]
    return rows.first { $0.1.contains { hole.contains($0) } }?.0 ?? "a version file"
  }
}

extension DeliveryScript {
  /// What keeps the pipeline from making the same version again.
  fileprivate func guardAgainstRepetition(_ job: Int) -> String? {
    let conditions = [jobs[job].condition] + jobs[job].steps.map(\.condition)
    if conditions.contains(where: { $0?.contains("refs/tags") == true || $0?.contains("ref_type == 'tag'") == true }) {
      return "guarded"
    }
    for command in jobs.flatMap(\.commands) {
      let line = command.shown
      if line.contains("versions:set") || line.contains("release:prepare") || line.contains("npm version")
        || line.contains("standard-version") || line.contains("semantic-release") || line.contains("poetry version p")
      {
        return "bumped"
      }
      if line.contains("--exact-match") || line.contains("manifest inspect") || line.contains("describe-images")
        || line.hasPrefix("crane manifest") || line.hasPrefix("crane digest") || line.hasPrefix("skopeo inspect")
      {
        return "guarded"
      }
    }
    return nil
  }
}
