import SourceText

/// Lines and columns of the files that a report names; each file is indexed once.
struct Positions {
  /// A place as people count: both start at 1; the column counts characters (Unicode scalars).
  struct Position: Hashable {
    var line: Int
    var column: Int
  }

  private var indices: [SourceFile: LineIndex] = [:]

  mutating func index(of file: SourceFile) -> LineIndex {
    if let index = indices[file] { return index }
    let index = LineIndex(file.text)
    indices[file] = index
    return index
  }

  mutating func position(of offset: Int, in file: SourceFile) -> Position {
    let offset = min(max(0, offset), file.text.count)
    let bytewise = index(of: file).position(of: offset)
    let before = file.text.bytes[(offset - bytewise.column + 1)..<offset]
    return Position(line: bytewise.line, column: String(decoding: before, as: UTF8.self).unicodeScalars.count + 1)
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
