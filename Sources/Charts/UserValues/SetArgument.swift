import JSON
import SourceText
import Values

/// The language of `--set` and its relatives: `a.b[0].c=value,d={x,y}`.
///
/// The reader follows Helm's step by step, since what is accepted silently, and how far values are changed before
/// an error, is part of the language.
struct SetArgument {
  /// How values are read.
  enum Kind: Sendable {
    /// `--set`: booleans, null and integers are recognised.
    case typed
    /// `--set-string`: every value is a text.
    case string
    /// `--set-file`: the value is a path, its content the text.
    case file(ValuesFileReader)
    /// `--set-json`: the value is JSON, read by its own rules.
    case json
    /// `--set-literal`: no escapes, no lists, and the value runs to the end.
    case literal
  }

  /// Why the reader stops: at the end of the text, which is often fine, or at an error.
  enum Stop: Error {
    case end
    case failure(ChartError)
  }

  private static let maximumIndex = 65536
  private static let maximumDepth = 30

  let kind: Kind
  let origins: OriginTable
  var scanner: ArgumentScanner

  /// Applies the text of `argument` to `values`, in place.
  static func apply(
    _ argument: SourceFile, kind: Kind, to values: MapValue, origins: OriginTable
  ) throws(ChartError) {
    var reader = SetArgument(kind: kind, origins: origins, scanner: ArgumentScanner(argument))
    if case .literal = kind { reader.scanner.hasEscapes = false }
    while true {
      do {
        try reader.key(values, depth: 0)
      } catch {
        switch error {
        case .end: return
        case .failure(let error): throw error
        }
      }
    }
  }

  // MARK: Keys

  /// Reads one `path=value` (or the rest of one) into `map`.
  private mutating func key(_ map: MapValue, depth: Int) throws(Stop) {
    let name = scanner.until(isLiteral ? "=[." : "=[,.")
    switch name.stop {
    case nil:
      if name.text.isEmpty { throw .end }
      throw failure("key " + GoText.quoted(name.text) + " has no value", name.range)
    case "[": try indexedKey(name, map, depth: depth)
    case "=": try assign(name, map)
    case ",":
      Self.set(map, name, .string("", origin: origins.argument(scanner.file, name.range)), origins, scanner.file)
      throw failure("key " + GoText.quoted(name.text) + " has no value (cannot end with ,)", name.range)
    default: try nestedKey(name, map, depth: depth + 1)
    }
  }

  private mutating func nestedKey(_ name: ArgumentScanner.Token, _ map: MapValue, depth: Int) throws(Stop) {
    if depth > Self.maximumDepth {
      throw failure(
        ByteString(
          "value name nested level is greater than maximum supported nested level of \(Self.maximumDepth)"),
        name.range)
    }
    let inner: MapValue
    if let existing = map[name.text] {
      guard let table = existing.asMap else {
        throw conversionFailure(existing, to: "map[string]interface {}", name.range)
      }
      inner = table
    } else {
      inner = MapValue()
    }
    do {
      try key(inner, depth: depth)
    } catch {
      if !inner.isEmpty { setTable(map, name, inner) }
      throw error
    }
    if inner.isEmpty { throw failure("key map " + GoText.quoted(name.text) + " has no value", name.range) }
    setTable(map, name, inner)
  }

  private mutating func indexedKey(_ name: ArgumentScanner.Token, _ map: MapValue, depth: Int) throws(Stop) {
    let index = try keyIndex()
    var list: [Value] = []
    if let existing = map[name.text] {
      guard let elements = existing.asList else {
        throw conversionFailure(existing, to: "[]interface {}", name.range)
      }
      list = elements.elements
    }
    var stop: Stop?
    do {
      try item(&list, index, depth: depth)
    } catch {
      stop = error
    }
    let origin = origins.argument(scanner.file, ByteRange(name.range.start, scanner.offset))
    Self.set(map, name, .list(list, origin: origin), origins, scanner.file)
    if let stop { throw stop }
  }

  /// The number between `[` and `]`.
  private mutating func keyIndex() throws(Stop) -> Int {
    let token = scanner.until("]")
    guard token.stop != nil else { throw .end }
    let text = token.text.string
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
      throw failure(indexError(token.text, "invalid syntax"), token.range)
    }
    guard let index = Int(text) else { throw failure(indexError(token.text, "value out of range"), token.range) }
    return index
  }

  private func indexError(_ text: ByteString, _ reason: String) -> ByteString {
    "error parsing index: strconv.Atoi: parsing " + GoText.quoted(text) + ": \(reason)"
  }

  /// Reads what follows `]` into place `index` of `list`.
  private mutating func item(_ list: inout [Value], _ index: Int, depth: Int) throws(Stop) {
    let place = ByteRange(scanner.offset, scanner.offset)
    if index < 0 { throw failure(ByteString("negative \(index) index not allowed"), place) }
    let token = scanner.until("[.=")
    if !token.text.isEmpty {
      throw failure("unexpected data at end of array index: " + GoText.quotedRunes(token.runes), token.range)
    }
    switch token.stop {
    case nil: throw .end
    case "=":
      let value = try itemValue()
      try Self.setIndex(&list, index, value, place: SourceRange(scanner.file, place))
    case "[":
      let next = try keyIndex()
      var inner: [Value] = []
      if index < list.count, !list[index].isNone {
        guard let elements = list[index].asList else {
          throw conversionFailure(list[index], to: "[]interface {}", place)
        }
        inner = elements.elements
      }
      try item(&inner, next, depth: depth)
      let origin = origins.argument(scanner.file, ByteRange(place.start, scanner.offset))
      try Self.setIndex(&list, index, .list(inner, origin: origin), place: SourceRange(scanner.file, place))
    default:
      let inner: MapValue
      if index < list.count {
        inner = list[index].asMap ?? MapValue()
        list[index] = .map(inner, origin: list[index].origin)
      } else {
        inner = MapValue()
      }
      try key(inner, depth: depth)
      let origin = origins.argument(scanner.file, ByteRange(place.start, scanner.offset))
      try Self.setIndex(&list, index, .map(inner, origin: origin), place: SourceRange(scanner.file, place))
    }
  }

  // MARK: Values

  private mutating func assign(_ name: ArgumentScanner.Token, _ map: MapValue) throws(Stop) {
    switch kind {
    case .literal:
      let rest = scanner.until("")
      Self.set(map, name, text(rest), origins, scanner.file)
    case .json:
      let value = try jsonValue()
      Self.set(map, name, value, origins, scanner.file)
    case .typed, .string, .file:
      let start = scanner.offset
      if scanner.isAtEnd {
        let empty = origins.argument(scanner.file, ByteRange(start, start))
        Self.set(map, name, .string("", origin: empty), origins, scanner.file)
        throw .end
      }
      if scanner.skip("{") {
        let list = try bracedList(from: start)
        Self.set(map, name, list, origins, scanner.file)
        return
      }
      Self.set(map, name, try read(scanner.until(",")), origins, scanner.file)
    }
  }

  private mutating func itemValue() throws(Stop) -> Value {
    switch kind {
    case .literal: return text(scanner.until(""))
    case .json: return try jsonValue()
    case .typed, .string, .file:
      let start = scanner.offset
      if scanner.isAtEnd { return .string("", origin: origins.argument(scanner.file, ByteRange(start, start))) }
      if scanner.skip("{") { return try bracedList(from: start) }
      return try read(scanner.until(","))
    }
  }

  /// `{a,b}` behind its brace, and a comma after it.
  private mutating func bracedList(from start: Int) throws(Stop) -> Value {
    var elements: [Value] = []
    while true {
      let token = scanner.until(",}")
      guard let stop = token.stop else {
        throw failure("list must terminate with '}'", ByteRange(start, scanner.offset))
      }
      elements.append(try read(token))
      if stop == "}" {
        let end = scanner.offset
        _ = scanner.skip(",")
        return .list(elements, origin: origins.argument(scanner.file, ByteRange(start, end)))
      }
    }
  }

  private func read(_ token: ArgumentScanner.Token) throws(Stop) -> Value {
    switch kind {
    case .typed: return typed(token)
    case .file(let reader):
      do {
        let file = try reader.file(token.text.string)
        return .string(file.text, origin: origins.leaf(file, ByteRange(0, file.text.count)))
      } catch {
        throw .failure(ChartError(error.message, at: SourceRange(scanner.file, token.range)))
      }
    case .string, .json, .literal: return text(token)
    }
  }

  private func text(_ token: ArgumentScanner.Token) -> Value {
    .string(token.text, origin: origins.argument(scanner.file, token.range))
  }

  /// `--set` knows booleans, null and decimal integers that do not start with a zero; no floats.
  private func typed(_ token: ArgumentScanner.Token) -> Value {
    let origin = origins.argument(scanner.file, token.range)
    if MetadataDecoder.matches(token.text, "true") { return .bool(true, origin: origin) }
    if MetadataDecoder.matches(token.text, "false") { return .bool(false, origin: origin) }
    if MetadataDecoder.matches(token.text, "null") { return Value(.none, origin: origin) }
    if token.text == "0" { return .int64(0, origin: origin) }
    if let first = token.text.bytes.first, first != UInt8(ascii: "0"), let number = Int64(token.text.string) {
      return .int64(number, origin: origin)
    }
    return .string(token.text, origin: origin)
  }

  private mutating func jsonValue() throws(Stop) -> Value {
    let start = scanner.offset
    if scanner.skipBlanksAndComma() {
      return Value(.none, origin: origins.argument(scanner.file, ByteRange(start, start)))
    }
    guard let value = scanner.json(origins: origins) else {
      throw failure("invalid JSON", ByteRange(start, scanner.file.text.count))
    }
    _ = scanner.skipBlanksAndComma()
    return value
  }

  // MARK: Changing values

  private var isLiteral: Bool {
    if case .literal = kind { return true }
    return false
  }

  /// An empty key sets nothing.
  private static func set(
    _ map: MapValue, _ name: ArgumentScanner.Token, _ value: Value, _ origins: OriginTable, _ file: SourceFile
  ) {
    if name.text.isEmpty { return }
    map.set(name.text, to: value, keyOrigin: origins.argument(file, name.range))
  }

  private func setTable(_ map: MapValue, _ name: ArgumentScanner.Token, _ table: MapValue) {
    let origin = map[name.text]?.origin ?? origins.argument(scanner.file, ByteRange(name.range.start, scanner.offset))
    Self.set(map, name, .map(table, origin: origin), origins, scanner.file)
  }

  private static func setIndex(
    _ list: inout [Value], _ index: Int, _ value: Value, place: SourceRange
  ) throws(Stop) {
    if index > maximumIndex {
      throw .failure(
        ChartError(
          ByteString("index of \(index) is greater than maximum supported index of \(maximumIndex)"), at: place))
    }
    while list.count <= index { list.append(.none) }
    list[index] = value
  }

  private func failure(_ message: ByteString, _ range: ByteRange) -> Stop {
    .failure(ChartError(message, at: SourceRange(scanner.file, range)))
  }

  private func conversionFailure(_ value: Value, to type: String, _ range: ByteRange) -> Stop {
    let actual = value.isNone ? "nil" : value.goType
    return failure(
      ByteString("unable to parse key: interface conversion: interface {} is \(actual), not \(type)"), range)
  }
}
