import SourceText
import YAML

/// A lifecycle policy of Amazon ECR: which images of a repository expire, or move to the archive, and when.
package struct LifecyclePolicy: Sendable {
  /// In the order of the text; only rules that are whole.
  package var rules: [LifecycleRule]

  package init(rules: [LifecycleRule]) { self.rules = rules }
}

/// One rule of a lifecycle policy.
package struct LifecycleRule: Hashable, Sendable {
  /// 1 is the strongest; no two rules of a valid policy share one.
  package var priority: Int64
  package var tags: TagSelection
  /// The images that the rule looks at.
  package var storageClass: StorageClass
  package var criterion: Criterion
  package var action: Action
  /// Where the rule stands; nil for one that nobody wrote.
  package var node: YAMLNode?

  package init(
    priority: Int64, tags: TagSelection, storageClass: StorageClass = .standard, criterion: Criterion, action: Action,
    node: YAMLNode? = nil
  ) {
    self.priority = priority
    self.tags = tags
    self.storageClass = storageClass
    self.criterion = criterion
    self.action = action
    self.node = node
  }

  /// Which images a rule claims by their tags.
  package enum TagSelection: Hashable, Sendable {
    case untagged
    /// Tagged and untagged.
    case any
    /// Every prefix must start some tag of the image.
    case prefixes([ByteString])
    /// Every pattern must match some tag of the image.
    case patterns([TagPattern])
  }

  package enum StorageClass: String, Hashable, Sendable, CaseIterable {
    case standard, archive
  }

  /// Which of the images that it claims a rule marks.
  package enum Criterion: Hashable, Sendable {
    /// All but the newest so many.
    case imageCountMoreThan(Int64)
    /// Those for which more than `days` have passed since an event.
    case older(days: Int64, since: Event)
  }

  /// What the age of an image is counted from.
  package enum Event: String, Hashable, Sendable, CaseIterable {
    case pushed = "sinceImagePushed"
    case pulled = "sinceImagePulled"
    case transitioned = "sinceImageTransitioned"
  }

  package enum Action: Hashable, Sendable {
    /// Deletes the image.
    case expire
    /// Moves the image to the archive, from where it cannot be pulled.
    case archive
  }
}

extension LifecycleRule.TagSelection {
  /// True when the rule claims an image with these tags.
  package func matches(tags: [ByteString]) -> Bool {
    switch self {
    case .any: true
    case .untagged: tags.isEmpty
    case .prefixes(let prefixes):
      !tags.isEmpty && prefixes.allSatisfy { prefix in tags.contains { $0.hasPrefix(prefix) } }
    case .patterns(let patterns):
      !tags.isEmpty && patterns.allSatisfy { pattern in tags.contains(where: pattern.matches) }
    }
  }
}
