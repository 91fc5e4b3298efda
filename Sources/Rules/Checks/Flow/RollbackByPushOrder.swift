import Delivery
import Diagnostics
import SourceText

extension Check {
  /// `rollback-by-push-order`: an image chosen by its position in a registry's listing.
  package static let rollbackByPushOrder = Check.script { script, context in
    let commands = script.jobs.flatMap(\.commands)
    let listings = commands.compactMap(Listing.init)
    guard !listings.isEmpty else {
      return commands.contains(where: Listing.asksForOneTag) ? .exempt("by-tag") : .notConcerned
    }
    var findings: [Finding] = []
    for listing in listings {
      guard let deploy = commands.first(where: { $0.isDeploy && listing.feeds($0) }) else { continue }
      findings.append(
        context.finding(
          .error, at: listing.place, label: "chosen by position here",
          related: [Related(.script(deploy.place), "deployed here")], holes: [Hole("repo", listing.repository)]))
    }
    return findings.isEmpty ? .exempt("not-deployed") : .findings(findings)
  }
}

/// A command that picks an image out of a registry's listing by its position.
private struct Listing {
  let command: DeliveryCommand
  let repository: String
  /// The expression that picks.
  let place: SourceRange

  init?(_ command: DeliveryCommand) {
    self.command = command
    let words = command.words.map { $0.text.shown.string }
    func value(_ flag: String) -> (text: String, range: ByteRange)? {
      for (index, word) in words.enumerated() {
        if word == flag, index + 1 < words.count { return (words[index + 1], command.words[index + 1].range) }
        if word.hasPrefix(flag + "=") { return (String(word.dropFirst(flag.count + 1)), command.words[index].range) }
      }
      return nil
    }
    switch command.program.string {
    case "aws":
      guard words.contains("ecr"), words.contains("describe-images") || words.contains("list-images") else {
        return nil
      }
      if Self.asksForOneTag(command) { return nil }
      repository = value("--repository-name")?.text ?? "the repository"
      if let query = value("--query"), Self.picks(query.text) {
        place = command.source(query.range)
      } else if let most = value("--max-items") {
        place = command.source(most.range)
      } else if command.circumstances.feedsPipe {
        place = command.place
      } else {
        return nil
      }
    case "crane", "gcrane":
      guard words.count > 1, words[1] == "ls", command.circumstances.feedsPipe else { return nil }
      repository = words.last ?? ""
      place = command.place
    case "gcloud":
      guard words.contains("container") || words.contains("artifacts"), let sorted = value("--sort-by") else {
        return nil
      }
      repository = words.last { $0.contains("/") } ?? "the repository"
      place = command.source(sorted.range)
    default: return nil
    }
  }

  /// Nothing is chosen by position from a listing of one exact tag.
  static func asksForOneTag(_ command: DeliveryCommand) -> Bool {
    command.program == "aws" && command.words.contains { $0.text.shown.string.contains("imageTag=") }
  }

  /// Sorting by the push and an index, or the first of an image's tags.
  private static func picks(_ query: String) -> Bool {
    if query.contains("imageTags[0]") && !query.contains("imageTag==") { return true }
    let sorts = query.contains("sort_by") && query.contains("imagePushedAt")
    return sorts && query.contains("[") && !query.contains("contains(imageTags")
      || query.contains("max_by") && query.contains("imagePushedAt")
  }

  /// The listing stands in a substitution whose result the command uses.
  func feeds(_ deploy: DeliveryCommand) -> Bool {
    deploy.words.contains { word in
      var offset = 0
      for piece in word.text.pieces {
        guard case .hole(let hole) = piece else {
          if case .literal(let text) = piece { offset += text.count }
          continue
        }
        let range = offset..<(offset + hole.count)
        offset += hole.count
        guard let place = word.text.place(of: range), place.file == command.place.file else { continue }
        if place.range.start <= command.place.range.start, command.place.range.end <= place.range.end { return true }
      }
      return false
    }
  }
}
