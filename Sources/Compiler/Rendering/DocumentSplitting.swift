import SourceText

/// Cuts rendered text into documents as Helm's release code does: after leading white space is dropped, every line
/// that starts with `---` ends a document, whatever follows the dashes and blanks belongs to the next one, and
/// each document loses its leading (not its trailing) white space. Blank documents are dropped.
///
/// Returns ranges of `bytes`, so that the origins of a document stay those of its file.
package func documentRanges(in bytes: [UInt8]) -> [ByteRange] {
  bytes.withUnsafeBufferPointer { text in
    var ranges: [ByteRange] = []
    var start = endOfWhiteSpace(text, from: 0, to: text.count)
    var line = start
    func close(at end: Int) {
      let trimmed = endOfWhiteSpace(text, from: start, to: end)
      if trimmed < end { ranges.append(ByteRange(trimmed, end)) }
    }
    while line < text.count {
      if isSeparator(text, at: line) {
        close(at: line)
        start = line + 3
        while start < text.count, text[start] == UInt8(ascii: " ") || text[start] == UInt8(ascii: "\t") { start += 1 }
      }
      line = endOfLine(text, from: line)
    }
    close(at: text.count)
    return ranges
  }
}

private func isSeparator(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
  let dash = UInt8(ascii: "-")
  return index + 2 < text.count && text[index] == dash && text[index + 1] == dash && text[index + 2] == dash
}

/// The offset after the next newline at or after `index`, or the end of the text.
private func endOfLine(_ text: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
  firstOffset(of: UInt8(ascii: "\n"), in: text, from: index).map { $0 + 1 } ?? text.count
}

/// The offset of the first byte at or after `index` that does not belong to white space in Go's sense
/// (`unicode.IsSpace`).
func endOfWhiteSpace(_ text: UnsafeBufferPointer<UInt8>, from index: Int, to end: Int) -> Int {
  var index = index
  while index < end {
    let length = whiteSpaceLength(text, at: index, end: end)
    if length == 0 { break }
    index += length
  }
  return index
}

/// The offset after the last byte before `end` that does not belong to white space in Go's sense.
func startOfTrailingWhiteSpace(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
  var end = end
  while end > start {
    var first = end - 1
    while first > start, end - first < 3, text[first] & 0xC0 == 0x80 { first -= 1 }
    let length = whiteSpaceLength(text, at: first, end: end)
    if length == 0 || first + length != end { break }
    end = first
  }
  return end
}

/// The length in bytes of the white space character at `index`; zero when there is none.
private func whiteSpaceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> Int {
  switch text[index] {
  case 0x09...0x0D, 0x20: return 1
  case 0xC2 where index + 1 < end: return text[index + 1] == 0x85 || text[index + 1] == 0xA0 ? 2 : 0
  case 0xE1...0xE3 where index + 2 < end:
    let scalar =
      UInt32(text[index] & 0x0F) << 12 | UInt32(text[index + 1] & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F)
    guard text[index + 1] & 0xC0 == 0x80, text[index + 2] & 0xC0 == 0x80 else { return 0 }
    switch scalar {
    case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 3
    default: return 0
    }
  default: return 0
  }
}
