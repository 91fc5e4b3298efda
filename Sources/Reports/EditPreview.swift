import Diagnostics
import SourceText

/// The lines that a fix-it changes, before and after.
struct EditPreview {
  private(set) var rows: [String] = []

  init(of fixIt: FixIt, gutter width: Int, style: Style, positions: inout Positions) {
    var files: [SourceFile] = []
    for edit in fixIt.edits where !files.contains(edit.place.file) { files.append(edit.place.file) }
    for file in files {
      let edits = fixIt.edits.filter { $0.place.file == file }.sorted { $0.place.range.start < $1.place.range.start }
      rows += EditPreview.rows(of: edits, in: file, gutter: width, style: style, positions: &positions)
    }
  }

  private static func rows(
    of edits: [FixIt.Edit], in file: SourceFile, gutter width: Int, style: Style, positions: inout Positions
  ) -> [String] {
    guard let first = edits.first, let last = edits.last, last.place.range.end <= file.text.count else { return [] }
    let index = positions.index(of: file)
    let firstLine = index.position(of: first.place.range.start).line
    let lastLine = index.position(of: max(first.place.range.start, last.place.range.end)).line
    guard lastLine - firstLine < 12 else { return [] }
    let start = index.range(ofLine: firstLine).start
    let end = positions.line(lastLine, of: file).end
    var changed: [UInt8] = []
    var position = start
    for edit in edits where edit.place.range.start >= position {
      changed += file.text.bytes[position..<edit.place.range.start]
      changed += edit.replacement.bytes
      position = edit.place.range.end
    }
    if position < end { changed += file.text.bytes[position..<end] }
    func lines(_ bytes: some Sequence<UInt8>, _ sign: String, _ role: Role) -> [String] {
      Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().map {
        offset, line in
        let number = String(firstLine + offset)
        let padding = String(repeating: " ", count: max(0, width - number.count))
        let display = DisplayLine(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
        let window = display.window(around: [0..<1], limit: style.columns)
        return style.paint("\(padding)\(number) ", as: .gutter)
          + style.paint("\(sign) " + display.text(in: window), as: role)
      }
    }
    return lines(file.text.bytes[start..<max(start, end)], "-", .removed) + lines(changed, "+", .added)
  }
}
