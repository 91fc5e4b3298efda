import SourceText

/// Cuts YAML text into tokens by the rules of go-yaml v2, which is libyaml with a few differences of its own.
///
/// Nothing is copied: a token is a range of the text, decoded later by whoever wants it. Columns and indices count
/// characters, as the rules for indentation and simple keys do; offsets count bytes.
struct Scanner: ~Copyable {
  /// The text with zeros behind it, so that looking ahead needs no bounds check. A zero is never legal YAML.
  let text: UnsafeMutablePointer<UInt8>
  /// The count of bytes of `text` that may be looked at.
  let count: Int
  let isASCII: Bool
  /// What is wrong with the bytes from `count` on, if something is.
  let encodingError: String?

  var position: Int
  var line = 0
  /// Continuation bytes passed so far, the difference between offsets and character indices.
  var continuations = 0
  /// The character index at which the line begins.
  var lineStart = 0

  var indent = -1
  var indents: [Int] = []
  var flowLevel = 0
  var isSimpleKeyAllowed = true
  /// The possible key on the present flow level, and those on the levels around it.
  var simpleKey = SimpleKey()
  var outerKeys: [SimpleKey] = []
  var reachedEnd = false

  var tokens = TokenQueue()
  /// Ranges of comments, recorded when `recordsComments` is set.
  var comments: [ByteRange] = []
  var recordsComments = false

  /// A place that may turn out to be a key when a `:` follows.
  struct SimpleKey {
    var isPossible = false
    var isRequired = false
    /// The queue knows that its head may be this key.
    var isRegistered = false
    var token = 0
    var offset = 0
    var line = 0
    var column = 0
    var index = 0
  }

  static let padding = 8
  static let maximumDepth = 10_000
  static let maximumKeyLength = 1024

  init(_ source: UnsafeBufferPointer<UInt8>) {
    let check = EncodingCheck(source)
    count = check.end
    isASCII = check.isASCII
    encodingError = check.message
    position = check.start
    lineStart = check.start
    text = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Scanner.padding)
    if let base = source.baseAddress, count > 0 { text.update(from: base, count: count) }
    (text + count).initialize(repeating: 0, count: Scanner.padding)
  }

  deinit { text.deallocate() }

  /// Forgets all state and goes on at the start of a line, perhaps one that was seen before.
  mutating func restart(at offset: Int) {
    position = offset
    lineStart = index
    indent = -1
    indents.removeAll(keepingCapacity: true)
    flowLevel = 0
    isSimpleKeyAllowed = true
    simpleKey = SimpleKey()
    outerKeys.removeAll(keepingCapacity: true)
    reachedEnd = false
    tokens = TokenQueue()
    while let last = comments.last, last.start >= offset { comments.removeLast() }
  }

  // MARK: Places

  var column: Int { position &- continuations &- lineStart }
  var index: Int { position &- continuations }

  /// Moves on to `end` on the same line.
  @inline(__always)
  mutating func advance(to end: Int) {
    if !isASCII { countContinuations(to: end) }
    position = end
  }

  private mutating func countContinuations(to end: Int) {
    var at = position
    while at < end {
      if text[at] & 0xc0 == 0x80 { continuations &+= 1 }
      at &+= 1
    }
  }

  /// Moves over a line break of `length` bytes.
  @inline(__always)
  mutating func skipBreak(_ length: Int) {
    position &+= length
    if !isASCII && length > 1 && text[position &- length] >= 0x80 { continuations &+= length &- 1 }
    lineStart = position &- continuations
    line &+= 1
  }

  /// The count of bytes of the line break at `at`: CR LF, CR, LF, NEL, LS or PS; 0 when there is none.
  @inline(__always)
  func breakLength(at: Int) -> Int {
    let byte = text[at]
    if byte == 0x0a { return 1 }
    if byte == 0x0d { return text[at &+ 1] == 0x0a ? 2 : 1 }
    if byte < 0x80 { return 0 }
    return wideBreakLength(at: at)
  }

  func wideBreakLength(at: Int) -> Int {
    if text[at] == 0xc2 && text[at + 1] == 0x85 { return 2 }
    if text[at] == 0xe2 && text[at + 1] == 0x80 && text[at + 2] & 0xfe == 0xa8 { return 3 }
    return 0
  }

  @inline(__always)
  func isBlank(_ at: Int) -> Bool { text[at] == 0x20 || text[at] == 0x09 }
  @inline(__always)
  func isBreak(_ at: Int) -> Bool { breakLength(at: at) > 0 }
  @inline(__always)
  func isBreakOrEnd(_ at: Int) -> Bool { text[at] == 0 || breakLength(at: at) > 0 }
  @inline(__always)
  func isBlankBreakOrEnd(_ at: Int) -> Bool {
    let byte = text[at]
    if byte > 0x20 && byte < 0x80 { return false }
    return byte == 0x20 || byte == 0x09 || isBreakOrEnd(at)
  }

  /// `---` or `...` and then white space.
  func isDocumentIndicator(_ at: Int) -> Bool {
    let byte = text[at]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."), text[at + 1] == byte, text[at + 2] == byte else {
      return false
    }
    return isBlankBreakOrEnd(at + 3)
  }

  func skipBlanks(from at: Int) -> Int {
    var at = at
    while isBlank(at) { at &+= 1 }
    return at
  }

  /// Where the line that holds `at` ends.
  func endOfLine(from at: Int) -> Int {
    var at = at
    while !isBreakOrEnd(at) { at &+= 1 }
    return at
  }

  // MARK: Errors

  /// An error here. go-yaml prints the line only when it is not the first.
  func failure(_ message: String) -> YAMLError {
    failure(message, line: line == 0 ? 0 : line + 1)
  }

  /// An error with the line that go-yaml would print; 0 for none. What is wrong with the encoding comes first once
  /// the scanner has come near it.
  func failure(_ message: String, line: Int) -> YAMLError {
    if let encodingError, position + 4 > count { return YAMLError(message: "yaml: " + encodingError, offset: count) }
    let place = line == 0 ? "" : "line \(line): "
    return YAMLError(message: "yaml: " + place + message, offset: position)
  }
}
