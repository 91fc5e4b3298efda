import SourceText
import Synchronization

/// Why a pattern does not compile, in Go's words: ``error parsing regexp: missing closing ]: `[a` ``.
package struct RegularExpressionError: Error, Hashable, Sendable {
  package var message: String
  package init(message: String) { self.message = message }
}

/// A regular expression of RE2's syntax with Go's (leftmost-first) results, matched in time linear in the text.
package struct RegularExpression: Sendable {
  /// The byte ranges of one match: the whole, then each group; nil for a group that took no part.
  package typealias Match = [ByteRange?]

  private let pattern: CompiledPattern

  package init(_ pattern: ByteString) throws(RegularExpressionError) {
    self.pattern = CompiledPattern(source: pattern, try PatternParser.parse(pattern))
  }

  /// The pattern as it was written.
  package var source: ByteString { pattern.source }
  /// How many instructions Go's compiler would make of the pattern: what it takes to compile it.
  package var size: Int { pattern.parsed.root.size }
  /// How many groups capture, the whole match not counted.
  package var groupCount: Int { pattern.parsed.groupNames.count - 1 }
  /// The groups' names by index, the whole match (unnamed) included; empty where unnamed.
  package var groupNames: [ByteString] { pattern.parsed.groupNames }
  /// The text with which every match begins, and whether it is the whole pattern.
  package var literalPrefix: (prefix: ByteString, isWhole: Bool) {
    (ByteString(pattern.scan.prefix), pattern.scan.isWholePattern)
  }

  /// Whether the text contains a match.
  package func isMatch(_ text: ByteString) -> Bool {
    pattern.withMatcher { matcher in text.bytes.withUnsafeBufferPointer { matcher.isMatch($0) } }
  }

  /// The leftmost match.
  package func firstMatch(in text: ByteString) -> Match? { matches(in: text, limit: 1).first }

  /// Go's `FindAll…(text, limit)` with groups; a negative limit is none.
  package func matches(in text: ByteString, limit: Int = -1) -> [Match] {
    var result: [Match] = []
    walk(text, limit: limit) { (matcher, bytes, start) -> (start: Int, end: Int, match: Match)? in
      matcher.groups(bytes, from: start).map { slots in
        (slots[0], slots[1], RegularExpression.match(slots))
      }
    } deliver: {
      result.append($0.match)
    }
    return result
  }

  /// Go's `FindAllIndex`: the bounds of whole matches, which are found faster than groups.
  package func ranges(in text: ByteString, limit: Int = -1) -> [ByteRange] {
    var result: [ByteRange] = []
    walk(text, limit: limit) { (matcher, bytes, start) -> (start: Int, end: Int, match: Void)? in
      matcher.range(bytes, from: start).map { ($0.start, $0.end, ()) }
    } deliver: {
      result.append(ByteRange($0.start, $0.end))
    }
    return result
  }

  /// Go's `Split`: the ranges between matches, at most `limit` of them; all when negative, none when zero.
  package func split(_ text: ByteString, limit: Int = -1) -> [ByteRange] {
    if limit == 0 { return [] }
    if !source.isEmpty && text.isEmpty { return [ByteRange(0, 0)] }
    var result: [ByteRange] = []
    var begin = 0
    var end = 0
    for match in ranges(in: text, limit: limit) {
      if limit > 0 && result.count == limit - 1 { break }
      end = match.start
      if match.end != 0 { result.append(ByteRange(begin, end)) }
      begin = match.end
    }
    if end != text.count { result.append(ByteRange(begin, text.count)) }
    return result
  }

  /// Go's `QuoteMeta`: a pattern that matches `text` literally.
  package static func quoteMeta(_ text: ByteString) -> ByteString {
    let special = Array(#"\.+*?()|[]{}^$"#.utf8)
    var out = ByteString()
    for byte in text.bytes {
      if special.contains(byte) { out.append(UInt8(ascii: "\\")) }
      out.append(byte)
    }
    return out
  }

  private static func match(_ slots: [Int]) -> Match {
    stride(from: 0, to: slots.count, by: 2).map {
      slots[$0] < 0 || slots[$0 + 1] < 0 ? nil : ByteRange(slots[$0], slots[$0 + 1])
    }
  }

  /// Goes through the matches by Go's rules: they do not overlap, and an empty one right after another does not count.
  private func walk<Found>(
    _ text: ByteString, limit: Int,
    find: (Matcher, UnsafeBufferPointer<UInt8>, Int) -> (start: Int, end: Int, match: Found)?,
    deliver: ((start: Int, end: Int, match: Found)) -> Void
  ) {
    pattern.withMatcher { matcher in
      text.bytes.withUnsafeBufferPointer { bytes in
        var position = 0
        var previousEnd = -1
        var remaining = limit < 0 ? Int.max : limit
        while remaining > 0, position <= bytes.count, let found = find(matcher, bytes, position) {
          let isRepeated = found.end == position && found.start == previousEnd
          if found.end == position {
            position += position < bytes.count ? Scalars.decode(bytes, at: position).width : 1
          } else {
            position = found.end
          }
          previousEnd = found.end
          if isRepeated { continue }
          deliver(found)
          remaining -= 1
        }
      }
    }
  }
}

/// A pattern ready for use, with the machines that wait for their next text.
final class CompiledPattern: Sendable {
  let source: ByteString
  let parsed: ParsedPattern
  let program: Program
  let scan: StartScan
  let isAnchored: Bool
  private let idle = Mutex<[Lent]>([])

  /// A matcher changes hands only through the lock, so that one thread at a time has it.
  private struct Lent: @unchecked Sendable {
    let matcher: Matcher
  }

  init(source: ByteString, _ parsed: ParsedPattern) {
    self.source = source
    self.parsed = parsed
    program = Program(parsed)
    scan = StartScan(program)
    isAnchored = program.isAnchored
  }

  /// Lends a matcher; threads that match at one time get one each.
  func withMatcher<Result>(_ body: (Matcher) -> Result) -> Result {
    let matcher = idle.withLock { $0.popLast() }?.matcher ?? Matcher(self)
    let lent = Lent(matcher: matcher)
    defer { idle.withLock { $0.append(lent) } }
    return body(matcher)
  }
}
