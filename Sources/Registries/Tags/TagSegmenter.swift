import SourceText

/// Cuts a tag into segments and names the shape of each.
struct TagSegmenter {
  private let text: [UInt8]
  private var segments: [TagSegment] = []

  /// The segments of a tag, empty ones dropped.
  static func segments(of tag: ByteString) -> [TagSegment] {
    var segmenter = TagSegmenter(tag)
    segmenter.cut()
    segmenter.classify()
    return segmenter.segments
  }

  private init(_ tag: ByteString) {
    text = tag.bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  // MARK: Cutting

  private mutating func cut() {
    var index = 0
    while index < text.count {
      if isTagSeparator(text[index]) {
        index += 1
      } else if let (end, shape) = TagSpans.match(text, at: index) {
        append(index..<end, shape)
        index = end
      } else {
        let end = endOfSegment(from: index)
        append(index..<end, .word([]))
        index = end
      }
    }
  }

  /// Hyphens and underscores always part; a dot parts only where a side is not numeric.
  private func endOfSegment(from start: Int) -> Int {
    var end = endOfComponent(from: start)
    while end < text.count, text[end] == UInt8(ascii: "."), isNumeric(start..<end) {
      let next = endOfComponent(from: end + 1)
      guard next > end + 1, isDigit(text[end + 1]), TagSpans.match(text, at: end + 1) == nil else { break }
      end = next
    }
    return end
  }

  private func endOfComponent(from start: Int) -> Int {
    text[start...].firstIndex(where: isTagSeparator) ?? text.count
  }

  /// Numbers joined by dots, behind an optional `v` or the name of a distribution (`alpine3`).
  private func isNumeric(_ range: Range<Int>) -> Bool {
    let letters = text[range].prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
    guard letters.count < range.count, text[range].dropFirst(letters.count).allSatisfy({ isDigit($0) || $0 == 0x2E })
    else { return false }
    let word = String(decoding: letters, as: UTF8.self)
    return word.isEmpty || word == "v" || TagWords.classes(of: word).contains(.base)
  }

  private mutating func append(_ range: Range<Int>, _ shape: TagSegment.Shape) {
    segments.append(TagSegment(range: range, text: String(decoding: text[range], as: UTF8.self), shape: shape))
  }

  // MARK: Shapes

  private mutating func classify() {
    for index in segments.indices where segments[index].isWord {
      let previous = index > 0 ? segments[index - 1].text : ""
      let bytes = Array(segments[index].text.utf8)
      if let shape = Self.shape(of: bytes, after: previous) {
        segments[index].shape = shape
      } else {
        segments[index].shape = .word(Self.wordClasses(bytes, segments[index].text))
        segments[index].gluedClasses = Self.gluedClasses(bytes)
      }
    }
  }

  /// The shape of anything but a word; nil for words.
  private static func shape(of bytes: [UInt8], after previous: String) -> TagSegment.Shape? {
    if bytes.allSatisfy(isDigit) { return shapeOfDigits(bytes, after: previous) }
    let parts = bytes.split(separator: UInt8(ascii: "."))
    if parts.count == 2, TagSpans.isCompactDate(Array(parts[0])), parts[1].allSatisfy(isDigit) { return .date }
    if isHash(bytes, after: previous) { return .hash }
    return versionShape(bytes) ?? (isGluedCounter(bytes) ? .counter : nil)
  }

  private static func shapeOfDigits(_ digits: [UInt8], after previous: String) -> TagSegment.Shape {
    let isEpoch = (digits.count == 10 || digits.count == 13) && digits.first == UInt8(ascii: "1")
    if isEpoch { return .time }
    if TagSpans.isCompactDate(digits) { return .date }
    if digits.count >= 4 || TagWords.counters.contains(previous) { return .counter }
    return previous == "x86" ? .word(.base) : .onePartVersion
  }

  /// `(sha|git|g)?` and 7 to 64 hexadecimal digits. Words such as `defaced` have the letters too, so there must be a
  /// number among them, or many of them, or a prefix that says what they are.
  private static func isHash(_ bytes: [UInt8], after previous: String) -> Bool {
    for prefix in ["sha", "git", "g", ""] where bytes.starts(with: prefix.utf8) {
      let digits = bytes.dropFirst(prefix.utf8.count)
      guard (7...64).contains(digits.count), digits.allSatisfy(isLowerHex) else { continue }
      let hasNumber = digits.contains(where: isDigit)
      let hasLetter = !digits.allSatisfy(isDigit)
      let isNamed = TagWords.commits.contains(prefix) || TagWords.commits.contains(previous)
      if hasLetter && (hasNumber || digits.count >= 12 || isNamed) { return true }
      if !hasLetter && isNamed { return true }
    }
    return false
  }

  /// `v?N`, `v?N.N`, or `v?N.N.N` and more with a suffix such as `rc1`.
  private static func versionShape(_ bytes: [UInt8]) -> TagSegment.Shape? {
    let body = bytes.first == UInt8(ascii: "v") ? bytes.dropFirst() : bytes[...]
    var numbers = body.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let last = numbers.popLast() else { return nil }
    let lastNumber = last.prefix(while: isDigit)
    guard !lastNumber.isEmpty, numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
    let rest = last.dropFirst(lastNumber.count)
    switch numbers.count {
    case 0: return rest.isEmpty && lastNumber.count <= 3 ? .onePartVersion : nil
    case 1: return rest.isEmpty ? .twoPartVersion : nil
    default: return rest.isEmpty || isVersionSuffix(rest) ? .fullVersion : nil
    }
  }

  private static func isVersionSuffix(_ bytes: ArraySlice<UInt8>) -> Bool {
    let word = bytes.prefix { !isDigit($0) }
    let number = bytes.dropFirst(word.count)
    return !number.isEmpty && number.allSatisfy(isDigit)
      && TagWords.versionSuffixes.contains(String(decoding: word, as: UTF8.self))
  }

  private static func isGluedCounter(_ bytes: [UInt8]) -> Bool {
    guard let (word, _) = wordAndNumber(bytes) else { return false }
    return TagWords.counters.contains(word)
  }

  private static func wordClasses(_ bytes: [UInt8], _ text: String) -> WordClasses {
    let classes = TagWords.classes(of: text)
    guard classes.isEmpty else { return classes }
    // A distribution may carry its version: `alpine3.19`, `jdk17`, `arm32v7`, `ltsc2022`.
    let letters = bytes.prefix { !isDigit($0) }
    let version = bytes.dropFirst(letters.count)
    let isVersion = !version.isEmpty && version.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
    let isArm = bytes.starts(with: "arm32v".utf8) && bytes.dropFirst(6).allSatisfy(isDigit)
    let word = String(decoding: letters.last == UInt8(ascii: "v") ? letters.dropLast() : letters, as: UTF8.self)
    return isArm || (isVersion && TagWords.classes(of: word).contains(.base)) ? .base : []
  }

  private static func gluedClasses(_ bytes: [UInt8]) -> WordClasses {
    wordAndNumber(bytes).map { TagWords.classes(of: $0.word) } ?? []
  }

  /// `rc1` as `rc` and `1`.
  private static func wordAndNumber(_ bytes: [UInt8]) -> (word: String, number: String)? {
    let word = bytes.prefix { !isDigit($0) }
    let number = bytes.dropFirst(word.count)
    guard !word.isEmpty, !number.isEmpty, number.allSatisfy(isDigit) else { return nil }
    return (String(decoding: word, as: UTF8.self), String(decoding: number, as: UTF8.self))
  }
}
