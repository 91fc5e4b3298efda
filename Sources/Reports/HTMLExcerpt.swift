import Diagnostics
import SourceText

/// Lines of one file with the labels' bytes marked, and what they say at the end of their lines.
struct HTMLExcerpt {
  private(set) var text = ""

  /// Lines shown around each label.
  private static let context = 2
  /// Of a longer label only the beginning and the end are shown.
  private static let mostLines = 12

  init(_ group: LabelGroup, primary: Label?, positions: inout Positions) {
    let file = group.file
    let index = positions.index(of: file)
    var wanted: Set<Int> = []
    var says: [Int: [String]] = [:]
    for label in group.labels {
      let (first, last) = Self.lines(of: label, in: index, file)
      for line in (first - Self.context)...(last + Self.context) where line >= 1 && line <= index.starts.count {
        let isInside = line - first <= Self.mostLines / 2 || last - line <= Self.mostLines / 2
        if isInside { wanted.insert(line) }
      }
      if !label.message.isEmpty {
        let kind = label == primary ? "primary" : "related"
        says[last, default: []].append("<i class=\"\(kind)\">\(HTMLReport.inline(label.message))</i>")
      }
    }
    var previous = 0
    for line in wanted.sorted() {
      let range = positions.line(line, of: file)
      // The line behind the last line end is none.
      if range.isEmpty, range.start == file.text.count, line > 1, says[line] == nil { continue }
      if previous > 0, line > previous + 1 { text += "<span class=\"gap\">⋯</span>" }
      previous = line
      let source = Self.marked(range, group.labels, primary, in: file)
      text += "<span class=\"line\"><b>\(line)</b>\(source)\((says[line] ?? []).joined())</span>"
    }
    text = "<pre class=\"source\">\(text)</pre>"
  }

  private static func lines(of label: Label, in index: LineIndex, _ file: SourceFile) -> (first: Int, last: Int) {
    let start = min(max(0, label.place.range.start), file.text.count)
    let end = min(max(start, label.place.range.end), file.text.count)
    let first = index.position(of: start).line
    return (first, max(first, index.position(of: end > start ? end - 1 : end).line))
  }

  /// A line cut where labels begin and end. Where several cover a byte the primary one shows.
  private static func marked(_ line: ByteRange, _ labels: [Label], _ primary: Label?, in file: SourceFile) -> String {
    var cuts: Set<Int> = [line.start, line.end]
    for label in labels {
      for cut in [label.place.range.start, label.place.range.end] where line.start < cut && cut < line.end {
        cuts.insert(cut)
      }
    }
    let sorted = cuts.sorted()
    var result = ""
    for (start, end) in zip(sorted, sorted.dropFirst()) {
      let source = markup(visible(file.text.bytes[start..<end]))
      let covering = labels.filter { $0.place.range.start <= start && end <= $0.place.range.end }
      if covering.isEmpty {
        result += source
      } else {
        result += "<mark class=\"\(covering.contains { $0 == primary } ? "primary" : "related")\">\(source)</mark>"
      }
    }
    // A place without bytes still has to be seen.
    let isPlaceOnly = labels.contains { label in
      let range = label.place.range
      return range.isEmpty && line.start <= range.start && range.start <= line.end
    }
    return isPlaceOnly ? result + "<mark class=\"primary\"> </mark>" : result
  }

  private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.reduce(into: "") { $0 += Glyph($1).text }
  }
}
