import SourceText
import Testing

@testable import Registries

/// Ten thousand random policies, played on random images, against the reference; a tenth of them read from JSON too.
@Suite struct LifecyclePropertyTests {
  /// Numbers that are the same in every run.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
    mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }
  }

  private static let now: Int64 = 1_760_000_000
  private static let words = ["a", "ab", "b", "ba", "abc", ""]
  private static let patterns = ["a*", "*b", "*", "a*b*", "*ab*", "ba", "*a*b*c*"]
  private static let tags = ["a", "ab", "abc", "b", "ba", "bab", "cab", "c"]

  private static func rule(_ priority: Int, _ dice: inout Dice) -> LifecycleReference.Rule {
    let isOfArchive = dice.chance(25)
    let countType =
      isOfArchive
      ? "sinceImageTransitioned"
      : dice.pick(["imageCountMoreThan", "imageCountMoreThan", "sinceImagePushed", "sinceImagePulled"])
    let areWordsPrefixes = dice.chance(50)
    return LifecycleReference.Rule(
      priority: priority, status: dice.pick(["tagged", "tagged", "tagged", "untagged", "any"]),
      words: (0...dice.roll(2)).map { _ in dice.pick(areWordsPrefixes ? words : patterns) },
      areWordsPrefixes: areWordsPrefixes, isOfArchive: isOfArchive, countType: countType,
      number: isOfArchive ? 90 + dice.roll(20) : 1 + dice.roll(6),
      isTransition: countType == "sinceImagePulled" || (!isOfArchive && dice.chance(30)))
  }

  private static func json(_ rule: LifecycleReference.Rule) -> String {
    let list = rule.words.map { "\"\($0)\"" }.joined(separator: ",")
    let words =
      rule.status == "tagged" ? "\"\(rule.areWordsPrefixes ? "tagPrefixList" : "tagPatternList")\":[\(list)]," : ""
    let unit = rule.countType == "imageCountMoreThan" ? "" : "\"countUnit\":\"days\","
    return """
      {"rulePriority": \(rule.priority), "description": "rule of a test",
       "selection": {"tagStatus": "\(rule.status)", \(words) \(unit) "countNumber": \(rule.number),
        "storageClass": "\(rule.isOfArchive ? "archive" : "standard")", "countType": "\(rule.countType)"},
       "action": {"type": \(rule.isTransition ? "\"transition\", \"targetStorageClass\": \"archive\"" : "\"expire\"")}}
      """
  }

  private static func model(_ rule: LifecycleReference.Rule) -> LifecycleRule {
    let words = rule.words.map { ByteString($0) }
    let tags: LifecycleRule.TagSelection =
      switch rule.status {
      case "any": .any
      case "untagged": .untagged
      default: rule.areWordsPrefixes ? .prefixes(words) : .patterns(words.map(TagPattern.init))
      }
    let number = Int64(rule.number)
    let event = LifecycleRule.Event(rawValue: rule.countType)
    return LifecycleRule(
      priority: Int64(rule.priority), tags: tags, storageClass: rule.isOfArchive ? .archive : .standard,
      criterion: event.map { .older(days: number, since: $0) } ?? .imageCountMoreThan(number),
      action: rule.isTransition ? .archive : .expire)
  }

  /// The rules of a text, without their places.
  private static func read(_ text: String) -> [LifecycleRule] {
    LifecyclePolicyReader.read(ByteString(text)).policy.rules.map { rule in
      var rule = rule
      rule.node = nil
      return rule
    }
  }

  private static func image(_ index: Int, of count: Int, _ dice: inout Dice) -> RegistryImage {
    // Whole days are frequent, so that ages fall on the limits.
    func moment(_ days: Int, _ dice: inout Dice) -> Int64 {
      now - Int64(dice.roll(days)) * 86_400 - (dice.chance(30) ? Int64(dice.roll(3)) - 1 : 0)
    }
    let tagCount = dice.pick([0, 1, 1, 2, 3])
    var image = RegistryImage(
      digest: ByteString("\(index)"), tags: (0..<tagCount).map { _ in ByteString(dice.pick(tags)) },
      pushedAt: moment(9, &dice))
    if dice.chance(30) { image.pulledAt = moment(9, &dice) }
    if dice.chance(15) { image.activatedAt = moment(9, &dice) }
    if dice.chance(25) {
      image.storageClass = .archive
      if dice.chance(90) { image.archivedAt = moment(120, &dice) }
    }
    if dice.chance(25) { image.lists = (0...dice.roll(2)).map { _ in ByteString("\(dice.roll(count + 2))") } }
    return image
  }

  @Test func agreesWithTheReference() {
    var dice = Dice(state: 20_261_124)
    var acted = 0
    var held = 0
    var shadowed = 0
    for round in 0..<10_000 {
      let priorities = Set((0...dice.roll(6)).map { _ in 1 + dice.roll(20) })
      let rules = priorities.sorted().map { Self.rule($0, &dice) }
      let policy = LifecyclePolicy(rules: rules.reversed().map(Self.model))
      // Reading takes most of the time.
      if round.isMultiple(of: 10) {
        let text = "{\"rules\": [\(rules.reversed().map(Self.json).joined(separator: ", "))]}"
        #expect(Self.read(text) == policy.rules)
      }
      let idle = policy.rules.indices.filter { policy.ruleShadowing($0) != nil }
      shadowed += idle.count
      let count = dice.roll(13)
      let images = (0..<count).map { Self.image($0, of: count, &dice) }
      let reference = LifecycleReference(rules: rules, images: images, now: Self.now)
      for mode in LifecycleEvaluation.Guard.allCases {
        let fates = LifecycleEvaluation.fates(of: images, under: policy, now: Self.now, guard: mode)
        for (index, fate) in fates.enumerated() {
          let expected = reference.action(on: index, guardsParts: mode == .documented)
          let isSame =
            fate.cause.map { policy.rules[$0].priority } == expected.map { Int64($0.priority) }
            && fate.action == expected.map { $0.isTransition ? .archive : .expire }
          // An expectation for each of so many images would take most of the time.
          if !isSame {
            Issue.record("round \(round), image \(index), \(mode): \(fate), not \(String(describing: expected))")
          }
          if let claimant = fate.claimedBy, idle.contains(claimant) {
            Issue.record("round \(round), image \(index): \(fate) by a rule in the shadow")
          }
          acted += fate.action == nil ? 0 : 1
          held += fate.isHeldByList ? 1 : 0
        }
      }
    }
    // The dice must reach what is compared.
    #expect(acted > 20_000)
    #expect(held > 1_000)
    #expect(shadowed > 1_000)
  }
}
