import SourceText

/// A tag's segments, and the steps of the decision list that look at nothing else.
struct TagShape {
  private let tag: ByteString
  private let segments: [TagSegment]
  private let releasesHaveTwoParts: Bool

  init(_ tag: ByteString, releasesHaveTwoParts: Bool) {
    self.tag = tag
    self.releasesHaveTwoParts = releasesHaveTwoParts
    segments = TagSegmenter.segments(of: tag)
  }

  /// The first step that decides.
  var verdict: TagVerdict {
    loneChannel ?? snapshot ?? uniqueNumber ?? branchPrefix ?? fullVersion ?? counterOrDate ?? numberedMovingWord
      ?? movingWord ?? incompleteVersion ?? distribution ?? wordWithVersion ?? TagVerdict(.unknown, .guess, .shapeless)
  }

  // MARK: Steps

  /// `latest`, also `latest-`.
  private var loneChannel: TagVerdict? {
    guard segments.count == 1, segments[0].classes.contains(.channel) else { return nil }
    let word = original(segments[0])
    let isCutOff = segments[0].range.upperBound < tag.count
    return TagVerdict(
      .mutable, .certain, isCutOff ? .channelWithoutRest(word) : .channel(word), guilty: segments[0].range)
  }

  /// Maven's snapshots move until a time, commit or number makes them unique.
  private var snapshot: TagVerdict? {
    guard let index = segments.firstIndex(where: { $0.classes.contains(.snapshot) }) else { return nil }
    let unique = segments[(index + 1)...].first { [.time, .date, .hash, .counter].contains($0.shape) }
    if let unique { return TagVerdict(.immutable, .likely, .counter(original(unique))) }
    return TagVerdict(.mutable, .likely, .snapshot(original(segments[index])), guilty: segments[index].range)
  }

  private var uniqueNumber: TagVerdict? {
    for segment in segments {
      if segment.shape == .time { return TagVerdict(.immutable, .likely, .timestamp(original(segment))) }
      if segment.shape == .hash { return TagVerdict(.immutable, .likely, .commit(original(segment))) }
    }
    return nil
  }

  /// `feature-login`, `pr-88`, `SHOP-1234`: names of branches that come and go.
  private var branchPrefix: TagVerdict? {
    guard let first = segments.first, !segments.contains(where: { $0.shape == .fullVersion }) else { return nil }
    if first.classes.contains(.branch), !TagWords.trunks.contains(first.text) {
      return TagVerdict(.mutable, .likely, .branch(original(first)), guilty: first.range)
    }
    guard let ticket else { return nil }
    return TagVerdict(.mutable, .likely, .ticket(tag[ticket].string), guilty: ticket)
  }

  /// What follows the last full version decides; what stands before it does not matter.
  private var fullVersion: TagVerdict? {
    guard let last = segments.lastIndex(where: { $0.shape == .fullVersion }) else { return nil }
    let steady = TagVerdict(.immutable, .likely, .fullVersion(original(segments[last])))
    for index in segments.index(after: last)..<segments.count {
      let segment = segments[index]
      if Self.isUnfinished(segment.gluedClasses) { return steady }
      if Self.isUnfinished(segment.classes) {
        let next = index + 1 < segments.count ? segments[index + 1] : nil
        if let next, next.isInteger || next.shape == .twoPartVersion { return steady }
        return TagVerdict(.mutable, .likely, reason(for: segment), guilty: segment.range)
      }
      if segment.classes.contains(.environment) {
        return TagVerdict(.immutable, .guess, .flavour(original(segment)), guilty: segment.range)
      }
    }
    return steady
  }

  private static func isUnfinished(_ classes: WordClasses) -> Bool {
    !classes.isDisjoint(with: [.preRelease, .channel, .branch]) && !classes.contains(.final)
  }

  private var counterOrDate: TagVerdict? {
    guard let segment = segments.first(where: { $0.shape == .counter || $0.shape == .date }) else { return nil }
    return TagVerdict(
      .immutable, .likely, segment.shape == .date ? .timestamp(original(segment)) : .counter(original(segment)))
  }

  /// `main-42` counts builds; `stable-2` is a channel of the second major version; `release-1.2` is a branch.
  private var numberedMovingWord: TagVerdict? {
    guard let number = segments.lastIndex(where: { $0.shape == .onePartVersion }),
      let word = segments[..<number].last(where: { !$0.classes.isDisjoint(with: .moving) })
    else { return nil }
    if word.classes.contains(.environment) || TagWords.trunks.contains(word.text) {
      return TagVerdict(.immutable, .guess, .counter(original(segments[number])), guilty: word.range)
    }
    guard word.classes.contains(.channel) else { return nil }
    return TagVerdict(.mutable, .guess, .channel(original(word)), guilty: word.range)
  }

  private var movingWord: TagVerdict? {
    let words = segments.filter { !$0.classes.isDisjoint(with: .moving) }
      .map { TagVerdict.Guilt(range: $0.range, reason: reason(for: $0)) }
    guard let first = words.first else { return nil }
    return TagVerdict(mutability: .mutable, confidence: .likely, reason: first.reason, guilty: words)
  }

  private var incompleteVersion: TagVerdict? {
    let numbers = segments.filter { $0.shape == .onePartVersion || $0.shape == .twoPartVersion }
    guard let number = numbers.first, segments.allSatisfy({ numbers.contains($0) || $0.classes.contains(.base) })
    else { return nil }
    if segments.count == 1, number.isInteger, number.text.utf8.count == 3 {
      return TagVerdict(.immutable, .guess, .counter(original(number)))
    }
    if releasesHaveTwoParts, number.shape == .twoPartVersion {
      return TagVerdict(.immutable, .guess, .fullVersion(original(number)))
    }
    return TagVerdict(.mutable, .likely, .incompleteVersion(original(number)), guilty: number.range)
  }

  private var distribution: TagVerdict? {
    guard let first = segments.first, segments.allSatisfy({ $0.classes.contains(.base) }) else { return nil }
    return TagVerdict(.mutable, .likely, .distribution(original(first)), guilty: first.range)
  }

  private var wordWithVersion: TagVerdict? {
    guard let number = segments.first(where: { $0.shape == .onePartVersion || $0.shape == .twoPartVersion })
    else { return nil }
    return TagVerdict(.mutable, .guess, .wordWithVersion(original(number)), guilty: number.range)
  }

  // MARK: Words

  /// The range of a ticket at the start: `SHOP-1234`, or `shop-1234` before another word.
  private var ticket: Range<Int>? {
    guard segments.count >= 2, segments[0].isWord, segments[0].classes.isEmpty, segments[1].isInteger,
      segments[1].text.utf8.count <= 6, !TagWords.counters.contains(segments[0].text),
      !TagWords.commits.contains(segments[0].text),
      segments[0].text.utf8.allSatisfy({ $0 &- UInt8(ascii: "a") < 26 })
    else { return nil }
    let range = segments[0].range.lowerBound..<segments[1].range.upperBound
    let isUpperCase = tag.bytes[segments[0].range].allSatisfy { $0 &- UInt8(ascii: "A") < 26 }
    if isUpperCase, (2...10).contains(segments[0].range.count), tag[segments[0].range.upperBound] == UInt8(ascii: "-") {
      return range
    }
    guard segments.count > 2, segments[2].isWord, !segments[2].classes.contains(.base) else { return nil }
    return range
  }

  private func reason(for segment: TagSegment) -> TagVerdict.Reason {
    let word = original(segment)
    let classes = segment.classes
    if classes.contains(.channel) { return .channel(word) }
    if classes.contains(.environment) { return .environment(word) }
    if classes.contains(.branch) { return .branch(word) }
    return classes.contains(.preRelease) ? .preRelease(word) : .release(word)
  }

  /// As it is written in the tag.
  private func original(_ segment: TagSegment) -> String { tag[segment.range].string }
}
