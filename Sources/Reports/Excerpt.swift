import Diagnostics
import SourceText

/// The lines of one file that labels point into, with carets under the exact bytes.
struct Excerpt {
  /// A label, placed: lines count from 1, columns from 0 by display width.
  struct Mark {
    var firstLine: Int
    var lastLine: Int
    /// The column of the first byte, on the first line.
    var start: Int
    /// The column after the last byte, on the last line; at least one column is marked.
    var end: Int
    var message: String
    var isPrimary: Bool
    /// True when only blanks stand before the range on its first line.
    var startsAtIndent: Bool

    var isMultiline: Bool { firstLine < lastLine }
  }

  private let level: Level
  private let style: Style
  /// The marks within one line, and those that need an arm on the left.
  private var singles: [Mark] = []
  private var arms: [Mark] = []
  private var lines: [Int: DisplayLine] = [:]
  private var shown: [Int] = []

  /// How wide the numbers of the lines are.
  let numberWidth: Int

  init(of file: SourceFile, labels: [Label], primary: Label?, level: Level, style: Style, positions: inout Positions) {
    self.level = level
    self.style = style
    var wanted: Set<Int> = []
    let anchors = Excerpt.anchors(of: labels, primary, in: file, positions: &positions)
    for label in labels {
      var mark = Excerpt.mark(for: label, of: file, anchors, positions: &positions)
      mark.isPrimary = label == primary
      wanted.formUnion(Excerpt.linesToShow(from: mark.firstLine, to: mark.lastLine))
      if mark.isMultiline { arms.append(mark) } else { singles.append(mark) }
    }
    shown = Excerpt.closingSmallGaps(wanted.sorted())
    for line in shown { lines[line] = Excerpt.display(line, of: file, anchors, positions: &positions) }
    numberWidth = String(shown.last ?? 0).count
  }

  // MARK: Placing

  /// The part of the file that a label marks, as offsets and lines.
  private struct Extent {
    var start: Int
    var end: Int
    var firstLine: Int
    var lastLine: Int

    init(_ label: Label, in file: SourceFile, _ index: LineIndex) {
      start = min(max(0, label.place.range.start), file.text.count)
      end = min(max(start, label.place.range.end), file.text.count)
      firstLine = index.position(of: start).line
      // A range that ends with a line end does not reach into the next line.
      lastLine = max(firstLine, index.position(of: end > start ? end - 1 : end).line)
    }
  }

  /// By line, the byte of it around which it is shown when it is very long: where a label begins or ends, the
  /// primary label before the others.
  private static func anchors(
    of labels: [Label], _ primary: Label?, in file: SourceFile, positions: inout Positions
  ) -> [Int: Int] {
    let index = positions.index(of: file)
    var anchors: [Int: Int] = [:]
    for label in labels.filter({ $0 == primary }) + labels.filter({ $0 != primary }) {
      let extent = Extent(label, in: file, index)
      for (line, offset) in [(extent.firstLine, extent.start), (extent.lastLine, extent.end)]
      where anchors[line] == nil {
        anchors[line] = offset - index.starts[line - 1]
      }
    }
    return anchors
  }

  private static func mark(
    for label: Label, of file: SourceFile, _ anchors: [Int: Int], positions: inout Positions
  ) -> Mark {
    let index = positions.index(of: file)
    let extent = Extent(label, in: file, index)
    let (start, end, firstLine, lastLine) = (extent.start, extent.end, extent.firstLine, extent.lastLine)
    let first = display(firstLine, of: file, anchors, positions: &positions)
    let last = display(lastLine, of: file, anchors, positions: &positions)
    let startColumn = first.column(of: start - index.starts[firstLine - 1])
    let endColumn = last.column(of: end - index.starts[lastLine - 1])
    return Mark(
      firstLine: firstLine, lastLine: lastLine, start: startColumn,
      end: max(firstLine == lastLine ? startColumn + 1 : 1, endColumn), message: printable(label.message),
      isPrimary: false, startsAtIndent: startColumn <= first.indent)
  }

  private static func display(
    _ line: Int, of file: SourceFile, _ anchors: [Int: Int], positions: inout Positions
  ) -> DisplayLine {
    let range = positions.line(line, of: file)
    let prefix = file.kind == .argument && line == 1 ? file.path + " " : ""
    return DisplayLine(file.text.bytes[range.start..<range.end], prefix: prefix, around: anchors[line] ?? 0)
  }

  /// All of a short range; of a long one the beginning and the end.
  private static func linesToShow(from first: Int, to last: Int) -> Set<Int> {
    last - first <= 6 ? Set(first...last) : [first, first + 1, first + 2, last - 1, last]
  }

  /// A gap of one line costs as much room as the line itself.
  private static func closingSmallGaps(_ lines: [Int]) -> [Int] {
    var result: [Int] = []
    for line in lines {
      if let last = result.last, line - last == 2 { result.append(last + 1) }
      result.append(line)
    }
    return result
  }

  // MARK: Drawing

  /// The rows of the excerpt, each with its gutter of `width` digits.
  func rows(gutter width: Int) -> [String] {
    var result: [String] = []
    var previous: Int?
    for line in shown {
      if let previous, line > previous + 1 { result.append(gap(after: previous)) }
      previous = line
      let window = window(of: line)
      let number = String(line)
      let padding = String(repeating: " ", count: max(0, width - number.count))
      let text = lines[line]?.text(in: window) ?? ""
      let source = sourceArms(at: line).text(style) + text
      result.append(style.paint("\(padding)\(number) |", as: .gutter) + (source.isEmpty ? "" : " " + source))
      let bar = style.paint(String(repeating: " ", count: width) + " |", as: .gutter)
      result += annotations(at: line, window: window).map { bar + " " + $0.text(style) }
    }
    return result
  }

  private var sourceStart: Int { arms.count * 2 }

  private func role(of mark: Mark) -> Role { mark.isPrimary ? .level(level) : .related }

  private func gap(after line: Int) -> String {
    let active = armRow { $0.firstLine <= line && line < $0.lastLine }
    return style.paint("...", as: .gutter) + (active.isEmpty ? "" : "  " + active.text(style))
  }

  private func window(of line: Int) -> Range<Int> {
    guard let display = lines[line] else { return 0..<1 }
    let here = singles.filter { $0.firstLine == line }
    var marks = (here.filter(\.isPrimary) + here.filter { !$0.isPrimary }).map { $0.start..<$0.end }
    for arm in arms {
      if arm.firstLine == line { marks.append(arm.start..<(arm.start + 1)) }
      if arm.lastLine == line { marks.append((arm.end - 1)..<arm.end) }
    }
    return display.window(around: marks, limit: style.columns)
  }

  private func armRow(where isActive: (Mark) -> Bool) -> Row {
    var row = Row()
    for (depth, arm) in arms.enumerated() where isActive(arm) { row.put("|", at: depth * 2, role: role(of: arm)) }
    return row
  }

  private func sourceArms(at line: Int) -> Row {
    var row = armRow { $0.firstLine < line && line <= $0.lastLine }
    for (depth, arm) in arms.enumerated() where arm.firstLine == line && arm.startsAtIndent {
      row.put("/", at: depth * 2, role: role(of: arm))
    }
    row.pad(to: sourceStart)
    return row
  }

  private func annotations(at line: Int, window: Range<Int>) -> [Row] {
    let here = singles.filter { $0.firstLine == line }
    var rows = underlines(here, window: window).map { row in
      var row = row
      for (depth, arm) in arms.enumerated() {
        let isActive = arm.firstLine < line && line <= arm.lastLine || arm.firstLine == line && arm.startsAtIndent
        if isActive { row.put("|", at: depth * 2, role: role(of: arm)) }
      }
      return row
    }
    var open = arms.map { $0.firstLine < line && line <= $0.lastLine || $0.firstLine == line && $0.startsAtIndent }
    for (depth, arm) in arms.enumerated() where arm.firstLine == line && !arm.startsAtIndent {
      rows.append(elbow(of: arm, depth, to: place(arm.start, in: window), open: open))
      open[depth] = true
    }
    for (depth, arm) in arms.enumerated() where arm.lastLine == line {
      var row = elbow(of: arm, depth, to: place(arm.end - 1, in: window), open: open)
      row.say(arm.message, role: role(of: arm))
      rows.append(row)
      open[depth] = false
    }
    return rows
  }

  /// The row that leads an arm to the first or the last byte of its range.
  private func elbow(of arm: Mark, _ depth: Int, to column: Int, open: [Bool]) -> Row {
    var row = Row()
    for other in arms.indices where open[other] { row.put("|", at: other * 2, role: role(of: arms[other])) }
    let role = role(of: arm)
    for blank in (depth * 2 + 1)..<max(depth * 2 + 2, column) { row.put("_", at: blank, role: role) }
    row.put(arm.isPrimary ? "^" : "-", at: column, role: role)
    return row
  }

  private func place(_ column: Int, in window: Range<Int>) -> Int {
    sourceStart + min(max(column, window.lowerBound), window.upperBound) - window.lowerBound
  }

  /// The carets of the marks within one line, and below them the messages that do not fit beside.
  private func underlines(_ marks: [Mark], window: Range<Int>) -> [Row] {
    guard !marks.isEmpty else { return [] }
    var carets = Row()
    for mark in marks.filter({ !$0.isPrimary }) + marks.filter(\.isPrimary) {
      let start = place(mark.start, in: window)
      let end = max(start + 1, place(mark.end, in: window))
      carets.put(String(repeating: mark.isPrimary ? "^" : "-", count: end - start), at: start, role: role(of: mark))
    }
    var hanging = marks.filter { !$0.message.isEmpty }
    hanging.sort { ($0.start, $0.end, $0.isPrimary ? 1 : 0) < ($1.start, $1.end, $1.isPrimary ? 1 : 0) }
    let rightmost = marks.map(\.end).max()
    if let beside = hanging.lastIndex(where: { $0.end == rightmost }) {
      carets.say(hanging[beside].message, role: role(of: hanging[beside]))
      hanging.remove(at: beside)
    }
    guard !hanging.isEmpty else { return [carets] }
    return [carets, threads(hanging, window: window)]
      + hanging.reversed().map { mark in
        var row = threads(hanging.filter { $0.start < mark.start }, window: window)
        row.pad(to: place(mark.start, in: window))
        row.append(mark.message, role: role(of: mark))
        return row
      }
  }

  private func threads(_ marks: [Mark], window: Range<Int>) -> Row {
    var row = Row()
    for mark in marks { row.put("|", at: place(mark.start, in: window), role: role(of: mark)) }
    return row
  }
}
