import SourceText

/// Expands words as far as constants reach.
struct WordExpansion {
  let script: ScriptText
  let environment: ShellEnvironment

  /// The fields that a word becomes; one at least, bar arrays known to be empty.
  func fields(_ word: ShellWord) -> [ResolvedWord] {
    if let braces = bracesExpanded(word) { return braces }
    if let items = listed(word) { return items.map { ResolvedWord($0, range: script.place(word.range)) } }
    var splitter = FieldSplitter()
    for part in word.parts { add(part, to: &splitter) }
    return splitter.fields.map {
      ResolvedWord($0, range: script.place(word.range), isAssumed: splitter.isAssumed)
    }
  }

  /// The word without splitting, as in an assignment.
  func text(_ word: ShellWord) -> (text: ResolvedText, isAssumed: Bool) {
    var splitter = FieldSplitter(splits: false)
    for part in word.parts { add(part, to: &splitter) }
    return (splitter.fields.first ?? ResolvedText(), splitter.isAssumed)
  }

  // MARK: Parts

  private func add(_ part: ShellWordPart, to splitter: inout FieldSplitter) {
    switch part {
    case .literal(let text, let range): splitter.append(ResolvedText(text, at: place(range)))
    case .quoted(let text, let range): splitter.append(ResolvedText(text, at: quotedPlace(text, range)), isQuoted: true)
    case .doubleQuoted(let inner, _):
      splitter.append(ResolvedText(), isQuoted: true)
      var quoted = FieldSplitter(splits: false)
      for part in inner { add(part, to: &quoted) }
      splitter.append(quoted.fields.first ?? ResolvedText(), isQuoted: true)
      splitter.isAssumed = splitter.isAssumed || quoted.isAssumed
    case .parameter(let parameter, let range): add(parameter, range, to: &splitter)
    case .substitution(_, let range), .arithmetic(let range):
      splitter.append(ResolvedText(hole: script[range], at: place(range)), isQuoted: true)
    case .hole(let range): splitter.append(hole(range), isQuoted: true)
    }
  }

  private func place(_ range: ByteRange) -> SourceRange { SourceRange(script.file, script.place(range)) }

  /// The text between single quotes stands there as it reads.
  private func quotedPlace(_ text: ByteString, _ range: ByteRange) -> SourceRange {
    guard range.count == text.count + 2 else { return place(range) }
    return place(ByteRange(range.start + 1, range.end - 1))
  }

  private func add(_ parameter: ShellParameter, _ range: ByteRange, to splitter: inout FieldSplitter) {
    let known = value(parameter.name)
    switch parameter.operation {
    case .fallback(let word, _):
      switch known {
      case .some(let text) where !text.isEmpty: splitter.append(text.text, splitsText: true, isAssumed: text.isAssumed)
      case .some, .none:
        guard environment[parameter.name] != .unknown else {
          splitter.append(ResolvedText(hole: name(parameter, range), at: place(range)), isQuoted: true)
          return
        }
        let fallback = self.text(word)
        splitter.append(fallback.text, splitsText: true, isAssumed: true)
      }
    case .none, .demand:
      if let known {
        splitter.append(known.text, splitsText: true, isAssumed: known.isAssumed)
      } else {
        splitter.append(ResolvedText(hole: name(parameter, range), at: place(range)), isQuoted: true)
      }
    case .all:
      let items = list(parameter.name)
      let joined = items.map { items in
        items.enumerated().reduce(into: ResolvedText()) { text, item in
          if item.offset > 0 { text.append(" ") }
          text.append(item.element)
        }
      }
      splitter.append(
        joined ?? ResolvedText(hole: script[range], at: place(range)), splitsText: joined != nil,
        isQuoted: joined == nil)
    case .alternative, .other:
      splitter.append(ResolvedText(hole: script[range], at: place(range)), isQuoted: true)
    }
  }

  /// `$NAME` and `${NAME}` are one hole.
  private func name(_ parameter: ShellParameter, _ range: ByteRange) -> ByteString {
    parameter.name.isEmpty ? script[range] : "$" + parameter.name
  }

  private struct Known {
    var text: ResolvedText
    var isAssumed: Bool
    var isEmpty: Bool { text.isEmpty }
  }

  private func value(_ name: ByteString) -> Known? {
    if let position = Int(name.string), position > 0 {
      guard let positional = environment.positional else { return nil }
      return Known(text: position <= positional.count ? positional[position - 1] : ResolvedText(), isAssumed: false)
    }
    switch environment[name] {
    case .text(let text, let isAssumed): return Known(text: text, isAssumed: isAssumed)
    case .array(let items): return items.first.map { Known(text: $0, isAssumed: false) }
    case .unknown, nil: return nil
    }
  }

  private func list(_ name: ByteString) -> [ResolvedText]? {
    if name == "@" || name == "*" { return environment.positional }
    switch environment[name] {
    case .array(let items): return items
    case .text(let text, _): return [text]
    case .unknown, nil: return nil
    }
  }

  /// The items of a word that is nothing but an array: `"$@"`, `"${NAMES[@]}"`.
  private func listed(_ word: ShellWord) -> [ResolvedText]? {
    guard word.parts.count == 1 else { return nil }
    var part = word.parts[0]
    if case .doubleQuoted(let inner, _) = part, inner.count == 1 { part = inner[0] }
    guard case .parameter(let parameter, _) = part, case .all = parameter.operation else { return nil }
    return list(parameter.name)
  }

  /// An expression that something before the shell fills in. `${{ env.NAME }}` is a variable.
  private func hole(_ range: ByteRange) -> ResolvedText {
    let text = script[range]
    let isExpression = text.bytes.first == Ascii.dollar
    let opening = isExpression ? 3 : 2
    let expression = ExpressionText.trimmed(text.bytes[opening..<max(opening, text.count - 2)])
    if isExpression, expression.hasPrefix("env."), let known = value(expression[4..<expression.count]) {
      return known.text
    }
    return ResolvedText(hole: (isExpression ? "${{ " : "{{ ") + expression + " }}", at: place(range))
  }

  // MARK: Braces

  private static let mostBraceWords = 64

  /// `deploy/{web,api}`; nil for a word without such braces.
  private func bracesExpanded(_ word: ShellWord) -> [ResolvedWord]? {
    guard let text = word.bare, text.bytes.contains(Ascii.openBrace), text.bytes.contains(UInt8(ascii: ",")) else {
      return nil
    }
    var done: [ByteString] = []
    var waiting = [text]
    while let next = waiting.popLast() {
      guard done.count + waiting.count < WordExpansion.mostBraceWords else { return nil }
      guard let open = next.bytes.firstIndex(of: Ascii.openBrace),
        let close = next.bytes[open...].firstIndex(of: Ascii.closeBrace),
        next.bytes[open..<close].contains(UInt8(ascii: ","))
      else {
        done.append(next)
        continue
      }
      let choices = next.bytes[(open + 1)..<close].split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for choice in choices.reversed() {
        waiting.append(ByteString(next.bytes[..<open] + choice + next.bytes[(close + 1)...]))
      }
    }
    guard done.count > 1 else { return nil }
    return done.map { ResolvedWord(ResolvedText($0), range: script.place(word.range)) }
  }
}

/// Collects the fields of a word.
private struct FieldSplitter {
  private(set) var fields: [ResolvedText] = []
  var isAssumed = false
  private var isOpen = false
  private let splits: Bool

  init(splits: Bool = true) { self.splits = splits }

  /// Adds text to the current field; unquoted text of a variable is split at blanks.
  mutating func append(
    _ text: ResolvedText, splitsText: Bool = false, isQuoted: Bool = false, isAssumed: Bool = false
  ) {
    if isAssumed { self.isAssumed = true }
    guard splits, splitsText else {
      if !text.isEmpty || isQuoted { open(text) }
      return
    }
    var offset = 0
    for piece in text.pieces {
      let end = offset + piece.bytes.count
      if case .literal(let bytes) = piece {
        appendSplitting(bytes, of: text, from: offset)
      } else {
        open(text.slice(offset..<end))
      }
      offset = end
    }
  }

  /// The literal bytes of a text that begin at `offset`.
  private mutating func appendSplitting(_ bytes: ByteString, of text: ResolvedText, from offset: Int) {
    var rest = bytes.bytes[...]
    while !rest.isEmpty {
      let blanks = rest.prefix { $0 == Ascii.space || $0 == Ascii.tab || $0 == Ascii.newline }
      if !blanks.isEmpty { isOpen = false }
      rest = rest.dropFirst(blanks.count)
      let field = rest.prefix { $0 != Ascii.space && $0 != Ascii.tab && $0 != Ascii.newline }
      if !field.isEmpty { open(text.slice((offset + field.startIndex)..<(offset + field.endIndex))) }
      rest = rest.dropFirst(field.count)
    }
  }

  private mutating func open(_ text: ResolvedText) {
    if !isOpen {
      fields.append(ResolvedText())
      isOpen = true
    }
    fields[fields.count - 1].append(text)
  }
}
