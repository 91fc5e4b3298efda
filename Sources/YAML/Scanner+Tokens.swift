import SourceText

extension Scanner {
  /// The next token, left in the queue.
  @inline(__always)
  mutating func peek() throws(YAMLError) -> Token {
    while true {
      if !tokens.isEmpty, try !headMayBeKey() { return tokens.first }
      try fetch()
    }
  }

  /// Takes the token that `peek` showed.
  @inline(__always)
  mutating func skip() { tokens.removeFirst() }

  /// The number of the token that comes next into the queue.
  private var nextNumber: Int { tokens.taken + tokens.count }

  /// True when the head of the queue may turn out to be a key, for which a token must go before it.
  /// Also gives up keys that have become too long.
  @inline(__always)
  private mutating func headMayBeKey() throws(YAMLError) -> Bool {
    if simpleKey.isRegistered && simpleKey.token == tokens.taken { return try hasValidKey() }
    return outerKeys.isEmpty ? false : try headMayBeOuterKey()
  }

  private mutating func headMayBeOuterKey() throws(YAMLError) -> Bool {
    var at = outerKeys.count - 1
    // Keys further out have lower numbers.
    while at >= 0, outerKeys[at].token >= tokens.taken {
      if outerKeys[at].isRegistered && outerKeys[at].token == tokens.taken { return try isValidOuter(at) }
      at -= 1
    }
    return false
  }

  private mutating func isValidOuter(_ at: Int) throws(YAMLError) -> Bool {
    var key = outerKeys[at]
    defer { outerKeys[at] = key }
    return try isValid(&key)
  }

  /// A simple key must end on its line and within 1024 characters.
  private func isValid(_ key: inout SimpleKey) throws(YAMLError) -> Bool {
    guard key.isPossible else { return false }
    if key.line < line || key.index + Scanner.maximumKeyLength < index {
      if key.isRequired { throw failure("could not find expected ':'") }
      key.isPossible = false
      return false
    }
    return true
  }

  private mutating func saveSimpleKey() throws(YAMLError) {
    guard isSimpleKeyAllowed else { return }
    let isRequired = flowLevel == 0 && indent == column
    try removeSimpleKey()
    simpleKey = SimpleKey(
      isPossible: true, isRequired: isRequired, isRegistered: true, token: nextNumber, offset: position, line: line,
      column: column, index: index)
  }

  private mutating func removeSimpleKey() throws(YAMLError) {
    guard simpleKey.isPossible else { return }
    if simpleKey.isRequired { throw failure("could not find expected ':'") }
    simpleKey.isPossible = false
    simpleKey.isRegistered = false
  }

  // MARK: Indentation

  /// Opens a block collection when the column is deeper than the one around it. `number` is the token before which
  /// the start goes, nil for the end of the queue.
  private mutating func rollIndent(
    _ column: Int, before number: Int? = nil, _ kind: Token.Kind, at offset: Int, line: Int
  ) throws(YAMLError) {
    guard flowLevel == 0, indent < column else { return }
    indents.append(indent)
    indent = column
    if indents.count > Scanner.maximumDepth { throw failure("exceeded max depth of \(Scanner.maximumDepth)") }
    let token = Token(kind: kind, start: Int32(offset), end: Int32(offset), line: Int32(line))
    if let number { tokens.insert(token, before: number) } else { tokens.append(token) }
  }

  private mutating func unrollIndent(_ column: Int) {
    guard flowLevel == 0 else { return }
    while indent > column {
      tokens.append(Token(kind: .blockEnd, start: Int32(position), end: Int32(position), line: Int32(line)))
      indent = indents.popLast() ?? -1
    }
  }

  // MARK: Tokens

  /// Appends at least one token to the queue.
  private mutating func fetch() throws(YAMLError) {
    if reachedEnd { return tokens.append(endToken()) }
    skipToToken()
    let column = column
    unrollIndent(column)
    let byte = text[position]
    if column == 0 {
      if byte == 0 { return try fetchEnd() }
      if byte == UInt8(ascii: "%") { return try fetchDirective() }
      if isDocumentIndicator(position) { return try fetchDocumentIndicator() }
    }
    switch byte {
    case 0: try fetchEnd()
    case UInt8(ascii: "["): try fetchFlowStart(.flowSequenceStart)
    case UInt8(ascii: "{"): try fetchFlowStart(.flowMappingStart)
    case UInt8(ascii: "]"): try fetchFlowEnd(.flowSequenceEnd)
    case UInt8(ascii: "}"): try fetchFlowEnd(.flowMappingEnd)
    case UInt8(ascii: ","): try fetchFlowEntry()
    case UInt8(ascii: "-"):
      if isBlankBreakOrEnd(position + 1) { try fetchBlockEntry() } else { try fetchPlainScalar() }
    case UInt8(ascii: "?"):
      if flowLevel > 0 || isBlankBreakOrEnd(position + 1) { try fetchKey() } else { try fetchPlainScalar() }
    case UInt8(ascii: ":"):
      if flowLevel > 0 || isBlankBreakOrEnd(position + 1) { try fetchValue() } else { try fetchPlainScalar() }
    case UInt8(ascii: "*"): try fetchAnchor(.alias)
    case UInt8(ascii: "&"): try fetchAnchor(.anchor)
    case UInt8(ascii: "!"): try fetchTag()
    case UInt8(ascii: "|") where flowLevel == 0: try fetchBlockScalar(.literal)
    case UInt8(ascii: ">") where flowLevel == 0: try fetchBlockScalar(.folded)
    case UInt8(ascii: "'"): try fetchFlowScalar(.singleQuoted)
    case UInt8(ascii: "\""): try fetchFlowScalar(.doubleQuoted)
    case 0x09, UInt8(ascii: "#"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"):
      throw failure("found character that cannot start any token")
    default: try fetchPlainScalar()
    }
  }

  /// Skips white space and comments. Tabs count as white space where no key can start.
  private mutating func skipToToken() {
    while true {
      var at = position
      if flowLevel > 0 || !isSimpleKeyAllowed {
        while isBlank(at) { at &+= 1 }
      } else {
        while text[at] == 0x20 { at &+= 1 }
      }
      if text[at] == UInt8(ascii: "#") {
        let start = at
        at = endOfLine(from: at)
        if recordsComments { comments.append(ByteRange(start, at)) }
      }
      advance(to: at)
      let length = breakLength(at: at)
      guard length > 0 else { return }
      skipBreak(length)
      if flowLevel == 0 { isSimpleKeyAllowed = true }
    }
  }

  private func endToken() -> Token {
    Token(kind: .streamEnd, start: Int32(position), end: Int32(position), line: Int32(line))
  }

  private mutating func fetchEnd() throws(YAMLError) {
    if let encodingError { throw YAMLError(message: "yaml: " + encodingError, offset: count) }
    if column != 0 {
      lineStart = index
      line += 1
    }
    unrollIndent(-1)
    try removeSimpleKey()
    isSimpleKeyAllowed = false
    reachedEnd = true
    tokens.append(endToken())
  }

  /// Takes `length` bytes of the line as a token.
  private mutating func append(_ kind: Token.Kind, _ length: Int) {
    tokens.append(Token(kind: kind, start: Int32(position), end: Int32(position + length), line: Int32(line)))
    position += length
  }

  private mutating func fetchDirective() throws(YAMLError) {
    unrollIndent(-1)
    try removeSimpleKey()
    isSimpleKeyAllowed = false
    try scanDirective()
  }

  private mutating func fetchDocumentIndicator() throws(YAMLError) {
    unrollIndent(-1)
    try removeSimpleKey()
    isSimpleKeyAllowed = false
    append(text[position] == UInt8(ascii: "-") ? .documentStart : .documentEnd, 3)
  }

  private mutating func fetchFlowStart(_ kind: Token.Kind) throws(YAMLError) {
    try saveSimpleKey()
    outerKeys.append(simpleKey)
    simpleKey = SimpleKey(token: nextNumber)
    flowLevel += 1
    if flowLevel > Scanner.maximumDepth { throw failure("exceeded max depth of \(Scanner.maximumDepth)") }
    isSimpleKeyAllowed = true
    append(kind, 1)
  }

  private mutating func fetchFlowEnd(_ kind: Token.Kind) throws(YAMLError) {
    try removeSimpleKey()
    if flowLevel > 0 {
      flowLevel -= 1
      let closed = simpleKey
      simpleKey = outerKeys.popLast() ?? SimpleKey()
      // As in go-yaml, a collection without a key of its own takes the registration of the key that it may be
      // itself along: the empty `{}` cannot be told to be a key any more.
      if !closed.isRegistered && simpleKey.token == closed.token { simpleKey.isRegistered = false }
    }
    isSimpleKeyAllowed = false
    append(kind, 1)
  }

  private mutating func fetchFlowEntry() throws(YAMLError) {
    try removeSimpleKey()
    isSimpleKeyAllowed = true
    append(.flowEntry, 1)
  }

  private mutating func fetchBlockEntry() throws(YAMLError) {
    if flowLevel == 0 {
      guard isSimpleKeyAllowed else { throw failure("block sequence entries are not allowed in this context") }
      try rollIndent(column, .blockSequenceStart, at: position, line: line)
    }
    try removeSimpleKey()
    isSimpleKeyAllowed = true
    append(.blockEntry, 1)
  }

  private mutating func fetchKey() throws(YAMLError) {
    if flowLevel == 0 {
      guard isSimpleKeyAllowed else { throw failure("mapping keys are not allowed in this context") }
      try rollIndent(column, .blockMappingStart, at: position, line: line)
    }
    try removeSimpleKey()
    isSimpleKeyAllowed = flowLevel == 0
    append(.key, 1)
  }

  private mutating func fetchValue() throws(YAMLError) {
    if try hasValidKey() {
      let key = simpleKey
      tokens.insert(
        Token(kind: .key, start: Int32(key.offset), end: Int32(key.offset), line: Int32(key.line)), before: key.token)
      try rollIndent(key.column, before: key.token, .blockMappingStart, at: key.offset, line: key.line)
      simpleKey.isPossible = false
      simpleKey.isRegistered = false
      isSimpleKeyAllowed = false
    } else {
      if flowLevel == 0 {
        guard isSimpleKeyAllowed else { throw failure("mapping values are not allowed in this context") }
        try rollIndent(column, .blockMappingStart, at: position, line: line)
      }
      isSimpleKeyAllowed = flowLevel == 0
    }
    append(.value, 1)
  }

  private mutating func hasValidKey() throws(YAMLError) -> Bool {
    var key = simpleKey
    defer { simpleKey = key }
    return try isValid(&key)
  }

  private mutating func fetchAnchor(_ kind: Token.Kind) throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    try scanAnchor(kind)
  }

  private mutating func fetchTag() throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    try scanTag()
  }

  private mutating func fetchBlockScalar(_ style: YAMLScalarStyle) throws(YAMLError) {
    try removeSimpleKey()
    isSimpleKeyAllowed = true
    try scanBlockScalar(style)
  }

  private mutating func fetchFlowScalar(_ style: YAMLScalarStyle) throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    try scanQuotedScalar(style)
  }

  private mutating func fetchPlainScalar() throws(YAMLError) {
    try saveSimpleKey()
    isSimpleKeyAllowed = false
    try scanPlainScalar()
  }
}
