/// Documents made by chance, the same in every run: whole ones as people write them, spoilt ones, and loose pieces.
struct SeededDocuments {
  private var random: SeededWords
  private let models: [[UInt8]]

  /// `models` are the documents that are spoilt.
  init(seed: UInt64, models: [[UInt8]]) {
    random = SeededWords(seed: seed)
    self.models = models
  }

  mutating func next() -> [UInt8] {
    switch random.below(4) {
    case 0: return random.document()
    case 1: return written()
    case 2: return spoilt(written())
    default: return spoilt(Array(models[random.below(models.count)].prefix(2000)))
    }
  }

  // MARK: Whole documents

  private static let scalars = [
    "a", "web-1.2", "8080", "''", "'it''s'", "\"x\\ty\"", "~", "yes", "1e3", "http://h:80/p?q#f", "a b  c", "é🙂", "-1",
    "\"a\\\n  b\"", "*x", "&x b", "!!str 1", "!t", "&y", "'a\n  b'", "{a: b, 'c': [d]}", "[]", "[a, {b: c}, ]",
  ]
  private static let keys = ["a", "b-c", "'d'", "\"e\"", "8", "é", "&k f", "<<", "? g\n", "[h]", "*x ", "!t i"]
  private static let breaks = ["\n", "\n", "\n", "\n", "\r\n", " # c\n", "\n\n", "\u{2028}", " \n"]

  private mutating func pick(_ words: [String]) -> String { words[random.below(words.count)] }

  private mutating func written() -> [UInt8] {
    var text = random.below(8) == 0 ? "%TAG !e! tag:e,1:\n" : ""
    for _ in 0...random.below(2) {
      if random.below(3) == 0 { text += "---" + pick(["\n", " # c\n", " "]) }
      text += block(depth: 0, indent: 0)
      if random.below(6) == 0 { text += "...\n" }
    }
    return Array(text.utf8)
  }

  /// A block collection whose lines begin at `indent`.
  private mutating func block(depth: Int, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let isMapping = random.below(3) > 0
    return (0...random.below(3)).map { _ in
      margin + (isMapping ? pick(SeededDocuments.keys) + ":" : "-") + value(depth: depth, indent: indent)
    }.joined()
  }

  private mutating func value(depth: Int, indent: Int) -> String {
    switch random.below(depth > 4 ? 5 : 8) {
    case 0: return pick(SeededDocuments.breaks)
    case 1: return lines(indent: indent + 1 + random.below(3))
    case 2...4: return " " + pick(SeededDocuments.scalars) + pick(SeededDocuments.breaks)
    default: return "\n" + block(depth: depth + 1, indent: indent + 1 + random.below(3))
    }
  }

  /// A block scalar.
  private mutating func lines(indent: Int) -> String {
    let header = pick([" |", " >", " |-", " >+", " |2", " &z |", " !t >-"]) + pick(SeededDocuments.breaks)
    return (0..<random.below(5)).reduce(header) { text, _ in
      let margin = String(repeating: " ", count: max(indent + random.below(4) - 1, 0))
      return text + (random.below(4) == 0 ? "" : margin + pick(["a", "b # c", "\td", "- é", "f: g"]))
        + pick(["\n", "\n", "\r\n", "\u{2029}"])
    }
  }

  // MARK: Spoilt documents

  private mutating func spoilt(_ document: [UInt8]) -> [UInt8] {
    var bytes = document
    for _ in 0...random.below(3) {
      let at = random.below(bytes.count + 1)
      let end = min(at + random.below(9), bytes.count)
      switch random.below(5) {
      case 0: bytes.insert(contentsOf: pick(SeededWords.words).utf8, at: at)
      case 1: bytes.removeSubrange(at..<end)
      case 2: bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count + 1))
      case 3: bytes.replaceSubrange(at..<end, with: pick(SeededWords.words).utf8)
      default: bytes.removeSubrange(end...)
      }
    }
    return bytes
  }
}
