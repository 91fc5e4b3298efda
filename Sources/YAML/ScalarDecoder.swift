import SourceText
import Values

/// Decodes a scalar: folds lines, resolves escapes, strips indentation.
struct ScalarDecoder {
  private let text: UnsafePointer<UInt8>
  private let recordsPieces: Bool
  private(set) var bytes: [UInt8] = []
  /// Where the decoded bytes come from, stretch by stretch; only when asked for.
  private(set) var pieces: [DecodedPiece] = []

  init(_ text: UnsafePointer<UInt8>, recordsPieces: Bool) {
    self.text = text
    self.recordsPieces = recordsPieces
  }

  mutating func decode(_ token: Token) {
    let start = Int(token.contentStart)
    let end = Int(token.contentEnd)
    if token.isVerbatim { return copy(start, end) }
    bytes.reserveCapacity(end - start)
    switch token.style {
    case .plain: decodeFlow(start, end, quote: 0)
    case .singleQuoted: decodeFlow(start, end, quote: UInt8(ascii: "'"))
    case .doubleQuoted: decodeFlow(start, end, quote: UInt8(ascii: "\""))
    case .literal, .folded: decodeBlock(token, start, end)
    }
  }

  // MARK: Output

  private mutating func copy(_ start: Int, _ end: Int) {
    guard end > start else { return }
    bytes.append(contentsOf: UnsafeBufferPointer(start: text + start, count: end - start))
    guard recordsPieces else { return }
    if let last = pieces.last, last.isVerbatim, last.source + last.sourceCount == start {
      pieces[pieces.count - 1].end = bytes.count
      pieces[pieces.count - 1].sourceCount += end - start
    } else {
      pieces.append(DecodedPiece(end: bytes.count, source: start, sourceCount: end - start, isVerbatim: true))
    }
  }

  private mutating func append(_ scalar: UInt32, _ start: Int, _ end: Int) {
    Runes.append(scalar, to: &bytes)
    if recordsPieces {
      pieces.append(DecodedPiece(end: bytes.count, source: start, sourceCount: end - start, isVerbatim: false))
    }
  }

  /// Appends a line break: CR, CR LF and NEL become LF, LS and PS stay.
  private mutating func appendBreak(_ start: Int, _ length: Int) {
    if length == 3 || (length == 1 && text[start] == 0x0a) { return copy(start, start + length) }
    append(0x0a, start, start + length)
  }

  private func breakLength(_ at: Int) -> Int {
    switch text[at] {
    case 0x0a: 1
    case 0x0d: text[at + 1] == 0x0a ? 2 : 1
    case 0xc2: text[at + 1] == 0x85 ? 2 : 0
    case 0xe2: text[at + 1] == 0x80 && text[at + 2] & 0xfe == 0xa8 ? 3 : 0
    default: 0
    }
  }

  // MARK: Plain and quoted

  /// Folds lines: one break is a space, several lose the first; white space around breaks goes.
  private mutating func decodeFlow(_ start: Int, _ end: Int, quote: UInt8) {
    var at = start
    while at < end {
      var escapedBreak = false
      at = decodeStretch(at, end, quote, &escapedBreak)
      guard at < end else { return }
      at = fold(at, end, escapedBreak: escapedBreak)
    }
  }

  /// Decodes up to white space; `escapedBreak` tells that a `\` before a line break ended the stretch.
  private mutating func decodeStretch(_ start: Int, _ end: Int, _ quote: UInt8, _ escapedBreak: inout Bool) -> Int {
    var at = start
    var copied = start
    while at < end {
      let byte = text[at]
      if byte == 0x20 || byte == 0x09 || breakLength(at) > 0 { break }
      if byte == quote && quote == UInt8(ascii: "'") {
        copy(copied, at + 1)
        at += 2
        copied = at
      } else if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
        copy(copied, at)
        let length = breakLength(at + 1)
        if length > 0 {
          escapedBreak = true
          return at + 1 + length
        }
        at = decodeEscape(at)
        copied = at
      } else {
        at += 1
      }
    }
    copy(copied, at)
    return at
  }

  private mutating func decodeEscape(_ start: Int) -> Int {
    let letter = text[start + 1]
    if let scalar = Escapes.scalar(of: letter) {
      append(scalar, start, start + 2)
      return start + 2
    }
    let length = Escapes.digits(after: letter) ?? 0
    var value: UInt32 = 0
    for offset in 0..<length { value = value << 4 | UInt32(Escapes.hexDigit(text[start + 2 + offset]) ?? 0) }
    append(value, start, start + 2 + length)
    return start + 2 + length
  }

  /// Passes white space from `start` on: blanks on one line are kept, around breaks they are dropped.
  private mutating func fold(_ start: Int, _ end: Int, escapedBreak: Bool) -> Int {
    var at = start
    while at < end, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
    let first = at
    var length = at < end ? breakLength(at) : 0
    if length == 0 {
      if !escapedBreak { copy(start, at) }
      return at
    }
    // With an escaped break before them, all breaks here are further ones.
    var extra = 0
    if !escapedBreak { at += length }
    while at < end {
      if text[at] == 0x20 || text[at] == 0x09 {
        at += 1
        continue
      }
      length = breakLength(at)
      guard length > 0 else { break }
      if extra == 0 && !escapedBreak { appendFirstBreak(first, isAlone: false) }
      appendBreak(at, length)
      extra += 1
      at += length
    }
    if extra == 0 && !escapedBreak { appendFirstBreak(first, isAlone: true) }
    return at
  }

  /// The first of some breaks: LF and its like are a space when alone and nothing otherwise; LS and PS stay.
  private mutating func appendFirstBreak(_ at: Int, isAlone: Bool) {
    let length = breakLength(at)
    if length == 3 {
      copy(at, at + length)
    } else if isAlone {
      append(0x20, at, at + length)
    }
  }

  // MARK: Block

  private mutating func decodeBlock(_ token: Token, _ start: Int, _ end: Int) {
    let isFolded = token.style == .folded
    var at = start
    // The break after the last line of content, and the empty lines behind it.
    var lineBreak = (at: 0, length: 0)
    var emptyLines: [(at: Int, length: Int)] = []
    var wasBlank = false
    at = skipEmptyLines(at, end, token.indent, &emptyLines)
    while at < end {
      let isBlank = text[at] == 0x20 || text[at] == 0x09
      if isFolded && !wasBlank && !isBlank && lineBreak.length > 0 && lineBreak.length < 3 {
        if emptyLines.isEmpty { append(0x20, lineBreak.at, lineBreak.at + lineBreak.length) }
      } else if lineBreak.length > 0 {
        appendBreak(lineBreak.at, lineBreak.length)
      }
      for empty in emptyLines { appendBreak(empty.at, empty.length) }
      emptyLines.removeAll(keepingCapacity: true)
      wasBlank = isBlank
      let lineStart = at
      while at < end, breakLength(at) == 0 { at += 1 }
      copy(lineStart, at)
      lineBreak = (at, at < end ? breakLength(at) : 0)
      at += lineBreak.length
      at = skipEmptyLines(at, end, token.indent, &emptyLines)
    }
    if token.chomping != .strip && lineBreak.length > 0 { appendBreak(lineBreak.at, lineBreak.length) }
    if token.chomping == .keep {
      for empty in emptyLines { appendBreak(empty.at, empty.length) }
    }
  }

  /// Skips up to `indent` spaces of each line, and notes the breaks of lines that end there.
  private func skipEmptyLines(_ start: Int, _ end: Int, _ indent: Int32, _ breaks: inout [(at: Int, length: Int)])
    -> Int
  {
    var at = start
    while at < end {
      var column: Int32 = 0
      while at < end, column < indent, text[at] == 0x20 {
        at += 1
        column += 1
      }
      guard at < end else { return at }
      let length = breakLength(at)
      guard length > 0 else { return at }
      breaks.append((at, length))
      at += length
    }
    return at
  }
}
