/// Turns UTF-8 offsets of one text into lines and columns. Built when a report needs it.
package struct LineIndex: Sendable {
  /// A place as people count: both start at 1; the column counts UTF-8 bytes.
  package struct Position: Hashable, Sendable {
    package var line: Int
    package var column: Int
  }

  /// The offset at which each line starts.
  package let starts: [Int]
  private let count: Int

  package init(_ text: ByteString) {
    var starts = [0]
    for (offset, byte) in text.bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    self.starts = starts
    count = text.count
  }

  package func position(of offset: Int) -> Position {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return Position(line: low + 1, column: offset - starts[low] + 1)
  }

  /// The bytes of a line (counted from 1) with its line end.
  package func range(ofLine line: Int) -> ByteRange {
    ByteRange(starts[line - 1], line < starts.count ? starts[line] : count)
  }
}
