import SourceText

/// A pattern that has been parsed.
struct ParsedPattern: Sendable {
  var root: SyntaxTree.Node
  /// By group; the whole match (0) and unnamed groups have none.
  var groupNames: [ByteString]
}

/// Reads RE2's syntax as Go's `regexp/syntax` reads it with its Perl flags.
struct PatternParser {
  struct Flags {
    var foldsCase = false
    /// `.` matches a newline too.
    var dotMatchesNewline = false
    /// `^` and `$` match at line ends.
    var isMultiline = false
    var isLazyByDefault = false
  }

  /// A group that is not closed yet; the first one is the whole pattern.
  private struct Frame {
    var alternatives: [SyntaxTree.Node] = []
    var items: [SyntaxTree.Node] = []
    /// To be restored at the end.
    var flags: Flags
    /// The number of a capturing group.
    var capture: Int?
  }

  private let whole: ArraySlice<UInt8>
  var rest: ArraySlice<UInt8>
  var flags = Flags()
  private var frames = [Frame(flags: Flags())]
  private var groupNames: [ByteString] = [""]
  private var scalarCount = 0
  /// The classes that the pattern has named so far; to look one up means to read a whole table.
  var namedClasses: [ArraySlice<UInt8>: UnicodeClasses.Class] = [:]

  /// Go's limits: the height of the tree, the size of the program, the characters and ranges in it.
  private static let maximumHeight = 1000
  private static let maximumSize = (128 << 20) / 40
  private static let maximumScalars = (128 << 20) / 4

  static func parse(_ pattern: ByteString) throws(RegularExpressionError) -> ParsedPattern {
    var parser = PatternParser(whole: pattern.bytes[...], rest: pattern.bytes[...])
    try parser.parseAll()
    return ParsedPattern(root: try parser.finish(), groupNames: parser.groupNames)
  }

  private init(whole: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    self.whole = whole
    self.rest = rest
  }

  // MARK: The main loop

  private mutating func parseAll() throws(RegularExpressionError) {
    var lastRepeat: ArraySlice<UInt8>?
    while let byte = rest.first {
      var thisRepeat: ArraySlice<UInt8>?
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
        thisRepeat = rest
        let bounds: (Int, Int?) = byte == UInt8(ascii: "*") ? (0, nil) : byte == UInt8(ascii: "+") ? (1, nil) : (0, 1)
        rest = rest.dropFirst()
        try repeatLast(bounds.0, bounds.1, from: thisRepeat ?? rest, after: lastRepeat, isCounted: false)
      case UInt8(ascii: "{"):
        if let (minimum, maximum, end) = try countedRepeat() {
          thisRepeat = rest
          rest = rest[end...]
          try repeatLast(minimum, maximum, from: thisRepeat ?? rest, after: lastRepeat, isCounted: true)
        } else {
          rest = rest.dropFirst()
          try add(literal: UInt32(byte))
        }
      default: try parseItem(byte)
      }
      lastRepeat = thisRepeat
    }
  }

  private mutating func parseItem(_ byte: UInt8) throws(RegularExpressionError) {
    switch byte {
    case UInt8(ascii: "("):
      if rest.dropFirst().first == UInt8(ascii: "?") {
        try parseGroupFlags()
      } else {
        rest = rest.dropFirst()
        openCapture(named: "")
      }
    case UInt8(ascii: ")"): try closeGroup()
    case UInt8(ascii: "|"):
      rest = rest.dropFirst()
      try endAlternative()
    case UInt8(ascii: "^"):
      rest = rest.dropFirst()
      try add(.assertion(flags.isMultiline ? .beginLine : .beginText))
    case UInt8(ascii: "$"):
      rest = rest.dropFirst()
      try add(.assertion(flags.isMultiline ? .endLine : .endText))
    case UInt8(ascii: "."):
      rest = rest.dropFirst()
      try add(.set(flags.dotMatchesNewline ? .all : .allButNewline))
    case UInt8(ascii: "["): try add(.set(try parseClass()))
    case UInt8(ascii: "\\"): try parseBackslash()
    default: try add(literal: try nextScalar())
    }
  }

  private mutating func parseBackslash() throws(RegularExpressionError) {
    switch rest.dropFirst().first {
    case UInt8(ascii: "A"): try add(assertion: .beginText)
    case UInt8(ascii: "z"): try add(assertion: .endText)
    case UInt8(ascii: "b"): try add(assertion: .wordBoundary)
    case UInt8(ascii: "B"): try add(assertion: .noWordBoundary)
    case UInt8(ascii: "C"): throw PatternFault.invalidEscape.error(rest.prefix(2))
    case UInt8(ascii: "Q"): try parseQuotation()
    default:
      if let set = try parseNamedClass() {
        try add(.set(set))
      } else {
        try add(literal: try parseEscape())
      }
    }
  }

  private mutating func add(assertion: Assertion) throws(RegularExpressionError) {
    rest = rest.dropFirst(2)
    try add(.assertion(assertion))
  }

  /// `\Q…\E`: all literal, to the end of the pattern when it is not closed.
  private mutating func parseQuotation() throws(RegularExpressionError) {
    rest = rest.dropFirst(2)
    while !rest.isEmpty {
      if rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "E")]) {
        rest = rest.dropFirst(2)
        return
      }
      try add(literal: try nextScalar())
    }
  }

  /// The next character of the pattern, which must be UTF-8.
  mutating func nextScalar() throws(RegularExpressionError) -> UInt32 {
    let (scalar, width) = try PatternParser.scalar(rest)
    rest = rest.dropFirst(width)
    return scalar
  }

  /// The first character of `text`; U+FFFD of no width at its end.
  static func scalar(
    _ text: ArraySlice<UInt8>
  ) throws(RegularExpressionError) -> (scalar: UInt32, width: Int) {
    guard let first = text.first else { return (Scalars.replacement, 0) }
    if first < 0x80 { return (UInt32(first), 1) }
    let found = text.withUnsafeBufferPointer { Scalars.decode($0, at: 0) }
    if found.width == 1 { throw PatternFault.invalidUTF8.error(text) }
    return found
  }

  // MARK: Building

  private mutating func add(literal scalar: UInt32) throws(RegularExpressionError) {
    try add(
      .set(flags.foldsCase ? CaseFolding.orbit(scalar) : ScalarSet([ScalarRange(scalar, scalar)])))
  }

  private mutating func add(_ tree: SyntaxTree) throws(RegularExpressionError) {
    if case .set(let set) = tree { scalarCount += set.single == nil ? set.ranges.count * 2 : 1 }
    frames[frames.count - 1].items.append(try checked(tree))
  }

  private func checked(_ tree: SyntaxTree) throws(RegularExpressionError) -> SyntaxTree.Node {
    let node = SyntaxTree.Node(tree)
    if node.size > PatternParser.maximumSize || scalarCount > PatternParser.maximumScalars {
      throw PatternFault.tooLarge.error(whole)
    }
    if node.height > PatternParser.maximumHeight { throw PatternFault.nestingDepth.error(whole) }
    return node
  }

  /// Puts a repetition around the last item. `from` begins at the operator, `rest` after it.
  private mutating func repeatLast(
    _ minimum: Int, _ maximum: Int?, from start: ArraySlice<UInt8>, after lastRepeat: ArraySlice<UInt8>?,
    isCounted: Bool
  ) throws(RegularExpressionError) {
    var isGreedy = !flags.isLazyByDefault
    if rest.first == UInt8(ascii: "?") {
      rest = rest.dropFirst()
      isGreedy.toggle()
    }
    if let lastRepeat {
      throw PatternFault.invalidRepeatOperator.error(lastRepeat[..<rest.startIndex])
    }
    guard let operand = frames[frames.count - 1].items.popLast() else {
      throw PatternFault.missingRepeatArgument.error(start[..<rest.startIndex])
    }
    let tree = SyntaxTree.repetition(operand, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
    let node = try checked(tree)
    if isCounted, minimum >= 2 || (maximum ?? 0) >= 2, !tree.repeats(within: 1000) {
      throw PatternFault.invalidRepeatSize.error(start[..<rest.startIndex])
    }
    frames[frames.count - 1].items.append(node)
  }

  private mutating func endAlternative() throws(RegularExpressionError) {
    let items = frames[frames.count - 1].items
    let node: SyntaxTree.Node
    switch items.count {
    case 0: node = try checked(.empty)
    case 1: node = items[0]
    default: node = try checked(.concatenation(items))
    }
    frames[frames.count - 1].items.removeAll(keepingCapacity: true)
    frames[frames.count - 1].alternatives.append(node)
  }

  private mutating func endAlternatives() throws(RegularExpressionError) -> SyntaxTree.Node {
    try endAlternative()
    let alternatives = frames[frames.count - 1].alternatives
    return alternatives.count == 1 ? alternatives[0] : try checked(.alternation(alternatives))
  }

  private mutating func openCapture(named name: ByteString) {
    frames.append(Frame(flags: flags, capture: groupNames.count))
    groupNames.append(name)
  }

  private mutating func closeGroup() throws(RegularExpressionError) {
    let node = try endAlternatives()
    guard frames.count > 1, let frame = frames.popLast() else {
      throw PatternFault.unexpectedParenthesis.error(whole)
    }
    rest = rest.dropFirst()
    flags = frame.flags
    let closed = if let capture = frame.capture { try checked(.capture(capture, node)) } else { node }
    frames[frames.count - 1].items.append(closed)
  }

  private mutating func finish() throws(RegularExpressionError) -> SyntaxTree.Node {
    guard frames.count == 1 else { throw PatternFault.missingParenthesis.error(whole) }
    return try endAlternatives()
  }

  // MARK: Groups and counts

  /// What begins with `(?`: a named group, or flags with or without a group.
  private mutating func parseGroupFlags() throws(RegularExpressionError) {
    let start = rest
    if rest.count > 4 && rest.starts(with: "(?P<".utf8) || rest.count > 3 && rest.starts(with: "(?<".utf8) {
      return try parseNamedGroup()
    }
    rest = rest.dropFirst(2)
    var new = flags
    var isNegative = false
    var sawFlag = false
    scan: while !rest.isEmpty {
      let scalar = try nextScalar()
      switch Unicode.Scalar(scalar) {
      case "i": new.foldsCase = !isNegative
      case "m": new.isMultiline = !isNegative
      case "s": new.dotMatchesNewline = !isNegative
      case "U": new.isLazyByDefault = !isNegative
      case "-":
        if isNegative { break scan }
        isNegative = true
        sawFlag = false
        continue
      case ":", ")":
        if isNegative && !sawFlag { break scan }
        if scalar == 0x3A { frames.append(Frame(flags: flags)) }
        flags = new
        return
      default: break scan
      }
      sawFlag = true
    }
    throw PatternFault.invalidPerlOperator.error(start[..<rest.startIndex])
  }

  private mutating func parseNamedGroup() throws(RegularExpressionError) {
    let nameStart = rest.startIndex + (rest.dropFirst(2).first == UInt8(ascii: "P") ? 4 : 3)
    guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else {
      try PatternParser.checkUTF8(rest)
      throw PatternFault.invalidNamedCapture.error(rest)
    }
    let name = rest[nameStart..<max(end, nameStart)]
    try PatternParser.checkUTF8(name)
    guard !name.isEmpty, name.allSatisfy(Scalars.isWord) else {
      throw PatternFault.invalidNamedCapture.error(rest[...end])
    }
    rest = rest[(end + 1)...]
    openCapture(named: ByteString(name))
  }

  static func checkUTF8(_ text: ArraySlice<UInt8>) throws(RegularExpressionError) {
    var text = text
    while !text.isEmpty { text = text.dropFirst(try scalar(text).width) }
  }

  /// `{n}`, `{n,}` or `{n,m}`, with the index after it; nil when the brace is literal.
  private func countedRepeat() throws(RegularExpressionError) -> (Int, Int?, Int)? {
    var text = rest.dropFirst()
    guard let minimum = PatternParser.count(&text) else { return nil }
    var maximum: Int? = minimum
    if text.first == UInt8(ascii: ",") {
      text = text.dropFirst()
      if text.first == UInt8(ascii: "}") {
        maximum = nil
      } else {
        guard let given = PatternParser.count(&text) else { return nil }
        maximum = given
      }
    }
    guard text.first == UInt8(ascii: "}") else { return nil }
    let end = text.startIndex + 1
    guard minimum <= 1000, (maximum ?? 0) <= 1000, minimum <= maximum ?? .max else {
      throw PatternFault.invalidRepeatSize.error(rest[..<end])
    }
    return (minimum, maximum, end)
  }

  /// A decimal number without leading zeros; a very large one is cut short.
  private static func count(_ text: inout ArraySlice<UInt8>) -> Int? {
    let digits = text.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
    text = text.dropFirst(digits.count)
    return digits.reduce(0) { min($0 * 10 + Int($1 - 48), 1 << 30) }
  }
}
