import RegularExpressions
import SourceText

/// The model of moving tags: judges from a tag's words and numbers whether it will name other content later.
///
/// A decision list, first match wins; each step is one function that gives a verdict or passes on.
package struct TagClassifier: Sendable {
  /// What a project may say about its own tags.
  package struct Configuration: Sendable {
    /// Tags that move whatever they look like; a pattern must match the whole tag.
    package var mutablePatterns: [RegularExpression]
    /// Tags that stay.
    package var immutablePatterns: [RegularExpression]
    /// True for a project whose releases have two numbers.
    package var releasesHaveTwoParts: Bool

    package init(
      mutablePatterns: [RegularExpression] = [], immutablePatterns: [RegularExpression] = [],
      releasesHaveTwoParts: Bool = false
    ) {
      self.mutablePatterns = mutablePatterns
      self.immutablePatterns = immutablePatterns
      self.releasesHaveTwoParts = releasesHaveTwoParts
    }
  }

  private let configuration: Configuration

  package init(_ configuration: Configuration = Configuration()) { self.configuration = configuration }

  /// Judges an image by its tag. `refusesOverwrites`: the repository is known to keep tags immutable.
  package func verdict(
    tag: ByteString?, hasDigest: Bool = false, refusesOverwrites: Bool = false
  ) -> TagVerdict {
    if hasDigest { return TagVerdict(.immutable, .certain, .digest) }
    guard let tag else { return TagVerdict(.mutable, .certain, .noTag) }
    if configuration.mutablePatterns.contains(where: { $0.isMatch(tag) }) {
      return TagVerdict(.mutable, .certain, .configuredPattern)
    }
    if configuration.immutablePatterns.contains(where: { $0.isMatch(tag) }) {
      return TagVerdict(.immutable, .certain, .configuredPattern)
    }
    if refusesOverwrites { return TagVerdict(.immutable, .certain, .immutableRepository) }
    return TagShape(tag, releasesHaveTwoParts: configuration.releasesHaveTwoParts).verdict
  }
}

extension TagVerdict {
  init(_ mutability: Mutability, _ confidence: Confidence, _ reason: Reason, guilty range: Range<Int>? = nil) {
    self.init(
      mutability: mutability, confidence: confidence, reason: reason,
      guilty: range.map { [Guilt(range: $0, reason: reason)] } ?? [])
  }
}
