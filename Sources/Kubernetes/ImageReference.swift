import SourceText

/// A container image reference, `[host[:port]/]path[:tag][@digest]`, with the byte range of each part.
package struct ImageReference: Sendable {
  package let text: ByteString
  /// Registry host with its port; nil when the reference names none.
  package let host: Range<Int>?
  /// Host and path: what a tag is a tag of.
  package let name: Range<Int>
  package let tag: Range<Int>?
  /// With its algorithm: `sha256:…`.
  package let digest: Range<Int>?

  package var nameText: String { text[name].string }
  package var tagText: String? { tag.map { text[$0].string } }
}

/// Why a text is no image reference, and which of its bytes are to blame.
package struct ImageReferenceFault: Error, Hashable, Sendable {
  /// Completes "is not a valid reference:".
  package let reason: String
  /// The part that is wrong: a tag, a component of the repository; empty where something is missing.
  package let range: Range<Int>
  /// The very bytes that may not stand there; within `range`.
  package let offender: Range<Int>

  init(reason: String, range: Range<Int>, offender: Range<Int>? = nil) {
    self.reason = reason
    self.range = range
    self.offender = offender ?? range
  }
}

extension ImageReference {
  package init(_ text: ByteString) throws(ImageReferenceFault) {
    try Self.checkWhole(text)
    let nameEnd = text.bytes.firstIndex(of: UInt8(ascii: "@")) ?? text.count
    let parts = try Self.splitTag(text, 0..<nameEnd)
    let host = try Self.checkName(text, parts.name)
    if let tag = parts.tag { try Self.checkTag(text, tag) }
    var digest: Range<Int>?
    if nameEnd < text.count {
      digest = nameEnd + 1..<text.count
      try Self.checkDigest(text, nameEnd + 1..<text.count)
    }
    self.init(text: text, host: host, name: parts.name, tag: parts.tag, digest: digest)
  }

  /// Faults that make splitting pointless.
  private static func checkWhole(_ text: ByteString) throws(ImageReferenceFault) {
    guard !text.isEmpty else { throw ImageReferenceFault(reason: "it is empty", range: 0..<0) }
    if let range = text.range(of: "<no value>") {
      throw ImageReferenceFault(reason: "a template printed `<no value>`", range: range)
    }
    if let range = text.range(of: "://") {
      throw ImageReferenceFault(
        reason: "it starts with the scheme `\(text[0..<range.upperBound])`", range: 0..<range.upperBound)
    }
    if let start = text.bytes.firstIndex(where: isWhiteSpace) {
      let end = text.bytes[start...].firstIndex { !isWhiteSpace($0) } ?? text.count
      throw ImageReferenceFault(reason: "it contains white space", range: start..<end)
    }
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Parts name and tag. A colon behind the last slash starts the tag; the port of a host comes before a slash.
  private static func splitTag(
    _ text: ByteString, _ range: Range<Int>
  ) throws(ImageReferenceFault) -> (name: Range<Int>, tag: Range<Int>?) {
    let bracket =
      text.bytes[range].first == UInt8(ascii: "[") ? text.bytes[range].firstIndex(of: UInt8(ascii: "]")) : nil
    let colons = range.filter { text[$0] == UInt8(ascii: ":") && $0 > bracket ?? -1 }
    let firstSlash = text.bytes[range].firstIndex(of: UInt8(ascii: "/"))
    let lastSlash = text.bytes[range].lastIndex(of: UInt8(ascii: "/"))
    var tagColons = colons[...]
    if let slash = firstSlash, let colon = colons.first, colon < slash, isPort(text, colon + 1..<slash) {
      tagColons = tagColons.dropFirst()
    }
    guard let colon = tagColons.first else { return (range, nil) }
    let tag = colon + 1..<range.upperBound
    if let slash = lastSlash, slash > colon {
      let first = text.bytes[colon...].firstIndex(of: UInt8(ascii: "/")) ?? slash
      throw ImageReferenceFault(
        reason: "tag `\(text[tag])` contains `/`", range: tag, offender: first..<first + 1)
    }
    if let second = tagColons.dropFirst().first {
      throw ImageReferenceFault(
        reason: "it has two tags, `\(text[colon + 1..<second])` and `\(text[second + 1..<range.upperBound])`",
        range: second..<range.upperBound)
    }
    return (range.lowerBound..<colon, tag)
  }

  private static func isPort(_ text: ByteString, _ range: Range<Int>) -> Bool {
    !range.isEmpty && range.allSatisfy { isDigit(text[$0]) }
  }

  private static func checkTag(_ text: ByteString, _ tag: Range<Int>) throws(ImageReferenceFault) {
    guard !tag.isEmpty else {
      throw ImageReferenceFault(reason: "the tag behind `:` is empty", range: tag)
    }
    for index in tag where !isTagByte(text[index], first: index == tag.lowerBound) {
      let guilty = characterRange(text, at: index)
      let verb = index == tag.lowerBound && isTagByte(text[index], first: false) ? "starts with" : "contains"
      throw ImageReferenceFault(
        reason: "tag `\(text[tag])` \(verb) `\(text[guilty])`", range: tag, offender: guilty)
    }
    guard tag.count <= 128 else {
      throw ImageReferenceFault(reason: "the tag has \(tag.count) characters, at most 128 are allowed", range: tag)
    }
  }

  private static func isTagByte(_ byte: UInt8, first: Bool) -> Bool {
    isLower(byte) || isUpper(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
      || (!first && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")))
  }

  /// Checks host and path; returns the host's range.
  private static func checkName(
    _ text: ByteString, _ name: Range<Int>
  ) throws(ImageReferenceFault) -> Range<Int>? {
    guard !name.isEmpty else { throw ImageReferenceFault(reason: "the repository is empty", range: name) }
    var components = text.bytes[name].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var host: Range<Int>?
    if components.count > 1, let first = components.first, isHost(first) {
      let range = first.startIndex..<first.endIndex
      try checkHost(text, range)
      host = range
      components.removeFirst()
    }
    for component in components { try checkComponent(text, component.startIndex..<component.endIndex) }
    guard name.count <= 255 else {
      throw ImageReferenceFault(
        reason: "the repository has \(name.count) characters, at most 255 are allowed", range: name)
    }
    return host
  }

  private static func isHost(_ component: ArraySlice<UInt8>) -> Bool {
    component.contains(UInt8(ascii: ".")) || component.contains(UInt8(ascii: ":"))
      || component.elementsEqual("localhost".utf8)
  }

  /// Labels of letters, digits and hyphens joined by dots, or an address in brackets; then maybe a port.
  private static func checkHost(_ text: ByteString, _ range: Range<Int>) throws(ImageReferenceFault) {
    let colon = text.bytes[range].lastIndex(of: UInt8(ascii: ":"))
    let isBracketed = text[range.lowerBound] == UInt8(ascii: "[")
    let labels = text.bytes[range.lowerBound..<(isBracketed ? range.upperBound : colon ?? range.upperBound)]
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isLabel = { (label: ArraySlice<UInt8>) in
      !label.isEmpty && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLower($0) || isUpper($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }
    guard isBracketed || labels.allSatisfy(isLabel) else {
      throw ImageReferenceFault(reason: "`\(text[range])` is no registry host", range: range)
    }
    if !isBracketed, let colon, !isPort(text, colon + 1..<range.upperBound) {
      throw ImageReferenceFault(reason: "`\(text[range])` has no numeric port", range: range)
    }
  }

  private static func checkComponent(_ text: ByteString, _ range: Range<Int>) throws(ImageReferenceFault) {
    guard !range.isEmpty else {
      throw ImageReferenceFault(reason: "a part of the repository is empty", range: range)
    }
    for index in range where !isComponentByte(text[index]) && !isUpper(text[index]) {
      let guilty = characterRange(text, at: index)
      throw ImageReferenceFault(
        reason: "repository `\(text[range])` contains `\(text[guilty])`", range: range, offender: guilty)
    }
    if let upper = range.first(where: { isUpper(text[$0]) }) {
      let end = range[upper...].first { !isUpper(text[$0]) } ?? range.upperBound
      throw ImageReferenceFault(
        reason: "repository `\(text[range])` has upper-case letters", range: range, offender: upper..<end)
    }
    try checkSeparators(text, range)
  }

  /// Letters and digits may be parted by `.`, `_`, `__` or any number of `-`.
  private static func checkSeparators(_ text: ByteString, _ range: Range<Int>) throws(ImageReferenceFault) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard isSeparator(text[index]) else {
        index += 1
        continue
      }
      let end = range[index...].first { !isSeparator(text[$0]) } ?? range.upperBound
      let run = text[index..<end]
      let isInside = index > range.lowerBound && end < range.upperBound
      guard isInside, run == "." || run == "_" || run == "__" || run.bytes.allSatisfy({ $0 == UInt8(ascii: "-") })
      else {
        throw ImageReferenceFault(
          reason: "repository `\(text[range])` may not \(isInside ? "hold" : "start or end with") `\(run)`",
          range: range, offender: index..<end)
      }
      index = end
    }
  }

  private static func isComponentByte(_ byte: UInt8) -> Bool { isLower(byte) || isDigit(byte) || isSeparator(byte) }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  private static func checkDigest(_ text: ByteString, _ range: Range<Int>) throws(ImageReferenceFault) {
    let fault = ImageReferenceFault(reason: "digest `\(text[range])` is malformed", range: range)
    guard let colon = text.bytes[range].firstIndex(of: UInt8(ascii: ":")) else { throw fault }
    let algorithm = text[range.lowerBound..<colon]
    let digits = colon + 1..<range.upperBound
    let lengths: [ByteString: Int] = ["sha256": 64, "sha512": 128]
    if let length = lengths[algorithm] {
      guard digits.count == length, digits.allSatisfy({ isLowerHex(text[$0]) }) else { throw fault }
    } else {
      let isAlgorithm = algorithm.bytes.allSatisfy { isLower($0) || isDigit($0) || "+._-".utf8.contains($0) }
      let isEncoded = digits.allSatisfy {
        isLower(text[$0]) || isUpper(text[$0]) || isDigit(text[$0]) || "=_-".utf8.contains(text[$0])
      }
      guard isAlgorithm, !algorithm.isEmpty, isEncoded, !digits.isEmpty else { throw fault }
    }
  }

  private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLowerHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// The whole UTF-8 character at a byte.
  private static func characterRange(_ text: ByteString, at index: Int) -> Range<Int> {
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return index..<end
  }
}

extension ByteString {
  /// Where `needle` first occurs.
  func range(of needle: ByteString) -> Range<Int>? {
    guard count >= needle.count else { return nil }
    for start in 0...(count - needle.count) where bytes[start..<start + needle.count].elementsEqual(needle.bytes) {
      return start..<start + needle.count
    }
    return nil
  }
}
