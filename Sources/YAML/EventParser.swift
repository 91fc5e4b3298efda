import SourceText

/// A range of the text in the size of a token's offsets.
struct Span {
  var start: Int32 = 0
  var end: Int32 = 0

  var isEmpty: Bool { start == end }
  var range: ByteRange { ByteRange(Int(start), Int(end)) }
}

/// What the parser reports. Ranges are UTF-8 offsets in the text.
struct Event {
  enum Kind: UInt8 {
    case streamEnd, documentStart, documentEnd, alias, scalar
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  var kind: Kind
  var start: Int32
  var end: Int32
  /// The scalar, or the name of an alias; an empty token for a value that was left out.
  var token: Token
  /// `&name`, without the `&`; empty when there is none.
  var anchor = Span()
  /// The whole tag as written, from `!`; empty when there is none.
  var tag = Span()
  /// Where the suffix of the tag begins in the text.
  var tagSuffix = Span()
  /// Brackets rather than indentation; for a document: `---` or `...` is written.
  var isExplicit = false
}

/// Turns tokens into events by the grammar of libyaml, as a machine of states without recursion.
struct EventParser: ~Copyable {
  var scanner: Scanner
  private var states: [State] = []
  private var state = State.firstDocument
  /// Handles of `%TAG` and their prefixes, for the present document.
  private(set) var tagPrefixes: [(handle: ByteRange, prefix: ByteRange)] = []

  private enum State: UInt8 {
    case firstDocument, documentStart, documentContent, documentEnd, end
    case blockNode
    case blockSequenceFirst, blockSequence, indentlessSequence
    case blockMappingFirst, blockMappingKey, blockMappingValue
    case flowSequenceFirst, flowSequence, flowPairKey, flowPairValue, flowPairEnd
    case flowMappingFirst, flowMappingKey, flowMappingValue, flowMappingEmptyValue
  }

  init(_ source: UnsafeBufferPointer<UInt8>) {
    scanner = Scanner(source)
    states.reserveCapacity(32)
  }

  /// Back to the state before the first document.
  mutating func reset() {
    states.removeAll(keepingCapacity: true)
    state = .firstDocument
    tagPrefixes = []
  }

  /// The next event; `streamEnd` for ever once the text is at its end.
  mutating func next() throws(YAMLError) -> Event {
    switch state {
    case .firstDocument: return try documentStart(isFirst: true)
    case .documentStart: return try documentStart(isFirst: false)
    case .documentContent: return try documentContent()
    case .documentEnd: return try documentEnd()
    case .end: return plainEvent(.streamEnd, Int32(scanner.position))
    case .blockNode: return try node(isBlock: true, mayBeIndentless: false)
    case .blockSequenceFirst:
      scanner.skip()
      return try blockSequence()
    case .blockSequence: return try blockSequence()
    case .indentlessSequence: return try indentlessSequence()
    case .blockMappingFirst:
      scanner.skip()
      return try blockMappingKey()
    case .blockMappingKey: return try blockMappingKey()
    case .blockMappingValue: return try blockMappingValue()
    case .flowSequenceFirst:
      scanner.skip()
      return try flowSequence(isFirst: true)
    case .flowSequence: return try flowSequence(isFirst: false)
    case .flowPairKey: return try flowPairKey()
    case .flowPairValue: return try flowPairValue()
    case .flowPairEnd:
      state = .flowSequence
      return plainEvent(.mappingEnd, try scanner.peek().start)
    case .flowMappingFirst:
      scanner.skip()
      return try flowMappingKey(isFirst: true)
    case .flowMappingKey: return try flowMappingKey(isFirst: false)
    case .flowMappingValue: return try flowMappingValue(isEmpty: false)
    case .flowMappingEmptyValue: return try flowMappingValue(isEmpty: true)
    }
  }

  // MARK: Pieces

  private mutating func popState() { state = states.popLast() ?? .end }

  private func plainEvent(_ kind: Event.Kind, _ at: Int32) -> Event {
    Event(kind: kind, start: at, end: at, token: emptyToken(at))
  }

  private func emptyToken(_ at: Int32) -> Token {
    Token(kind: .scalar, start: at, end: at, line: 0, contentStart: at, contentEnd: at)
  }

  private func emptyScalar(_ at: Int32) -> Event { plainEvent(.scalar, at) }

  /// An error at a token; go-yaml prints the parser's lines counted from 0, and none for the first.
  private func failure(_ message: String, _ token: Token) -> YAMLError {
    var error = scanner.failure(message, line: Int(token.line))
    if scanner.encodingError == nil { error.offset = Int(token.start) }
    return error
  }

  private mutating func closing(_ kind: Event.Kind, _ token: Token) -> Event {
    popState()
    scanner.skip()
    return Event(kind: kind, start: token.start, end: token.end, token: token)
  }

  // MARK: Documents

  private mutating func documentStart(isFirst: Bool) throws(YAMLError) -> Event {
    var token = try scanner.peek()
    if !isFirst {
      while token.kind == .documentEnd {
        scanner.skip()
        token = try scanner.peek()
      }
    }
    switch token.kind {
    case .streamEnd:
      state = .end
      scanner.skip()
      return plainEvent(.streamEnd, token.start)
    case .versionDirective, .tagDirective, .documentStart: return try explicitDocument(token)
    default:
      guard isFirst else { return try explicitDocument(token) }
      tagPrefixes = []
      states.append(.documentEnd)
      state = .blockNode
      return plainEvent(.documentStart, token.start)
    }
  }

  private mutating func explicitDocument(_ first: Token) throws(YAMLError) -> Event {
    let token = try directives()
    guard token.kind == .documentStart else { throw failure("did not find expected <document start>", token) }
    states.append(.documentEnd)
    state = .documentContent
    scanner.skip()
    var event = Event(kind: .documentStart, start: first.start, end: token.end, token: token)
    event.isExplicit = true
    return event
  }

  /// Takes the directives before a document and shows the token behind them.
  private mutating func directives() throws(YAMLError) -> Token {
    tagPrefixes = []
    var sawVersion = false
    while true {
      let token = try scanner.peek()
      if token.kind == .versionDirective {
        if sawVersion { throw failure("found duplicate %YAML directive", token) }
        if token.indent != 1 || token.contentStart != 1 { throw failure("found incompatible YAML document", token) }
        sawVersion = true
      } else if token.kind == .tagDirective {
        let handle = ByteRange(Int(token.indent), scanner.endOfHandle(Int(token.indent)))
        if tagPrefixes.contains(where: { scanner.areEqual($0.handle, handle) }) {
          throw failure("found duplicate %TAG directive", token)
        }
        tagPrefixes.append((handle, ByteRange(Int(token.contentStart), Int(token.contentEnd))))
      } else {
        return token
      }
      scanner.skip()
    }
  }

  private mutating func documentContent() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    switch token.kind {
    case .versionDirective, .tagDirective, .documentStart, .documentEnd, .streamEnd:
      popState()
      return emptyScalar(token.start)
    default: return try node(isBlock: true, mayBeIndentless: false)
    }
  }

  private mutating func documentEnd() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    var event = plainEvent(.documentEnd, token.start)
    if token.kind == .documentEnd {
      event.end = token.end
      event.isExplicit = true
      scanner.skip()
    }
    state = .documentStart
    return event
  }

  // MARK: Nodes

  private mutating func node(isBlock: Bool, mayBeIndentless: Bool) throws(YAMLError) -> Event {
    var token = try scanner.peek()
    if token.kind == .alias {
      popState()
      scanner.skip()
      return Event(kind: .alias, start: token.start, end: token.end, token: token)
    }
    var event = Event(kind: .scalar, start: token.start, end: token.end, token: token)
    if token.kind == .anchor || token.kind == .tag { token = try properties(&event) }
    event.token = token
    switch token.kind {
    case .blockEntry where mayBeIndentless:
      event.end = token.end
      event.kind = .sequenceStart
      state = .indentlessSequence
    case .scalar:
      event.end = token.end
      popState()
      scanner.skip()
    case .flowSequenceStart: open(&event, .sequenceStart, .flowSequenceFirst)
    case .flowMappingStart: open(&event, .mappingStart, .flowMappingFirst)
    case .blockSequenceStart where isBlock: open(&event, .sequenceStart, .blockSequenceFirst)
    case .blockMappingStart where isBlock: open(&event, .mappingStart, .blockMappingFirst)
    default:
      guard !event.anchor.isEmpty || !event.tag.isEmpty else {
        throw failure("did not find expected node content", token)
      }
      event.token = emptyToken(event.end)
      popState()
    }
    return event
  }

  private mutating func open(_ event: inout Event, _ kind: Event.Kind, _ next: State) {
    event.kind = kind
    event.end = event.token.end
    event.isExplicit = next == .flowSequenceFirst || next == .flowMappingFirst
    state = next
  }

  /// Takes an anchor and a tag, in either order, and shows the token behind them.
  private mutating func properties(_ event: inout Event) throws(YAMLError) -> Token {
    var token = try scanner.peek()
    var tagToken: Token?
    for _ in 0..<2 {
      if token.kind == .anchor && event.anchor.isEmpty {
        event.anchor = Span(start: token.contentStart, end: token.contentEnd)
      } else if token.kind == .tag && tagToken == nil {
        tagToken = token
        event.tag = Span(start: token.start, end: token.end)
        event.tagSuffix = Span(start: token.contentStart, end: token.contentEnd)
      } else {
        break
      }
      event.end = token.end
      scanner.skip()
      token = try scanner.peek()
    }
    if let tagToken, !scanner.isKnownHandle(tagToken, tagPrefixes) {
      var error = failure("found undefined tag handle", tagToken)
      error.offset = Int(tagToken.start)
      throw error
    }
    return token
  }

  // MARK: Block collections

  private mutating func blockSequence() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    if token.kind == .blockEnd { return closing(.sequenceEnd, token) }
    guard token.kind == .blockEntry else { throw failure("did not find expected '-' indicator", token) }
    scanner.skip()
    let next = try scanner.peek()
    if next.kind == .blockEntry || next.kind == .blockEnd {
      state = .blockSequence
      return emptyScalar(token.end)
    }
    states.append(.blockSequence)
    return try node(isBlock: true, mayBeIndentless: false)
  }

  private mutating func indentlessSequence() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    guard token.kind == .blockEntry else {
      popState()
      return plainEvent(.sequenceEnd, token.start)
    }
    scanner.skip()
    switch try scanner.peek().kind {
    case .blockEntry, .key, .value, .blockEnd:
      state = .indentlessSequence
      return emptyScalar(token.end)
    default:
      states.append(.indentlessSequence)
      return try node(isBlock: true, mayBeIndentless: false)
    }
  }

  private mutating func blockMappingKey() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    if token.kind == .blockEnd { return closing(.mappingEnd, token) }
    guard token.kind == .key else { throw failure("did not find expected key", token) }
    scanner.skip()
    switch try scanner.peek().kind {
    case .key, .value, .blockEnd:
      state = .blockMappingValue
      return emptyScalar(token.end)
    default:
      states.append(.blockMappingValue)
      return try node(isBlock: true, mayBeIndentless: true)
    }
  }

  private mutating func blockMappingValue() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    guard token.kind == .value else {
      state = .blockMappingKey
      return emptyScalar(token.start)
    }
    scanner.skip()
    switch try scanner.peek().kind {
    case .key, .value, .blockEnd:
      state = .blockMappingKey
      return emptyScalar(token.end)
    default:
      states.append(.blockMappingKey)
      return try node(isBlock: true, mayBeIndentless: true)
    }
  }

  // MARK: Flow collections

  private mutating func flowSequence(isFirst: Bool) throws(YAMLError) -> Event {
    var token = try scanner.peek()
    if token.kind != .flowSequenceEnd && !isFirst {
      guard token.kind == .flowEntry else { throw failure("did not find expected ',' or ']'", token) }
      scanner.skip()
      token = try scanner.peek()
    }
    switch token.kind {
    case .flowSequenceEnd: return closing(.sequenceEnd, token)
    case .key:
      state = .flowPairKey
      scanner.skip()
      var event = Event(kind: .mappingStart, start: token.start, end: token.end, token: token)
      event.isExplicit = true
      return event
    default:
      states.append(.flowSequence)
      return try node(isBlock: false, mayBeIndentless: false)
    }
  }

  private mutating func flowPairKey() throws(YAMLError) -> Event {
    let token = try scanner.peek()
    switch token.kind {
    case .value, .flowEntry, .flowSequenceEnd:
      // libyaml drops the token that it only looked at.
      scanner.skip()
      state = .flowPairValue
      return emptyScalar(token.end)
    default:
      states.append(.flowPairValue)
      return try node(isBlock: false, mayBeIndentless: false)
    }
  }

  private mutating func flowPairValue() throws(YAMLError) -> Event {
    var token = try scanner.peek()
    if token.kind == .value {
      scanner.skip()
      token = try scanner.peek()
      if token.kind != .flowEntry && token.kind != .flowSequenceEnd {
        states.append(.flowPairEnd)
        return try node(isBlock: false, mayBeIndentless: false)
      }
    }
    state = .flowPairEnd
    return emptyScalar(token.start)
  }

  private mutating func flowMappingKey(isFirst: Bool) throws(YAMLError) -> Event {
    var token = try scanner.peek()
    if token.kind != .flowMappingEnd && !isFirst {
      guard token.kind == .flowEntry else { throw failure("did not find expected ',' or '}'", token) }
      scanner.skip()
      token = try scanner.peek()
    }
    switch token.kind {
    case .flowMappingEnd: return closing(.mappingEnd, token)
    case .key:
      scanner.skip()
      token = try scanner.peek()
      switch token.kind {
      case .value, .flowEntry, .flowMappingEnd:
        state = .flowMappingValue
        return emptyScalar(token.start)
      default:
        states.append(.flowMappingValue)
        return try node(isBlock: false, mayBeIndentless: false)
      }
    default:
      states.append(.flowMappingEmptyValue)
      return try node(isBlock: false, mayBeIndentless: false)
    }
  }

  private mutating func flowMappingValue(isEmpty: Bool) throws(YAMLError) -> Event {
    var token = try scanner.peek()
    if !isEmpty && token.kind == .value {
      scanner.skip()
      token = try scanner.peek()
      if token.kind != .flowEntry && token.kind != .flowMappingEnd {
        states.append(.flowMappingKey)
        return try node(isBlock: false, mayBeIndentless: false)
      }
    }
    state = .flowMappingKey
    return emptyScalar(token.start)
  }
}

extension Scanner {
  func areEqual(_ left: ByteRange, _ right: ByteRange) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count where text[left.start + offset] != text[right.start + offset] { return false }
    return true
  }

  /// Where the handle ends that starts at `start`: `!`, `!!` or `!name!`.
  func endOfHandle(_ start: Int) -> Int {
    var at = start + 1
    while Scanner.isWord(text[at]) { at += 1 }
    return text[at] == UInt8(ascii: "!") ? at + 1 : start + 1
  }

  /// The handle of a tag; empty for the verbatim form and for `!` alone.
  func handle(of tag: Token) -> ByteRange {
    let start = Int(tag.start)
    let suffix = Int(tag.contentStart)
    if suffix == start || text[start + 1] == UInt8(ascii: "<") { return ByteRange(start, start) }
    return ByteRange(start, suffix)
  }

  /// True when the tag needs no `%TAG`, or has one.
  func isKnownHandle(_ tag: Token, _ prefixes: [(handle: ByteRange, prefix: ByteRange)]) -> Bool {
    let handle = handle(of: tag)
    if handle.count <= 1 || (handle.count == 2 && text[handle.start + 1] == UInt8(ascii: "!")) { return true }
    return prefixes.contains { areEqual($0.handle, handle) }
  }
}
