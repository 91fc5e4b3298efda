import SourceText

/// The lines of a file seen from its comments: what a comment stands in front of, or behind.
struct CommentedText {
  enum Form {
    /// `{{/* … */}}`
    case template
    /// `# …`
    case line
  }

  struct Comment {
    var form: Form
    /// With its delimiters.
    var range: ByteRange
    /// Where its text ends.
    var textEnd: Int
  }

  let bytes: [UInt8]

  /// The comment whose text begins at `offset`; nil when something other than blanks stands between.
  func comment(around offset: Int) -> Comment? {
    var start = offset
    while start > 0, isBlank(bytes[start - 1]) { start -= 1 }
    guard start > 0 else { return nil }
    if bytes[start - 1] == UInt8(ascii: "#") {
      while start > 0, bytes[start - 1] == UInt8(ascii: "#") { start -= 1 }
      guard start == 0 || isBlank(bytes[start - 1]) || bytes[start - 1] == newline else { return nil }
      var end = endOfLine(offset)
      if end > offset, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      return Comment(form: .line, range: ByteRange(start, end), textEnd: end)
    }
    return templateComment(endingBefore: start, from: offset)
  }

  private func templateComment(endingBefore start: Int, from offset: Int) -> Comment? {
    var start = start
    // Newlines may stand between the delimiter and the text.
    while start > 0, isBlank(bytes[start - 1]) || bytes[start - 1] == newline { start -= 1 }
    guard holds("/*", endingAt: start) else { return nil }
    start -= 2
    while start > 0, isBlank(bytes[start - 1]) { start -= 1 }
    if start > 0, bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
    guard holds("{{", endingAt: start) else { return nil }
    var end = offset
    while end < bytes.count, !holds("*/", endingAt: end) { end += 1 }
    let textEnd = holds("*/", endingAt: end) ? max(offset, end - 2) : end
    while end < bytes.count, !holds("}}", endingAt: end) { end += 1 }
    return Comment(form: .template, range: ByteRange(start - 2, end), textEnd: textEnd)
  }

  // MARK: Reaches

  /// What follows on the same line, else the line it stands on, else the next action or line of text; on a line of its
  /// own before a document's first key the whole document.
  func reach(ofTemplateComment comment: ByteRange) -> ByteRange {
    let next = skipBlanks(comment.end)
    if next < bytes.count, bytes[next] != newline { return ByteRange(next, endOfActions(from: next)) }
    if isTrailing(comment) { return line(around: comment.start) }
    if let document = document(after: comment.end) { return document }
    let start = skipEmptyLines(comment.end)
    return ByteRange(start, endOfActions(from: start))
  }

  /// The same line if something stands before it, else the next node with its children; before a document's first key
  /// the whole document.
  func reach(ofLineComment comment: ByteRange) -> ByteRange {
    if isTrailing(comment) { return line(around: comment.start) }
    if let document = document(after: comment.end) { return document }
    let start = skipEmptyLines(comment.end)
    return ByteRange(start, endOfNode(from: start))
  }

  func isTrailing(_ comment: ByteRange) -> Bool {
    bytes[startOfLine(comment.start)..<comment.start].contains { !isBlank($0) }
  }

  func line(around offset: Int) -> ByteRange { ByteRange(startOfLine(offset), endOfLine(offset)) }

  /// From the next line to the end of the document, if a document begins there: with `apiVersion` or `kind` in the
  /// first column, behind a separator and lines that hold actions only.
  private func document(after offset: Int) -> ByteRange? {
    var start = skipEmptyLines(offset)
    while start < bytes.count, holds("{{", at: start) || holds("---", at: start) {
      let end = endOfActions(from: start)
      guard holds("---", at: start) || bytes[skipActions(start)..<end].allSatisfy(isBlank) else { return nil }
      start = skipEmptyLines(end)
    }
    guard startOfLine(start) == start, holds("apiVersion:", at: start) || holds("kind:", at: start) else { return nil }
    var end = start
    while end < bytes.count, !holds("---", at: end) { end = endOfLine(end) + 1 }
    return ByteRange(start, min(end, bytes.count))
  }

  /// The end of a node by its indentation: lines that are indented more belong to it, and the items of a sequence that
  /// a key names. Empty lines, comments and actions at the left belong to it when such a line follows.
  private func endOfNode(from start: Int) -> Int {
    let indent = start - startOfLine(start)
    let isItem = holds("- ", at: start)
    var end = endOfActions(from: start)
    var next = end + 1
    while next < bytes.count {
      let content = skipBlanks(next)
      let stop = endOfActions(from: content)
      let isNeutral =
        content >= bytes.count || bytes[content] == newline || bytes[content] == UInt8(ascii: "#")
        || holds("{{", at: content) && content - next <= indent
      if !isNeutral {
        let isItemOfKey = !isItem && content - next == indent && holds("- ", at: content)
        guard content - next > indent || isItemOfKey else { break }
        end = stop
      }
      next = stop + 1
    }
    return min(end, bytes.count)
  }

  // MARK: Steps

  private var newline: UInt8 { UInt8(ascii: "\n") }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private func startOfLine(_ offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != newline { start -= 1 }
    return start
  }

  private func endOfLine(_ offset: Int) -> Int {
    offset < bytes.count ? bytes[offset...].firstIndex(of: newline) ?? bytes.count : bytes.count
  }

  private func skipBlanks(_ offset: Int) -> Int {
    var offset = offset
    while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
    return offset
  }

  /// The first character of the next line that is neither empty nor a comment.
  private func skipEmptyLines(_ offset: Int) -> Int {
    var offset = skipBlanks(offset)
    while offset < bytes.count, bytes[offset] == newline || bytes[offset] == UInt8(ascii: "#") {
      offset = skipBlanks(endOfLine(offset) + 1)
    }
    return min(offset, bytes.count)
  }

  /// The end of the line, or of an action that begins on it and ends on a later one.
  private func endOfActions(from start: Int) -> Int {
    var end = endOfLine(start)
    var position = start
    while position < end {
      guard holds("{{", at: position) else {
        position += 1
        continue
      }
      position = skipAction(position)
      if position > end { end = endOfLine(position) }
    }
    return end
  }

  /// The offset behind the actions that follow each other from `start` on, with blanks between.
  private func skipActions(_ start: Int) -> Int {
    var position = start
    while holds("{{", at: position) { position = skipBlanks(skipAction(position)) }
    return position
  }

  private func skipAction(_ start: Int) -> Int {
    // Behind the opening braces: what ends there belongs to the action before.
    var position = start + 2
    while position < bytes.count, !holds("}}", endingAt: position) { position += 1 }
    return position
  }

  private func holds(_ text: StaticString, at offset: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset >= 0, offset + count <= bytes.count else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(bytes[offset..<(offset + count)]) }
  }

  private func holds(_ text: StaticString, endingAt end: Int) -> Bool { holds(text, at: end - text.utf8CodeUnitCount) }
}
