import SourceText

extension LifecyclePolicy {
  /// The strongest rule that claims every image that the rule at `index` can claim, whatever the images are: the rule
  /// then never decides about one. An index of `rules`; nil when no single rule does so.
  package func ruleShadowing(_ index: Int) -> Int? {
    let weaker = rules[index]
    return rules.indices
      .filter {
        rules[$0].priority < weaker.priority && rules[$0].storageClass == weaker.storageClass
          && rules[$0].tags.includes(weaker.tags)
      }
      .min { rules[$0].priority < rules[$1].priority }
  }
}

extension LifecycleRule.TagSelection {
  /// True when the selection claims every image that the other claims.
  package func includes(_ other: Self) -> Bool {
    switch (self, other) {
    case (.any, _), (.untagged, .untagged): true
    case (.untagged, _), (_, .any), (_, .untagged): false
    // A tag that fits the narrower of two words fits the wider too.
    default: asPatterns.allSatisfy { wide in other.asPatterns.contains(where: wide.includes) }
    }
  }

  /// The words of the selection; a prefix is a pattern that ends with `*`.
  private var asPatterns: [TagPattern] {
    switch self {
    case .any, .untagged: []
    case .prefixes(let prefixes): prefixes.map { TagPattern($0 + "*") }
    case .patterns(let patterns): patterns
    }
  }
}
