/// One text read by both parsers.
struct ComparedText {
  let text: [UInt8]
  let own: ParsedEvents
  let libyaml: ParsedEvents

  init(_ text: [UInt8]) {
    self.text = text
    own = ParsedEvents(text)
    libyaml = ParsedEvents(libyaml: text)
  }

  /// Both accept the text and report the same, or both refuse it for the same reason. A parser may look further
  /// ahead than the other before it reports an event, so of two that refuse one may have reported less.
  var isAgreement: Bool {
    guard own.fault == libyaml.fault else { return false }
    return own.fault == nil ? own.events == libyaml.events : isPrefix
  }

  private var isPrefix: Bool { zip(own.events, libyaml.events).allSatisfy { $0 == $1 } }

  /// The row of the table that explains the difference.
  var deviation: ParserDeviation? { ParserDeviation.all.first { $0.isSeen(self) } }

  func contains(_ words: String) -> Bool {
    let words = Array(words.utf8)
    return text.indices.contains { text[$0...].starts(with: words) }
  }

  /// True when `isSecond` holds for a byte that stands right behind a byte for which `isFirst` does.
  fileprivate func contains(_ isFirst: (UInt8) -> Bool, _ isSecond: (UInt8) -> Bool) -> Bool {
    zip(text, text.dropFirst()).contains { isFirst($0) && isSecond($1) }
  }

  /// `[` or `{`, and then `]`, `}` or an indicator before anything that can be a simple key.
  fileprivate var hasBracketsWithoutKey: Bool {
    text.indices.contains { start in
      guard Self.opening.contains(text[start]) else { return false }
      let behind = text[(start + 1)...].drop { Self.noKey.contains($0) || $0 >= 0x80 }
      return behind.first.map { Self.closing.contains($0) || $0 == UInt8(ascii: ":") } == true
    }
  }

  /// A tag with a character behind its `!` that ends a tag in libyaml.
  fileprivate var hasBracketOrCommaInTag: Bool {
    text.indices.contains { start in
      guard text[start] == UInt8(ascii: "!") else { return false }
      return text[start...].prefix { $0 > 0x20 && $0 < 0x7f }.contains { Self.flow.contains($0) }
    }
  }

  fileprivate var hasBracket: Bool { text.contains { Self.opening.contains($0) } }
  fileprivate var isRefusedByBoth: Bool { own.fault != nil && libyaml.fault != nil }

  fileprivate static let opening = Set("[{".utf8)
  fileprivate static let closing = Set("]}".utf8)
  fileprivate static let flow = Set(",[]{}".utf8)
  fileprivate static let noKey = Set(" \t\r\n,?-".utf8)
}

/// Where our reader differs from libyaml on purpose, because go-yaml v2 does. Each was asked of Helm.
struct ParserDeviation: Sendable {
  let reason: String
  /// A text on which the parsers differ by this alone.
  let example: String
  /// True when a difference about the text can come from this.
  let isSeen: @Sendable (ComparedText) -> Bool

  static let all: [ParserDeviation] = [
    ParserDeviation(
      reason: "In brackets a `:` right before `,?[]{}` is text to go-yaml; libyaml refuses it", example: "{a:}",
      isSeen: {
        $0.contains({ $0 == UInt8(ascii: ":") }, { ComparedText.flow.contains($0) || $0 == UInt8(ascii: "?") })
      }),
    ParserDeviation(
      reason: "In brackets a `?` ends unquoted text in go-yaml, as in YAML 1.0; libyaml asks for white space behind it",
      example: "[a?b]", isSeen: { $0.hasBracket && $0.contains("?") }),
    ParserDeviation(
      reason: "go-yaml lets `,`, `[` and `]` be part of a tag", example: "[!a, b]", isSeen: \.hasBracketOrCommaInTag),
    ParserDeviation(
      reason: "go-yaml forgets that brackets may be a key when nothing in them may be one", example: "{}: b",
      isSeen: \.hasBracketsWithoutKey),
    ParserDeviation(
      reason: "go-yaml misses the escape `\\/` of YAML 1.2", example: "\"\\/\"", isSeen: { $0.contains("\\/") }),
    ParserDeviation(
      reason: "go-yaml allows the escape `\\'`", example: "\"\\'\"", isSeen: { $0.contains("\\'") }),
    ParserDeviation(
      reason: "go-yaml refuses YAML 1.2 when it is named", example: "%YAML 1.2\n---\na\n",
      isSeen: { $0.contains("%YAML 1.2") }),
    ParserDeviation(
      reason:
        "libyaml drops a byte order mark at the start of any line; go-yaml keeps it, but behind two of them drops "
        + "the first character of each line, which nobody can want: to our reader it is text",
      example: "\u{feff}\u{feff}a: b",
      isSeen: { $0.contains("\u{feff}") }),
    ParserDeviation(
      reason: "libyaml asks at each token whether a key is overdue, go-yaml only once the token is wanted",
      example: "- >+\nb # c\n  \td\n",
      isSeen: { $0.isRefusedByBoth && $0.libyaml.fault == "could not find expected ':'" }),
    ParserDeviation(
      reason: "libyaml reads blocks of 16 KiB before it scans, go-yaml of 512 bytes, so other faults come first",
      example: "|0\n" + String(repeating: " ", count: 600) + "\u{1}",
      isSeen: { both in both.isRefusedByBoth && both.faults.contains(where: ComparedText.isAboutBytes) }),
  ]
}

extension ComparedText {
  fileprivate var faults: [String] { [own.fault, libyaml.fault].compactMap { $0 } }

  fileprivate static func isAboutBytes(_ fault: String) -> Bool {
    fault.contains("UTF-8") || fault == "control characters are not allowed" || fault == "invalid Unicode character"
  }
}
