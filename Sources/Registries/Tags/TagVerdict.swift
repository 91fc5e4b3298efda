import SourceText

/// Whether an image tag is expected to name other content later.
package struct TagVerdict: Hashable, Sendable {
  package enum Mutability: Hashable, Sendable {
    case mutable
    case immutable
    /// The shape says nothing, for example a lone word.
    case unknown
  }

  package enum Confidence: Hashable, Sendable {
    case certain
    case likely
    case guess
  }

  package let mutability: Mutability
  package let confidence: Confidence
  package let reason: Reason
  /// The words that make the tag move, or may do so, in order; empty when none in particular does.
  package let guilty: [Guilt]

  /// Some bytes of the tag, and what they say about it.
  package struct Guilt: Hashable, Sendable {
    package let range: Range<Int>
    package let reason: Reason
  }

  /// What decided, for a message.
  package enum Reason: Hashable, Sendable {
    case digest
    case noTag
    case configuredPattern
    case immutableRepository
    case channel(String)
    /// `latest-`: what should follow the word is empty.
    case channelWithoutRest(String)
    case environment(String)
    case branch(String)
    case preRelease(String)
    case release(String)
    case snapshot(String)
    case ticket(String)
    case incompleteVersion(String)
    case distribution(String)
    case wordWithVersion(String)
    case timestamp(String)
    case commit(String)
    case counter(String)
    case fullVersion(String)
    case flavour(String)
    case shapeless
  }

  /// True for `1`, `1.2` and `alpine`: tags that move, but slowly and by custom.
  package var isSlowlyMoving: Bool {
    switch reason {
    case .incompleteVersion, .distribution: mutability == .mutable
    default: false
    }
  }
}

extension TagVerdict.Reason: CustomStringConvertible {
  /// Fits between the brackets of "uses the moving tag `x` (…)".
  package var description: String {
    switch self {
    case .digest: "a digest names the content"
    case .noTag: "no tag means `latest`"
    case .configuredPattern: "a configured pattern matches it"
    case .immutableRepository: "its repository refuses to overwrite tags"
    case .channel(let word): "channel word `\(word)`"
    case .channelWithoutRest(let word): "channel word `\(word)` with an empty value behind it"
    case .environment(let word): "environment `\(word)`"
    case .branch(let word): "branch `\(word)`"
    case .preRelease(let word): "pre-release word `\(word)` without a number"
    case .release(let word): "release word `\(word)` without a version"
    case .snapshot(let word): "`\(word)` without a build"
    case .ticket(let word): "ticket `\(word)` names a branch"
    case .incompleteVersion(let version): "version `\(version)` is not complete"
    case .distribution(let word): "distribution `\(word)` without a version of the program"
    case .wordWithVersion(let version): "`\(version)` may be part of a version"
    case .timestamp(let text): "time `\(text)`"
    case .commit(let text): "commit `\(text)`"
    case .counter(let text): "number `\(text)` looks like a build counter"
    case .fullVersion(let text): "full version `\(text)`"
    case .flavour(let word): "`\(word)` builds are sometimes pushed again"
    case .shapeless: "its shape does not tell"
    }
  }
}
