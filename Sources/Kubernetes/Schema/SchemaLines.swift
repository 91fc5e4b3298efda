/// Where the lines of the generated text are; made once, when the first kind is asked for.
struct SchemaLines: Sendable {
  struct KindRow: Sendable {
    let type: String
    let lifetime: Lifetime
  }

  static let shared = SchemaLines()
  /// The versions the text knows, by minor number.
  static let versions: ClosedRange<Int> = shared.versions

  /// By `apiVersion kind`.
  private(set) var kinds: [String: KindRow] = [:]
  /// The bytes of a type's line behind its name.
  private(set) var types: [String: Range<Int>] = [:]
  private var versions: ClosedRange<Int> = 0...0

  private init() {
    Self.withText { text in
      var start = 0
      while start < text.count {
        let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
        addLine(text, start..<end)
        start = end + 1
      }
    }
  }

  private mutating func addLine(_ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
    let nameEnd = text[line].firstIndex(of: UInt8(ascii: " ")) ?? line.upperBound
    let name = String(decoding: text[line.lowerBound..<nameEnd], as: UTF8.self)
    guard name == "kind" || name == "versions" else {
      types[name] = min(nameEnd + 1, line.upperBound)..<line.upperBound
      return
    }
    let words = String(decoding: text[line], as: UTF8.self).split(separator: " ")
    if name == "kind", words.count == 4 {
      let (type, lifetime) = Lifetime.split(words[3])
      kinds["\(words[1]) \(words[2])"] = KindRow(type: String(type), lifetime: lifetime)
    } else if words.count == 3, let first = Int(words[1].dropFirst(2)), let last = Int(words[2].dropFirst(2)) {
      versions = min(first, last)...max(first, last)
    }
  }

  private static func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    SchemaTable.text.withUTF8Buffer(body)
  }

  /// The fields of a type's line, `name:code` each.
  static func withCells<Result>(
    of line: Range<Int>, _ body: ([UnsafeBufferPointer<UInt8>.SubSequence]) -> Result
  ) -> Result {
    withText { text in body(text[line].split(separator: UInt8(ascii: " "))) }
  }
}

extension SchemaField {
  /// Reads `name:code`; nil when the table's version does not have the field.
  init?(cell: UnsafeBufferPointer<UInt8>.SubSequence, in table: SchemaTable) {
    let text = Substring(decoding: cell, as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let (code, lifetime) = Lifetime.split(text[text.index(after: colon)...])
    guard lifetime.contains(table.minorVersion) else { return nil }
    isRequired = code.hasSuffix("!")
    name = String(text[..<colon])
    type = FieldType(code: isRequired ? code.dropLast() : code, in: table)
  }
}

extension FieldType {
  init(code: Substring, in table: SchemaTable) {
    let rest = code.dropFirst()
    switch code.first {
    case "s": self = .string(words: rest.dropFirst().split(separator: "|").map(String.init))
    case "i": self = .integer
    case "n": self = .number
    case "b": self = .boolean
    case "q": self = .quantity
    case "p": self = .integerOrString
    case "t": self = .time
    case "@": self = table.type(named: String(rest)).map(FieldType.object) ?? .any
    case "[":
      let parts = rest.split(separator: "^", maxSplits: 1)
      self = .list(FieldType(code: parts.first ?? "*", in: table), mergeKey: parts.dropFirst().first.map(String.init))
    case "{": self = .map(FieldType(code: rest, in: table))
    default: self = .any
    }
  }
}
