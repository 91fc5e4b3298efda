/// The decoded text of a scalar, with the place of each of its bytes in the raw text.
///
/// A finding names bytes of a value; an edit is made to what was typed. This is the way between the two for plain,
/// quoted and block scalars, and for the string constants of template actions.
struct DecodedScalar {
  private(set) var bytes: [UInt8] = []
  /// Where the raw text of each decoded byte starts, and one more: where the last one ends.
  private(set) var starts: [Int] = [0]

  /// Decodes the raw text of one scalar by the look of its first byte; nil when the text is not well formed.
  init?(raw: ArraySlice<UInt8>) {
    let raw = Array(raw)
    let isDecoded: Bool
    switch raw.first {
    case UInt8(ascii: "\""): isDecoded = decodeQuoted(raw, by: UInt8(ascii: "\""))
    case UInt8(ascii: "'"): isDecoded = decodeQuoted(raw, by: UInt8(ascii: "'"))
    case UInt8(ascii: "`"): isDecoded = decodeRaw(raw)
    case UInt8(ascii: "|"), UInt8(ascii: ">"): isDecoded = decodeBlock(raw)
    default: isDecoded = decodePlain(raw)
    }
    guard isDecoded else { return nil }
  }

  /// The raw range behind a range of decoded bytes; nil when the decoded text is shorter than that.
  func rawRange(of range: Range<Int>) -> Range<Int>? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    if range.isEmpty { return starts[range.lowerBound]..<starts[range.lowerBound] }
    return starts[range.lowerBound]..<ends[range.upperBound - 1]
  }

  /// Where the raw text of each decoded byte ends.
  private var ends: [Int] = []

  private mutating func add(_ decoded: some Sequence<UInt8>, from start: Int, to end: Int) {
    for byte in decoded {
      bytes.append(byte)
      starts[starts.count - 1] = start
      starts.append(end)
      ends.append(end)
    }
  }
}

// MARK: - Flow scalars

extension DecodedScalar {
  /// Text without quotes; a line break between words counts as one blank, further ones as themselves.
  private mutating func decodePlain(_ raw: [UInt8]) -> Bool {
    var index = 0
    while index < raw.count {
      if isBreak(raw[index]) || isBlankBeforeBreak(raw, index) {
        index = fold(raw, from: index, to: raw.count)
      } else {
        add([raw[index]], from: index, to: index + 1)
        index += 1
      }
    }
    return true
  }

  private mutating func decodeRaw(_ raw: [UInt8]) -> Bool {
    guard raw.count >= 2, raw.last == raw.first else { return false }
    starts = [1]
    for index in 1..<(raw.count - 1) { add([raw[index]], from: index, to: index + 1) }
    return true
  }

  private mutating func decodeQuoted(_ raw: [UInt8], by quote: UInt8) -> Bool {
    guard raw.count >= 2, raw.last == quote else { return false }
    starts = [1]
    let end = raw.count - 1
    var index = 1
    while index < end {
      let byte = raw[index]
      if quote == UInt8(ascii: "'"), byte == quote {
        guard index + 1 < end, raw[index + 1] == quote else { return false }
        add([quote], from: index, to: index + 2)
        index += 2
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
        guard let next = decodeEscape(raw, at: index, end: end) else { return false }
        index = next
      } else if isBreak(byte) || isBlankBeforeBreak(raw, index) {
        index = fold(raw, from: index, to: end)
      } else {
        add([byte], from: index, to: index + 1)
        index += 1
      }
    }
    return true
  }

  /// Decodes the escape at `index` and returns where the text goes on.
  private mutating func decodeEscape(_ raw: [UInt8], at index: Int, end: Int) -> Int? {
    guard index + 1 < end else { return nil }
    let name = raw[index + 1]
    if let simple = Self.escapes[name] {
      add(simple, from: index, to: index + 2)
      return index + 2
    }
    let length: Int
    switch name {
    case UInt8(ascii: "x"): length = 2
    case UInt8(ascii: "u"): length = 4
    case UInt8(ascii: "U"): length = 8
    case 0x0A, 0x0D: return endOfBlanks(raw, from: endOfBreak(raw, at: index + 1, end: end), to: end)
    default: return nil
    }
    let digits = raw[min(index + 2, end)..<min(index + 2 + length, end)]
    guard digits.count == length, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    add(Array(String(scalar).utf8), from: index, to: index + 2 + length)
    return index + 2 + length
  }

  private static let escapes: [UInt8: [UInt8]] = [
    UInt8(ascii: "0"): [0], UInt8(ascii: "a"): [7], UInt8(ascii: "b"): [8], UInt8(ascii: "t"): [9], 9: [9],
    UInt8(ascii: "n"): [10], UInt8(ascii: "v"): [11], UInt8(ascii: "f"): [12], UInt8(ascii: "r"): [13],
    UInt8(ascii: "e"): [27], 32: [32], UInt8(ascii: "\""): [34], UInt8(ascii: "/"): [47],
    UInt8(ascii: "\\"): [92], UInt8(ascii: "N"): [0xC2, 0x85], UInt8(ascii: "_"): [0xC2, 0xA0],
    UInt8(ascii: "L"): [0xE2, 0x80, 0xA8], UInt8(ascii: "P"): [0xE2, 0x80, 0xA9],
  ]

  /// Reads blanks and line breaks between two words of a flow scalar: one break is a blank, n breaks are n - 1.
  private mutating func fold(_ raw: [UInt8], from start: Int, to end: Int) -> Int {
    var index = start
    var breaks = 0
    while index < end, isBreak(raw[index]) || isBlank(raw[index]) {
      if isBreak(raw[index]) {
        breaks += 1
        index = endOfBreak(raw, at: index, end: end)
      } else {
        index += 1
      }
    }
    add(breaks > 1 ? Array(repeating: 10, count: breaks - 1) : [32], from: start, to: index)
    return index
  }

  private func isBlankBeforeBreak(_ raw: [UInt8], _ index: Int) -> Bool {
    guard isBlank(raw[index]) else { return false }
    let next = endOfBlanks(raw, from: index, to: raw.count)
    return next < raw.count && isBreak(raw[next])
  }
}

// MARK: - Block scalars

extension DecodedScalar {
  /// A literal or folded block: header line, then lines of one indent.
  private mutating func decodeBlock(_ raw: [UInt8]) -> Bool {
    let isFolded = raw[0] == UInt8(ascii: ">")
    guard let headerEnd = raw.firstIndex(where: isBreak) else { return raw.count < 4 }
    let header = raw[1..<headerEnd]
    // An explicit indent counts from the parent's, which the raw text does not show.
    if header.contains(where: { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }) { return false }
    let lines = blockLines(raw, from: endOfBreak(raw, at: headerEnd, end: raw.count))
    let indent = lines.first { !$0.isEmpty }?.indent ?? 0
    starts = [endOfBreak(raw, at: headerEnd, end: raw.count)]
    var wasText = false
    for (number, line) in lines.enumerated() {
      let start = min(line.start + indent, line.end)
      for index in start..<max(start, line.end) { add([raw[index]], from: index, to: index + 1) }
      let next = number + 1 < lines.count ? lines[number + 1] : nil
      let isText = !line.isEmpty && line.indent == indent
      let joins = isFolded && isText && next.map { !$0.isEmpty && $0.indent == indent } ?? false
      let isSwallowed = isFolded && isText && next?.isEmpty == true
      if joins { add([32], from: line.end, to: line.next) }
      if !joins, !isSwallowed || !followsText(lines, after: number, indent: indent), line.next > line.end {
        add([10], from: line.end, to: line.next)
      }
      wasText = wasText || !line.isEmpty
    }
    return chomp(header, hasText: wasText)
  }

  private struct Line {
    var start: Int
    /// The end without the line break.
    var end: Int
    var next: Int
    var indent: Int
    var isEmpty: Bool { start + indent >= end }
  }

  private func blockLines(_ raw: [UInt8], from start: Int) -> [Line] {
    var lines: [Line] = []
    var index = start
    while index < raw.count {
      let end = raw[index...].firstIndex(where: isBreak) ?? raw.count
      let next = end < raw.count ? endOfBreak(raw, at: end, end: raw.count) : end
      var indent = 0
      while index + indent < end, raw[index + indent] == UInt8(ascii: " ") { indent += 1 }
      lines.append(Line(start: index, end: end, next: next, indent: indent))
      index = next
    }
    return lines
  }

  /// True when the empty lines after a line of a folded block end at another line of the same indent.
  private func followsText(_ lines: [Line], after number: Int, indent: Int) -> Bool {
    lines[(number + 1)...].first { !$0.isEmpty }?.indent == indent
  }

  private mutating func chomp(_ header: ArraySlice<UInt8>, hasText: Bool) -> Bool {
    if header.contains(UInt8(ascii: "+")) { return true }
    var count = bytes.count
    while count > 0, bytes[count - 1] == 10 { count -= 1 }
    let keep = !header.contains(UInt8(ascii: "-")) && hasText && bytes.count > count ? count + 1 : count
    bytes.removeSubrange(keep...)
    ends.removeSubrange(keep...)
    starts.removeSubrange((keep + 1)...)
    return true
  }
}

// MARK: - Characters

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

private func endOfBlanks(_ raw: [UInt8], from index: Int, to end: Int) -> Int {
  var index = index
  while index < end, isBlank(raw[index]) { index += 1 }
  return index
}

private func endOfBreak(_ raw: [UInt8], at index: Int, end: Int) -> Int {
  raw[index] == 0x0D && index + 1 < end && raw[index + 1] == 0x0A ? index + 2 : index + 1
}
