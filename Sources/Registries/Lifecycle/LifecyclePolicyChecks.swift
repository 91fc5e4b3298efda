import SourceText
import YAML

/// What the rules of one policy must not have in common.
enum LifecyclePolicyChecks {
  static func faults(of rules: [LifecycleRule]) -> [LifecycleFault] {
    var faults = samePriority(rules)
    for storageClass in LifecycleRule.StorageClass.allCases {
      let rules = rules.filter { $0.storageClass == storageClass }
      faults += sameTags(rules) + anyNotLast(rules)
    }
    return faults
  }

  private static func samePriority(_ rules: [LifecycleRule]) -> [LifecycleFault] {
    var first: [Int64: LifecycleRule] = [:]
    return rules.compactMap { rule in
      guard let other = first[rule.priority] else {
        first[rule.priority] = rule
        return nil
      }
      return fault(rule, "another rule has this priority too", at: ["rulePriority"], other)
    }
  }

  /// Two rules that claim by the same words; those that claim `any` or `untagged` among them.
  private static func sameTags(_ rules: [LifecycleRule]) -> [LifecycleFault] {
    var first: [LifecycleRule.TagSelection: LifecycleRule] = [:]
    return rules.compactMap { rule in
      let key = rule.tags.inOneOrder
      guard let other = first[key] else {
        first[key] = rule
        return nil
      }
      let (field, words) = description(rule.tags)
      let reason = "rule \(other.priority) already selects \(words) in storage class \"\(rule.storageClass.rawValue)\""
      return fault(rule, reason, at: ["selection", field], other)
    }
  }

  /// The first rule for `any` image; of others `sameTags` tells.
  private static func anyNotLast(_ rules: [LifecycleRule]) -> [LifecycleFault] {
    guard let any = rules.first(where: { $0.tags == .any }) else { return [] }
    let weaker = rules.filter { $0.tags != .any && $0.priority > any.priority }
    guard let weaker = weaker.max(by: { $0.priority < $1.priority }) else { return [] }
    let reason = "tagStatus \"any\" needs the largest priority number, and rule \(weaker.priority) has a larger one"
    return fault(any, reason, at: ["rulePriority"], weaker).map { [$0] } ?? []
  }

  private static func description(_ tags: LifecycleRule.TagSelection) -> (field: String, words: String) {
    switch tags {
    case .any: ("tagStatus", "every image")
    case .untagged: ("tagStatus", "untagged images")
    case .prefixes: ("tagPrefixList", "by these prefixes")
    case .patterns: ("tagPatternList", "by these patterns")
    }
  }

  /// A fault at a field of one rule, related to the same field of another; nil for rules that nobody wrote.
  private static func fault(
    _ rule: LifecycleRule, _ reason: String, at path: [String], _ other: LifecycleRule
  ) -> LifecycleFault? {
    guard let node = rule.node else { return nil }
    let place = node.descend(path[...]) ?? node
    return LifecycleFault(
      level: .error, priority: ByteString("\(rule.priority)"), reason: reason, place: .node(place),
      related: other.node.map { $0.descend(path[...]) ?? $0 })
  }
}

extension LifecycleRule.TagSelection {
  /// The selection with its words sorted and each once: equal for selections that claim the same.
  fileprivate var inOneOrder: Self {
    switch self {
    case .any, .untagged: self
    case .prefixes(let prefixes): .prefixes(Set(prefixes).sorted())
    case .patterns(let patterns): .patterns(Set(patterns.map(\.text)).sorted().map(TagPattern.init))
    }
  }
}
