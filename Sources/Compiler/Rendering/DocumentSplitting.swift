import SourceText

/// Cuts rendered text into documents as Helm's release code does: after leading white space is dropped, every line
/// that starts with `---` ends a document, whatever follows the dashes and blanks belongs to the next one, and
/// each document loses its leading (not its trailing) white space. Blank documents are dropped.
///
/// Returns ranges of `bytes`, so that the origins of a document stay those of its file.
package func documentRanges(in bytes: [UInt8]) -> [ByteRange] {
  bytes.withUnsafeBufferPointer { text in
    var ranges: [ByteRange] = []
    var start = Runes.endOfSpace(text, in: 0..<text.count)
    var line = start
    func close(at end: Int) {
      let trimmed = Runes.endOfSpace(text, in: start..<end)
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
