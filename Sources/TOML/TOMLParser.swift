import SourceText
import Values

/// Parses a document: tables, keys, and which of them may be defined again.
struct TOMLParser {
  typealias Key = [UInt8]

  var scanner: TOMLScanner
  let places: ScalarPlaces
  private let root = TOMLTable()
  /// The table that keys go into.
  private var context: [Key] = [] { didSet { noteLastKey() } }
  private var currentKey: Key = [] { didSet { noteLastKey() } }
  /// Tables that exist only because something inside them was named.
  private var implicit: Set<Key> = []
  /// Keys of arrays that hold inline tables: the tables were defined under the key before the array itself is.
  private var arraysOfInlineTables: Set<Key> = []
  /// The line of the key that is being defined.
  private var keyLine = 1
  private var keyOrigin = OriginID.none
  var depth = 0

  /// Dotted keys, arrays and inline tables that nest deeper are an error.
  static let maximumDepth = 250

  init(_ scanner: TOMLScanner, places: ScalarPlaces) {
    self.scanner = scanner
    self.places = places
  }

  private mutating func noteLastKey() {
    if currentKey.isEmpty {
      scanner.lastKey = TOMLKey.path(context)
    } else {
      scanner.lastKey = context.isEmpty ? currentKey : TOMLKey.path(context) + [UInt8(ascii: ".")] + currentKey
    }
  }

  mutating func parse() throws(TOMLError) -> Value {
    try scanner.checkEncoding()
    while true {
      let rune = try scanner.next()
      if scanner.isAtEnd { break }
      if TOMLScanner.isBlank(rune) || TOMLScanner.isBreak(rune) { continue }
      switch rune {
      case 0x23: try scanner.skipComment()
      case 0x5b:
        try parseHeader()
        try endItem()
      default:
        scanner.position -= rune < 0x80 ? 1 : 0
        if rune >= 0x80 { scanner.position -= TOMLParser.width(rune) }
        try parseEntry()
        try endItem()
      }
    }
    return root.value
  }

  private static func width(_ rune: UInt32) -> Int { rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4 }

  /// Only a comment may stand behind an item on its line.
  private mutating func endItem() throws(TOMLError) {
    scanner.skipBlanks()
    let rune = try scanner.next()
    if scanner.isAtEnd || TOMLScanner.isBreak(rune) { return }
    if rune == 0x23 { return try scanner.skipComment() }
    throw scanner.failure(
      "expected a top-level item to end with a newline, comment, or EOF, but got \(TOMLScanner.quoted(rune)) instead")
  }

  private func duplicate(_ message: String) -> TOMLError { scanner.failure(message, line: keyLine) }

  private static func shown(_ key: [Key]) -> String { String(decoding: TOMLKey.path(key), as: UTF8.self) }

  // MARK: Headers

  private mutating func parseHeader() throws(TOMLError) {
    let isArray = scanner.accept("[")
    let key = try parseHeaderName()
    if isArray {
      let rune = try scanner.next()
      if rune != 0x5d {
        throw scanner.failure(
          "expected end of table array name delimiter ']', but got \(TOMLScanner.quoted(rune)) instead")
      }
    }
    try enter(key, isArray: isArray)
  }

  private mutating func parseHeaderName() throws(TOMLError) -> [Key] {
    var key: [Key] = []
    while true {
      scanner.skipBlanks()
      let first = try scanner.peek()
      if first == 0x5d || scanner.position >= scanner.bytes.count {
        if first != 0x5d { _ = try scanner.next() }
        throw scanner.failure("unexpected end of table name (table names cannot be empty)")
      }
      if first == 0x2e { throw scanner.failure("unexpected table separator (table names cannot be empty)") }
      if key.isEmpty { keyLine = scanner.line }
      key.append(try parseKeyPart(first))
      if key.count > TOMLParser.maximumDepth { throw scanner.failure("key is nested too deeply") }
      scanner.skipBlanks()
      let rune = try scanner.next()
      if rune == 0x5d { return key }
      if rune != 0x2e {
        throw scanner.failure(
          "expected '.' or ']' to end table name, but got \(TOMLScanner.quoted(rune)) instead")
      }
    }
  }

  /// Makes the table of a header the one that keys go into.
  private mutating func enter(_ key: [Key], isArray: Bool) throws(TOMLError) {
    currentKey = []
    var table = root
    var path: [Key] = []
    for part in key.dropLast() {
      path.append(part)
      if table[part] == nil {
        implicit.insert(TOMLKey.path(path))
        table[part] = .table(TOMLTable())
        table.note(part, keyOrigin)
      }
      switch table[part] {
      case .tables(let tables): table = tables.last ?? table
      case .table(let inner): table = inner
      default: throw duplicate("Key '\(TOMLParser.shown(path))' was already created as a hash.")
      }
    }
    context = path
    guard let last = key.last else { return }
    if isArray {
      switch table[last] {
      case nil: table[last] = .tables([TOMLTable()])
      case .tables(let tables): table[last] = .tables(tables + [TOMLTable()])
      default: throw duplicate("Key '\(TOMLParser.shown(key))' was already created and cannot be used as an array.")
      }
      table.note(last, keyOrigin)
    } else {
      try define(last, .table(TOMLTable()))
    }
    context.append(last)
  }

  // MARK: Entries

  private mutating func parseEntry() throws(TOMLError) {
    let outer = context
    try parseKey()
    let value = try parseValue()
    try define(currentKey, value)
    context = outer
    currentKey = []
  }

  /// Reads a key with its dots and `=`; all but its last part become the context.
  private mutating func parseKey() throws(TOMLError) {
    scanner.skipBlanks()
    var first = try scanner.peek()
    if first == 0x3d || scanner.position >= scanner.bytes.count {
      throw scanner.failure("unexpected '=': key name appears blank")
    }
    if first == 0x2e { throw scanner.failure("unexpected '.': keys cannot start with a '.'") }
    keyLine = scanner.line
    var key: [Key] = []
    while true {
      key.append(try parseKeyPart(first))
      if key.count > TOMLParser.maximumDepth { throw scanner.failure("key is nested too deeply") }
      scanner.skipBlanks()
      let rune = try scanner.next()
      if scanner.isAtEnd { throw scanner.failure("unexpected EOF; expected key separator '='") }
      if rune == 0x3d { break }
      if rune != 0x2e {
        throw scanner.failureBeforeBreak(
          ifBreak: rune, "expected '.' or '=', but got \(TOMLScanner.quoted(rune)) instead")
      }
      scanner.skipBlanks()
      first = try scanner.peek()
      if first == 0x3d || scanner.position >= scanner.bytes.count { throw scanner.failure("unexpected '='") }
      if first == 0x2e { throw scanner.failure("unexpected '.'") }
    }
    currentKey = key.last ?? []
    for part in key.dropLast() {
      implicit.insert(TOMLKey.path(context + [part]))
      let last = currentKey
      try enter(context + [part], isArray: false)
      currentKey = last
    }
  }

  private mutating func parseKeyPart(_ first: UInt32) throws(TOMLError) -> Key {
    let start = scanner.position
    var key: Key = []
    if first == 0x22 || first == 0x27 {
      _ = try scanner.next()
      key = try parseString(quote: first).text?.bytes ?? []
    } else {
      while true {
        let rune = try scanner.peek()
        guard TOMLScanner.isBareKey(rune), scanner.position < scanner.bytes.count else { break }
        key.append(UInt8(rune))
        scanner.position += 1
      }
    }
    keyOrigin = places.origin(of: start..<max(start, scanner.position))
    return key
  }

  /// Sets a key of the present context, unless it is there.
  private mutating func define(_ key: Key, _ entry: TOMLTable.Entry) throws(TOMLError) {
    var table = root
    var path: [Key] = []
    for part in context {
      path.append(part)
      switch table[part] {
      case .tables(let tables): table = tables.last ?? table
      case .table(let inner): table = inner
      default: throw duplicate("Key '\(TOMLParser.shown(path))' has already been defined.")
      }
    }
    path.append(key)
    if table[key] != nil {
      let name = TOMLKey.path(path)
      if arraysOfInlineTables.remove(name) != nil {
        implicit.remove(name)
        table[key] = entry
        return
      }
      guard implicit.remove(name) != nil else {
        throw duplicate("Key '\(TOMLParser.shown(path))' has already been defined.")
      }
      return
    }
    table[key] = entry
    table.note(key, keyOrigin)
  }

  private mutating func define(_ key: Key, _ value: Value) throws(TOMLError) { try define(key, .value(value)) }

  // MARK: Inline tables

  /// Reads an inline table behind its brace. Its keys are defined in the document too, for their clashes.
  mutating func parseInlineTable(inArray: Bool) throws(TOMLError) -> Value {
    let outer = (context, currentKey)
    let prefix = context + [currentKey]
    let result = TOMLTable()
    implicit.insert(TOMLKey.path(prefix))
    if inArray { arraysOfInlineTables.insert(TOMLKey.path(prefix)) }
    try enter(prefix, isArray: inArray)
    context = prefix
    currentKey = []
    while try beginsInlineEntry() {
      try parseKey()
      let inner = Array(context.dropFirst(prefix.count))
      let value = try parseValue()
      try define(currentKey, value)
      var table = result
      for part in inner {
        if case .table(let next) = table[part] {
          table = next
        } else {
          let next = TOMLTable()
          table[part] = .table(next)
          table = next
        }
      }
      table[currentKey] = .value(value)
      table.note(currentKey, keyOrigin)
      context = prefix
      if try endsInlineEntry() { break }
    }
    (context, currentKey) = outer
    return result.value
  }

  /// False at the closing brace.
  private mutating func beginsInlineEntry() throws(TOMLError) -> Bool {
    while true {
      let rune = try scanner.next()
      if TOMLScanner.isBlank(rune) || TOMLScanner.isBreak(rune) { continue }
      switch rune {
      case 0x23: try scanner.skipComment()
      case 0x2c: throw scanner.failure("unexpected comma")
      case 0x7d: return false
      default:
        if !scanner.isAtEnd { scanner.position -= rune < 0x80 ? 1 : TOMLParser.width(rune) }
        return true
      }
    }
  }

  /// True at the closing brace, false behind a comma.
  private mutating func endsInlineEntry() throws(TOMLError) -> Bool {
    while true {
      let rune = try scanner.next()
      if TOMLScanner.isBlank(rune) || TOMLScanner.isBreak(rune) { continue }
      switch rune {
      case 0x23: try scanner.skipComment()
      case 0x2c: return false
      case 0x7d: return true
      default:
        throw scanner.failure(
          "expected a comma or an inline table terminator '}', but got \(scanner.plain(rune)) instead")
      }
    }
  }
}
