import SourceText

/// Plays a lifecycle policy on the images of a repository, as ECR does it within a day.
///
/// Every rule looks at the whole repository: an image that a stronger rule will expire still counts for a weaker one.
/// Only the strongest rule that claims an image decides about it, be it to keep it.
package struct LifecycleEvaluation {
  /// What happens to an image that is part of a manifest list.
  package enum Guard: Hashable, Sendable, CaseIterable {
    /// It goes only when all its lists go, as the documentation says.
    case documented
    /// It goes like any other, as some teams have seen.
    case pessimistic
  }

  /// What becomes of one image.
  package struct Fate: Hashable, Sendable {
    /// The strongest rule that claims it, as an index of the policy's rules; nil when none does.
    package var claimedBy: Int?
    /// The action that befalls it, and the rule that causes it: its claimant, or that of its subject. Nil when it stays.
    package var action: LifecycleRule.Action?
    package var cause: Int?
    /// True when a rule marks it, and a manifest list that stays holds it.
    package var isHeldByList = false

    /// Nothing has been said of it but to leave it alone.
    fileprivate var isFree: Bool { action == nil && !isHeldByList }
  }

  private static let secondsPerDay: Int64 = 86_400

  private let policy: LifecyclePolicy
  private let images: [RegistryImage]
  private let now: Int64
  private var fates: [Fate]

  /// The fates of `images`, in their order. `now`: seconds since 1970, UTC. Of two images pushed in the same moment
  /// the later in the list is the newer.
  package static func fates(
    of images: [RegistryImage], under policy: LifecyclePolicy, now: Int64, guard mode: Guard = .documented
  ) -> [Fate] {
    var evaluation = LifecycleEvaluation(policy, images, now)
    evaluation.applyRules()
    if mode == .documented { evaluation.holdPartsOfLists() }
    evaluation.followSubjects()
    return evaluation.fates
  }

  private init(_ policy: LifecyclePolicy, _ images: [RegistryImage], _ now: Int64) {
    self.policy = policy
    self.images = images
    self.now = now
    fates = Array(repeating: Fate(), count: images.count)
  }

  // MARK: Rules

  private mutating func applyRules() {
    // Equal priorities are refused by ECR; the order of the text decides here.
    let order = policy.rules.indices.sorted { (policy.rules[$0].priority, $0) < (policy.rules[$1].priority, $1) }
    for index in order {
      let rule = policy.rules[index]
      let candidates = images.indices.filter {
        images[$0].storageClass == rule.storageClass && rule.tags.matches(tags: images[$0].tags)
      }
      let unclaimed = Set(candidates.filter { fates[$0].claimedBy == nil })
      for image in unclaimed { fates[image].claimedBy = index }
      for image in marked(by: rule.criterion, of: candidates) where unclaimed.contains(image) {
        fates[image].action = rule.action
        fates[image].cause = index
      }
    }
  }

  private func marked(by criterion: LifecycleRule.Criterion, of candidates: [Int]) -> [Int] {
    switch criterion {
    case .imageCountMoreThan(let count):
      let newestFirst = candidates.sorted { (images[$0].countedFrom, $0) > (images[$1].countedFrom, $1) }
      return Array(newestFirst.dropFirst(Int(clamping: max(count, 0))))
    case .older(let days, let event):
      let (age, isTooLong) = days.multipliedReportingOverflow(by: LifecycleEvaluation.secondsPerDay)
      let (limit, isTooEarly) = now.subtractingReportingOverflow(age)
      guard !isTooLong, !isTooEarly else { return [] }
      return candidates.filter { images[$0].moment(of: event).map { $0 < limit } ?? false }
    }
  }

  // MARK: Images that hang together

  /// Takes back the actions on parts of lists that stay, and so on for the parts of parts.
  private mutating func holdPartsOfLists() {
    let indexes = Dictionary(images.indices.map { (images[$0].digest, $0) }, uniquingKeysWith: { first, _ in first })
    var parts: [Int: [Int]] = [:]
    for image in images.indices {
      for list in images[image].lists.compactMap({ indexes[$0] }) { parts[list, default: []].append(image) }
    }
    var pending = Array(images.indices)
    while let list = pending.popLast() {
      for part in parts[list] ?? [] where fates[part].action.map({ !mayGo($0, while: fates[list].action) }) ?? false {
        fates[part].action = nil
        fates[part].cause = nil
        fates[part].isHeldByList = true
        pending.append(part)
      }
    }
  }

  /// A list in the archive still needs its parts; one that expires needs none.
  private func mayGo(_ action: LifecycleRule.Action, while list: LifecycleRule.Action?) -> Bool {
    switch list {
    case nil: false
    case .expire: true
    case .archive: action == .archive
    }
  }

  /// Signatures and other artifacts go where their subject goes.
  private mutating func followSubjects() {
    var artifacts: [ByteString: [Int]] = [:]
    for image in images.indices {
      if let subject = images[image].subject { artifacts[subject, default: []].append(image) }
    }
    var pending = images.indices.filter { fates[$0].action != nil }
    while let subject = pending.popLast() {
      for artifact in artifacts[images[subject].digest] ?? [] where fates[artifact].isFree {
        fates[artifact].action = fates[subject].action
        fates[artifact].cause = fates[subject].cause
        pending.append(artifact)
      }
    }
  }
}
