/// Where the lines of the generated text are; made once, when the first kind is asked for.
struct SchemaLines: Sendable {
  struct KindRow: Sendable {
    let type: String
    let lifetime: Lifetime
  }

  /// One field of a type's line, as it is in one version.
  struct Cell {
    let name: String
    let code: Substring
  }

  static let shared = SchemaLines()

  /// By `apiVersion kind`.
  private(set) var kinds: [String: KindRow] = [:]
  /// The bytes of a type's line behind its name.
  private(set) var types: [String: Range<Int>] = [:]
  /// The versions the text knows, by minor number.
  private(set) var versions: ClosedRange<Int> = 0...0

  private typealias Bytes = UnsafeBufferPointer<UInt8>
  private static let blank = UInt8(ascii: " ")
  private static let colon = UInt8(ascii: ":")

  private init() {
    kinds.reserveCapacity(256)
    types.reserveCapacity(1024)
    Self.withText { text in
      var start = 0
      while start < text.count {
        let end = Self.end(of: UInt8(ascii: "\n"), in: text, start, text.count)
        addLine(text, start..<end)
        start = end + 1
      }
    }
  }

  private mutating func addLine(_ text: Bytes, _ line: Range<Int>) {
    let nameEnd = Self.end(of: Self.blank, in: text, line.lowerBound, line.upperBound)
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

  private static func withText<Result>(_ body: (Bytes) -> Result) -> Result {
    SchemaTable.text.withUTF8Buffer(body)
  }

  private static func end(of byte: UInt8, in text: Bytes, _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, text[index] != byte { index += 1 }
    return index
  }

  // MARK: Cells

  /// Visits the cells of a line, each as the range of its name and of its code, until `body` says that it is done.
  private static func visit(_ text: Bytes, _ line: Range<Int>, _ body: (Range<Int>, Range<Int>) -> Bool) {
    var start = line.lowerBound
    while start < line.upperBound {
      let end = end(of: blank, in: text, start, line.upperBound)
      let nameEnd = Self.end(of: colon, in: text, start, end)
      if nameEnd < end, body(start..<nameEnd, (nameEnd + 1)..<end) { return }
      start = end + 1
    }
  }

  private static func cell(_ text: Bytes, _ name: Range<Int>, _ code: Range<Int>, in version: Int) -> Cell? {
    let (rest, lifetime) = Lifetime.split(Substring(decoding: text[code], as: UTF8.self))
    guard lifetime.contains(version) else { return nil }
    return Cell(name: String(decoding: text[name], as: UTF8.self), code: rest)
  }

  /// The field of that name, as the table's version has it.
  static func cell(named wanted: String, in line: Range<Int>, of table: SchemaTable) -> Cell? {
    withText { text in
      var found: Cell?
      visit(text, line) { name, code in
        if text[name].elementsEqual(wanted.utf8) { found = cell(text, name, code, in: table.minorVersion) }
        return found != nil
      }
      return found
    }
  }

  /// All fields that the table's version has.
  static func cells(in line: Range<Int>, of table: SchemaTable) -> [Cell] {
    withText { text in
      var cells: [Cell] = []
      visit(text, line) { name, code in
        if let cell = cell(text, name, code, in: table.minorVersion) { cells.append(cell) }
        return false
      }
      return cells
    }
  }

  /// The fields that the table's version requires; other cells are only looked through.
  static func requiredNames(in line: Range<Int>, of table: SchemaTable) -> [String] {
    withText { text in
      var names: [String] = []
      visit(text, line) { name, code in
        let isRequired = text[code].contains(UInt8(ascii: "!"))
        if isRequired, let cell = cell(text, name, code, in: table.minorVersion), cell.code.hasSuffix("!") {
          names.append(cell.name)
        }
        return false
      }
      return names
    }
  }

  /// From the first version that has the field to the last.
  static func lifetime(of wanted: String, in line: Range<Int>) -> Lifetime? {
    withText { text in
      var found: Lifetime?
      visit(text, line) { name, code in
        guard text[name].elementsEqual(wanted.utf8) else { return false }
        let lifetime = Lifetime.split(Substring(decoding: text[code], as: UTF8.self)).lifetime
        found = Lifetime(
          first: min(found?.first ?? .max, lifetime.first), last: max(found?.last ?? 0, lifetime.last))
        return false
      }
      return found
    }
  }
}
