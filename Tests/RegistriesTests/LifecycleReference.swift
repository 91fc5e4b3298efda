import SourceText

@testable import Registries

/// What happens to one image, worked out from the definitions alone: slow, and without sorting or marking. It takes the
/// policy as the tests made it, not as the room read it.
struct LifecycleReference {
  struct Rule {
    var priority: Int
    /// `tagged`, `untagged` or `any`.
    var status: String
    /// Patterns; prefixes too, with a `*` behind them.
    var words: [String]
    var areWordsPrefixes: Bool
    var isOfArchive: Bool
    var countType: String
    var number: Int
    var isTransition: Bool
  }

  typealias Decision = (priority: Int, isTransition: Bool)

  private let rules: [Rule]
  private let images: [RegistryImage]
  private let now: Int64
  /// What the strongest rule that claims an image says, for each image.
  private var decisions: [Decision?] = []

  init(rules: [Rule], images: [RegistryImage], now: Int64) {
    self.rules = rules
    self.images = images
    self.now = now
    decisions = images.indices.map(decision)
  }

  /// The deciding rule's priority, and whether it transitions; nil when the image stays.
  func action(on index: Int, guardsParts: Bool) -> Decision? {
    guard let decision = decisions[index] else { return nil }
    return guardsParts && stays(index, becauseOf: decision) ? nil : decision
  }

  /// True when some list of the repository stays, seen from the image up, each list at most once.
  private func stays(_ index: Int, becauseOf decision: Decision) -> Bool {
    var stays = false
    var isSeen = Array(repeating: false, count: images.count)
    // An image stays when one of those above it stays, or is only archived while it would expire.
    func look(_ part: Int, expires: Bool) {
      isSeen[part] = true
      for list in images.indices where images[part].lists.contains(images[list].digest) {
        guard let above = decisions[list] else {
          stays = true
          return
        }
        if expires && above.isTransition { stays = true }
        if !isSeen[list] { look(list, expires: !above.isTransition) }
      }
    }
    look(index, expires: !decision.isTransition)
    return stays
  }

  private func decision(on index: Int) -> Decision? {
    for priority in 1...20 {
      for rule in rules where rule.priority == priority && claims(rule, images[index]) {
        return marks(rule, index) ? (priority, rule.isTransition) : nil
      }
    }
    return nil
  }

  private func claims(_ rule: Rule, _ image: RegistryImage) -> Bool {
    if rule.isOfArchive != (image.storageClass == .archive) { return false }
    if rule.status == "any" { return true }
    if rule.status == "untagged" { return image.tags.count == 0 }
    if image.tags.count == 0 { return false }
    for word in rule.words {
      var isThere = false
      for tag in image.tags
      where Self.fits(Array((rule.areWordsPrefixes ? word + "*" : word).utf8)[...], tag.bytes[...]) {
        isThere = true
      }
      if !isThere { return false }
    }
    return true
  }

  private static func fits(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == UInt8(ascii: "*") { return (0...text.count).contains { fits(rest, text.dropFirst($0)) } }
    return text.first == first && fits(rest, text.dropFirst())
  }

  private func marks(_ rule: Rule, _ index: Int) -> Bool {
    let image = images[index]
    func isOld(_ moment: Int64) -> Bool { Double(now - moment) / 86_400 > Double(rule.number) }
    switch rule.countType {
    case "sinceImagePushed": return isOld(image.pushedAt)
    case "sinceImageTransitioned":
      if let archivedAt = image.archivedAt { return isOld(archivedAt) }
      return false
    case "sinceImagePulled":
      if let activatedAt = image.activatedAt {
        if let pulledAt = image.pulledAt, pulledAt > activatedAt { return isOld(pulledAt) }
        return isOld(activatedAt)
      }
      return isOld(image.pulledAt ?? image.pushedAt)
    default:
      var newer = 0
      for other in images.indices where other != index && claims(rule, images[other]) {
        let mine = image.activatedAt ?? image.pushedAt
        let its = images[other].activatedAt ?? images[other].pushedAt
        if its > mine || (its == mine && other > index) { newer += 1 }
      }
      return newer >= rule.number
    }
  }
}
