import SourceText

extension ShellParser {
  /// Assignments, words and redirections in any order; nil when none of them begins here.
  mutating func simpleCommand() -> ShellStage? {
    let start = position
    var command = ShellSimpleCommand(range: ByteRange(start, start))
    var redirections: [ShellRedirection] = []
    var end = start
    while true {
      skipBlanks()
      guard position < bytes.count else { break }
      if let redirection = redirection() {
        redirections.append(redirection)
      } else if command.words.isEmpty || ShellParser.declares(command.words), let assignment = assignment() {
        if command.words.isEmpty {
          command.assignments.append(assignment)
        } else {
          // `export A=b`: the assignment counts, and the command has no further meaning.
          command.assignments.append(assignment)
        }
      } else if let word = word() {
        command.words.append(word)
      } else {
        break
      }
      end = position
    }
    guard end > start else { return nil }
    command.range = ByteRange(start, end)
    return ShellStage(command: .simple(command), redirections: redirections, range: command.range)
  }

  /// Commands whose arguments may be assignments.
  private static func declares(_ words: [ShellWord]) -> Bool {
    guard let name = words[0].bare else { return false }
    return ["export", "local", "readonly", "declare", "typeset", "env"].contains(name) && name != "env"
  }

  // MARK: Assignments

  /// `name=word`, `name+=word`, `name[index]=word`, `name=(words)`; takes nothing when it is none.
  private mutating func assignment() -> ShellAssignment? {
    let start = position
    guard Ascii.isNameStart(bytes[position]) else { return nil }
    var end = position
    while end < bytes.count, Ascii.isName(bytes[end]) { end += 1 }
    let name = text(start, end)
    var isElement = false
    if end < bytes.count, bytes[end] == Ascii.openBracket {
      guard let close = closingBracket(from: end) else { return nil }
      isElement = true
      end = close + 1
    }
    var isAppending = false
    if end < bytes.count, bytes[end] == UInt8(ascii: "+") {
      isAppending = true
      end += 1
    }
    guard end < bytes.count, bytes[end] == Ascii.equals else { return nil }
    position = end + 1
    if isAt("(") {
      let items = arrayItems()
      return ShellAssignment(
        name: name, isAppending: isAppending, isElement: isElement, value: .array(items),
        range: ByteRange(start, position))
    }
    let value = word() ?? ShellWord(parts: [], range: ByteRange(position, position))
    return ShellAssignment(
      name: name, isAppending: isAppending, isElement: isElement, value: .word(value),
      range: ByteRange(start, position))
  }

  /// The bracket that closes the one at `start`, on the same line.
  private func closingBracket(from start: Int) -> Int? {
    var depth = 0
    for offset in start..<min(bytes.count, start + 256) {
      switch bytes[offset] {
      case Ascii.newline: return nil
      case Ascii.openBracket: depth += 1
      case Ascii.closeBracket:
        depth -= 1
        if depth == 0 { return offset }
      default: break
      }
    }
    return nil
  }

  private mutating func arrayItems() -> [ShellWord] {
    let opener = position
    position += 1
    var items: [ShellWord] = []
    while true {
      skipLineBreaks()
      guard position < bytes.count else { break }
      if isAt(")") {
        position += 1
        return items
      }
      // `[key]=value` is one word.
      guard let item = word() else {
        position += 1
        continue
      }
      items.append(item)
    }
    report(.missingWord(")", opener: "("), ByteRange(opener, opener + 1))
    return items
  }

  // MARK: Redirections

  /// A redirection with its operand; takes nothing when none begins here.
  mutating func redirection() -> ShellRedirection? {
    let start = position
    guard let kind = redirectionOperator() else {
      position = start
      return nil
    }
    skipBlanks()
    if case .here = kind.operator { return hereDocument(stripsTabs: kind.stripsTabs) }
    let target = word() ?? ShellWord(parts: [], range: ByteRange(position, position))
    return ShellRedirection(kind: kind.operator, target: target)
  }

  private mutating func redirectionOperator() -> (operator: ShellRedirection.Operator, stripsTabs: Bool)? {
    guard position < bytes.count else { return nil }
    skipDescriptor()
    guard position < bytes.count else { return nil }
    for (text, kind, strips) in ShellParser.redirectionOperators where isAt(text) {
      // `<(` and `>(` begin a word.
      if text.utf8CodeUnitCount == 1, position + 1 < bytes.count, bytes[position + 1] == Ascii.openParenthesis {
        return nil
      }
      position += text.utf8CodeUnitCount
      return (kind, strips)
    }
    return nil
  }

  /// `2` of `2>` or `{name}` of `{name}>`.
  private mutating func skipDescriptor() {
    var end = position
    while end < bytes.count, Ascii.isDigit(bytes[end]) { end += 1 }
    if end == position, bytes[position] == Ascii.openBrace {
      end += 1
      while end < bytes.count, Ascii.isName(bytes[end]) { end += 1 }
      guard end < bytes.count, bytes[end] == Ascii.closeBrace else { return }
      end += 1
    }
    if end < bytes.count, bytes[end] == Ascii.less || bytes[end] == Ascii.greater { position = end }
  }

  /// Longer operators first.
  private static let redirectionOperators: [(StaticString, ShellRedirection.Operator, Bool)] = [
    ("<<<", .hereString, false), ("<<-", .here, true), ("<<", .here, false), ("<&", .duplicate, false),
    ("<>", .readWrite, false), ("<", .input, false), ("&>>", .append, false), ("&>", .output, false),
    (">>", .append, false), (">&", .duplicate, false), (">|", .output, false), (">", .output, false),
  ]

  // MARK: Here-documents

  private mutating func hereDocument(stripsTabs: Bool) -> ShellRedirection {
    let target = word() ?? ShellWord(parts: [], range: ByteRange(position, position))
    var delimiter = ByteString()
    var isQuoted = false
    for part in target.parts {
      switch part {
      case .literal(let text, _): delimiter.append(text)
      case .quoted(let text, _):
        delimiter.append(text)
        isQuoted = true
      case .doubleQuoted(let inner, _):
        isQuoted = true
        for case .literal(let text, _) in inner { delimiter.append(text) }
      case .parameter, .substitution, .arithmetic, .hole: delimiter.append(text(part.range.start, part.range.end))
      }
    }
    documents.append(ShellHereDocument(delimiter: delimiter, isQuoted: isQuoted, stripsTabs: stripsTabs))
    pendingDocuments.append(documents.count - 1)
    return ShellRedirection(kind: .here, target: target, document: documents.count - 1)
  }

  /// Reads the bodies that begin at the current line.
  mutating func readPendingDocuments() {
    guard !pendingDocuments.isEmpty else { return }
    let waiting = pendingDocuments
    pendingDocuments = []
    for index in waiting {
      let start = position
      let end = endOfDocument(documents[index])
      documents[index].body = documentBody(documents[index], ByteRange(start, end))
    }
  }

  /// Steps behind the line with the delimiter; returns where the body ends.
  private mutating func endOfDocument(_ document: ShellHereDocument) -> Int {
    let start = position
    while position < bytes.count {
      let line = position
      var end = line
      while end < bytes.count, bytes[end] != Ascii.newline { end += 1 }
      var content = bytes[line..<end]
      if document.stripsTabs { content = content.drop { $0 == Ascii.tab } }
      if content.last == Ascii.carriageReturn { content = content.dropLast() }
      position = min(end + 1, bytes.count)
      if content.elementsEqual(document.delimiter.bytes) { return line }
    }
    report(.unclosedHereDocument(document.delimiter), ByteRange(start, start))
    return bytes.count
  }

  private mutating func documentBody(_ document: ShellHereDocument, _ range: ByteRange) -> ShellWord {
    let content = text(range.start, range.end)
    if document.isQuoted || !content.bytes.contains(where: { $0 == Ascii.dollar || $0 == Ascii.backquote }) {
      return ShellWord(parts: [.quoted(content, range)], range: range)
    }
    let behind = position
    defer { position = behind }
    position = range.start
    return ShellWord(parts: expandedParts(upTo: range.end), range: range)
  }
}
