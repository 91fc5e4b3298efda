import SourceText

/// Lines and columns of the files that a report names; each file is indexed once.
struct Positions {
  /// A place as people count: both start at 1; the column counts characters (Unicode scalars).
  struct Position: Hashable {
    var line: Int
    var column: Int
  }

  private var indices: [SourceFile: LineIndex] = [:]
  private var longLines: [LongLine.Key: LongLine] = [:]

  mutating func index(of file: SourceFile) -> LineIndex {
    if let index = indices[file] { return index }
    let index = LineIndex(file.text)
    indices[file] = index
    return index
  }

  mutating func position(of offset: Int, in file: SourceFile) -> Position {
    let offset = min(max(0, offset), file.text.count)
    let bytewise = index(of: file).position(of: offset)
    let start = offset - bytewise.column + 1
    guard offset - start > LongLine.stride else {
      let before = file.text.bytes[start..<offset]
      return Position(line: bytewise.line, column: String(decoding: before, as: UTF8.self).unicodeScalars.count + 1)
    }
    let key = LongLine.Key(file: file, line: bytewise.line)
    let line = longLines[key] ?? LongLine(file.text.bytes[start..<self.line(bytewise.line, of: file).end])
    longLines[key] = line
    return Position(line: bytewise.line, column: line.scalars(before: offset, in: file.text.bytes) + 1)
  }

  /// The bytes of a line (counted from 1) without its line end.
  mutating func line(_ number: Int, of file: SourceFile) -> ByteRange {
    let range = index(of: file).range(ofLine: number)
    let bytes = file.text.bytes
    var end = range.end
    if end > range.start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > range.start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return ByteRange(range.start, end)
  }

  /// `file:line:column`, as editors and terminals make it a link.
  mutating func name(of place: SourceRange) -> String {
    let position = position(of: place.range.start, in: place.file)
    return "\(name(of: place.file)):\(position.line):\(position.column)"
  }

  /// A path; of a command-line argument the flag and the beginning of its text.
  func name(of file: SourceFile) -> String {
    guard file.kind == .argument else { return printable(file.path) }
    let text = file.text.string.prefix { $0 != "\n" && $0 != "\r\n" }
    return printable("\(file.path) \(text.count > 60 ? text.prefix(59) + "…" : text)")
  }
}

/// How many characters stand before certain bytes of a line, so that many places in one huge line are not each counted
/// from its start.
private struct LongLine {
  struct Key: Hashable {
    var file: SourceFile
    var line: Int
  }

  /// About how many bytes lie between two places that are known.
  static let stride = 4096

  private var offsets: [Int] = []
  private var counts: [Int] = []

  init(_ bytes: ArraySlice<UInt8>) {
    var offset = bytes.startIndex
    var count = 0
    while offset < bytes.endIndex {
      offsets.append(offset)
      counts.append(count)
      var end = min(offset + Self.stride, bytes.endIndex)
      while end < bytes.endIndex, bytes[end] & 0xC0 == 0x80 { end += 1 }
      count += String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.count
      offset = end
    }
  }

  func scalars(before offset: Int, in bytes: [UInt8]) -> Int {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    return counts[low - 1] + String(decoding: bytes[offsets[low - 1]..<offset], as: UTF8.self).unicodeScalars.count
  }
}
