import JSON
import SourceText
import Values

/// Writes YAML as go-yaml's emitter lays it out: block style, indent 2. Version 2 does not indent lists under their
/// key and folds lines at spaces beyond column 80; version 3 indents and never folds.
struct YAMLEmitter {
  let version: GoYAMLVersion
  let bestWidth: Int
  var output: TextBuilder
  /// Characters on the present line.
  var column = 0
  var indent = -1
  /// The last thing written was white space or an indicator that counts as such.
  var afterWhitespace = true
  /// Nothing but indentation and indicators is on the line.
  var inIndentation = true

  static let bestIndent = 2
  /// Longer keys are written in the `? ` form.
  static let maximumSimpleKey = 128

  init(version: GoYAMLVersion, tracking: Bool, limit: Int = .max) {
    self.version = version
    bestWidth = version == .v2 ? 80 : Int.max
    output = TextBuilder(tracking: tracking, limit: limit)
  }

  // MARK: Layout

  mutating func lineBreak() {
    output.append(byte: UInt8(ascii: "\n"))
    column = 0
  }

  mutating func writeIndent() {
    let target = max(indent, 0)
    if !inIndentation || column > target || (column == target && !afterWhitespace) { lineBreak() }
    if column < target {
      output.append(spaces: target - column)
      column = target
    }
    afterWhitespace = true
    inIndentation = true
  }

  mutating func writeIndicator(_ text: StaticString, needsSpace: Bool, isSpace: Bool = false, keepsIndentation: Bool) {
    if needsSpace && !afterWhitespace { writeSpace() }
    output.append(literal: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    column += text.utf8CodeUnitCount
    afterWhitespace = isSpace
    inIndentation = inIndentation && keepsIndentation
  }

  mutating func writeSpace() {
    output.append(byte: UInt8(ascii: " "))
    column += 1
  }

  /// The indent of what is inside: collections that begin a document start at 0.
  func deeperIndent(isFlow: Bool, isIndentless: Bool = false) -> Int {
    if indent < 0 { return isFlow ? YAMLEmitter.bestIndent : 0 }
    return isIndentless && version == .v2 ? indent : indent + YAMLEmitter.bestIndent
  }

  /// The whole text without its last line break, which a literal scalar can leave.
  mutating func finish() -> Text {
    var text = output.finish()
    if text.bytes.last == UInt8(ascii: "\n") { text.removeLastByte() }
    return text
  }

  // MARK: Scalars

  /// Writes text that was made here: numbers, booleans, null.
  mutating func writePlain(_ text: [UInt8], origin: OriginID) {
    if !afterWhitespace { writeSpace() }
    output.append(literal: text, origin: origin)
    column += text.count
    afterWhitespace = false
    inIndentation = false
  }

  /// Writes a string in the style that go-yaml chooses.
  mutating func write(_ text: Text, origin: OriginID, _ analysis: ScalarAnalysis, isSimpleKey: Bool) {
    let outer = indent
    indent = deeperIndent(isFlow: true)
    switch style(text, analysis, isSimpleKey: isSimpleKey) {
    case .plain: writePlain(text, origin, mayFold: !isSimpleKey)
    case .singleQuoted: writeSingleQuoted(text, origin, mayFold: !isSimpleKey)
    case .doubleQuoted: writeDoubleQuoted(text, origin, mayFold: !isSimpleKey)
    case .literal, .folded: writeLiteral(text, origin)
    }
    indent = outer
  }

  private func style(_ text: Text, _ analysis: ScalarAnalysis, isSimpleKey: Bool) -> YAMLScalarStyle {
    var style = YAMLScalarStyle.plain
    if analysis.containsLineFeed {
      style = .literal
    } else if !ScalarText.readsAsString(text.bytes, version) {
      style = .doubleQuoted
    }
    if isSimpleKey && analysis.isMultiline { style = .doubleQuoted }
    if style == .plain && (!analysis.allowsPlain || (text.isEmpty && isSimpleKey)) { style = .singleQuoted }
    if style == .singleQuoted && !analysis.allowsSingleQuoted { style = .doubleQuoted }
    if style == .literal && (!analysis.allowsBlock || isSimpleKey) { style = .doubleQuoted }
    return style
  }
}

/// How strings and numbers read as plain scalars.
enum ScalarText {
  /// True when the text, written without quotes, is read as a string by go-yaml and by YAML 1.1 parsers.
  static func readsAsString(_ text: [UInt8], _ version: GoYAMLVersion) -> Bool {
    guard let first = text.first else { return false }
    if Resolution.resolve(text) != .string { return false }
    if version == .v3 && isOctal(text) { return false }
    guard first &- 48 < 10 || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else { return true }
    return !isSexagesimal(text) && !Timestamp.isTimestamp(text)
  }

  /// Version 3's own way with `0o`, which lets a sign stand behind the prefix.
  private static func isOctal(_ text: [UInt8]) -> Bool {
    guard text.count > 3, text.starts(with: [0x30, 0x6f]), text[2] == 0x2b || text[2] == 0x2d else { return false }
    return text[3...].allSatisfy { $0 &- 48 < 8 }
  }

  /// `12:30:45.5`: a number in YAML 1.1, which go-yaml only quotes.
  private static func isSexagesimal(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard let first = rest.first, first &- 48 < 10 else { return false }
    rest = rest.drop(while: { $0 &- 48 < 10 || $0 == UInt8(ascii: "_") })
    guard rest.first == UInt8(ascii: ":") else { return false }
    while rest.first == UInt8(ascii: ":") {
      rest = rest.dropFirst()
      let digits = rest.prefix(while: { $0 &- 48 < 10 }).prefix(2)
      guard let leading = digits.first, digits.count == 1 || leading < UInt8(ascii: "6") else { return false }
      rest = rest.dropFirst(digits.count)
    }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst().drop(while: { $0 &- 48 < 10 || $0 == UInt8(ascii: "_") })
    }
    return rest.isEmpty
  }

  /// A float64 after its trip through JSON: integers that fit 64 bits have no exponent.
  static func number(_ value: Double) -> [UInt8] {
    guard value == value.rounded(), abs(value) < 1e20 else { return GoFloat.general(value).bytes }
    // From 2^53 on JSON's shortest digits with zeros behind them can be another integer than the exact one.
    let digits = JSONWriter.number(value)
    let text = String(decoding: digits, as: UTF8.self)
    if let integer = Int64(text) { return integer == 0 ? [UInt8(ascii: "0")] : digits }
    return UInt64(text) == nil ? GoFloat.general(value).bytes : digits
  }
}

extension Text {
  /// Drops the last byte, and the run that covered it alone.
  fileprivate mutating func removeLastByte() {
    bytes.removeLast()
    guard let last = runs.indices.last else { return }
    runs[last].end = UInt32(bytes.count)
    let start = last > 0 ? runs[last - 1].end : 0
    if runs[last].end <= start { runs.removeLast() }
  }
}
