import SourceText
import Values

/// Parses JSON without native recursion.
struct JSONParser {
  static let unexpectedEnd = "unexpected end of JSON input"

  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  let places: ScalarPlaces
  /// A number that does not fit a float64: reported only when the rest of the text is JSON.
  private(set) var rangeError: JSONError?
  private var open: [Container] = []

  /// An array or object whose end has not been seen.
  private struct Container {
    var isObject: Bool
    var start: Int
    var elements: [Value] = []
    var entries: [MapValue.Entry] = []
    var key = ByteString()
    var keyOrigin = OriginID.none
  }

  init(bytes: UnsafeBufferPointer<UInt8>, position: Int, places: ScalarPlaces) {
    self.bytes = bytes
    self.position = position
    self.places = places
  }

  mutating func parseWhole() throws(JSONError) -> Value {
    let value = try parseWholeSyntax()
    if let rangeError { throw rangeError }
    return value
  }

  /// The whole text; numbers out of range are zero, and `rangeError` tells of the first.
  mutating func parseWholeSyntax() throws(JSONError) -> Value {
    let value = try parseSyntax()
    skipSpace()
    if position < bytes.count { throw unexpected("after top-level value") }
    return value
  }

  mutating func parseValue() throws(JSONError) -> Value {
    let value = try parseSyntax()
    if let rangeError { throw rangeError }
    return value
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0a, 0x0d: position += 1
      default: return
      }
    }
  }

  // MARK: Structure

  private mutating func parseSyntax() throws(JSONError) -> Value {
    while true {
      skipSpace()
      guard position < bytes.count else { throw ended() }
      var finished: Value?
      switch bytes[position] {
      case UInt8(ascii: "{"): finished = try openObject()
      case UInt8(ascii: "["): finished = try openArray()
      default: finished = try parseScalar()
      }
      while let value = finished {
        guard !open.isEmpty else { return value }
        finished = try add(value)
      }
    }
  }

  /// Opens an object and reads its first key; the finished value when it is empty.
  private mutating func openObject() throws(JSONError) -> Value? {
    try checkDepth()
    let start = position
    position += 1
    skipSpace()
    if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
      position += 1
      return Value(.map(MapValue()), origin: places.origin(of: start..<position))
    }
    open.append(Container(isObject: true, start: start))
    try readKey()
    return nil
  }

  private mutating func openArray() throws(JSONError) -> Value? {
    try checkDepth()
    let start = position
    position += 1
    skipSpace()
    if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
      position += 1
      return .list([], origin: places.origin(of: start..<position))
    }
    open.append(Container(isObject: false, start: start))
    return nil
  }

  private func checkDepth() throws(JSONError) {
    if open.count >= JSONReader.maximumDepth { throw JSONError(message: "exceeded max depth", offset: position) }
  }

  private mutating func readKey() throws(JSONError) {
    skipSpace()
    guard position < bytes.count else { throw ended() }
    guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected("looking for beginning of object key string") }
    let key = try parseString()
    skipSpace()
    guard position < bytes.count else { throw ended() }
    guard bytes[position] == UInt8(ascii: ":") else { throw unexpected("after object key") }
    position += 1
    let last = open.count - 1
    open[last].key = key.text?.byteString ?? ByteString()
    open[last].keyOrigin = key.origin
  }

  /// Puts `value` into the innermost container; gives that container back when it ends here.
  private mutating func add(_ value: Value) throws(JSONError) -> Value? {
    let last = open.count - 1
    let isObject = open[last].isObject
    if isObject {
      open[last].entries.append(
        MapValue.Entry(key: open[last].key, value: value, keyOrigin: open[last].keyOrigin))
    } else {
      open[last].elements.append(value)
    }
    skipSpace()
    guard position < bytes.count else { throw ended() }
    if bytes[position] == UInt8(ascii: ",") {
      position += 1
      if isObject { try readKey() }
      return nil
    }
    guard bytes[position] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw unexpected(isObject ? "after object key:value pair" : "after array element")
    }
    position += 1
    let container = open.removeLast()
    let origin = places.origin(of: container.start..<position)
    return isObject
      ? Value(.map(MapValue(unsorted: container.entries)), origin: origin) : .list(container.elements, origin: origin)
  }

  // MARK: Scalars

  private mutating func parseScalar() throws(JSONError) -> Value {
    switch bytes[position] {
    case UInt8(ascii: "\""): return try parseString()
    case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
    case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
    case UInt8(ascii: "n"): return try parseWord("null", .none)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
    default: throw unexpected("looking for beginning of value")
    }
  }

  private mutating func parseWord(_ word: StaticString, _ datum: Datum) throws(JSONError) -> Value {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      let expected = word.utf8Start[index]
      guard position < bytes.count else { throw ended() }
      guard bytes[position] == expected else {
        throw unexpected("in literal \(word) (expecting '\(Character(Unicode.Scalar(expected)))')")
      }
      position += 1
    }
    return Value(datum, origin: places.origin(of: start..<position))
  }

  private mutating func parseNumber() throws(JSONError) -> Value {
    let start = position
    if bytes[position] == UInt8(ascii: "-") {
      position += 1
      guard position < bytes.count else { throw ended() }
    }
    if bytes[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try digits()
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      try digits()
    }
    let range = start..<position
    let number = DecimalParsing.double(UnsafeBufferPointer(rebasing: bytes[range])) ?? 0
    if number.isInfinite && rangeError == nil {
      let literal = String(decoding: bytes[range], as: UTF8.self)
      rangeError = JSONError(
        message: "json: cannot unmarshal number \(literal) into \(numberTarget) of type float64", offset: start)
    }
    return Value(.float(number.isInfinite ? 0 : number), origin: places.origin(of: range))
  }

  /// Where the number at hand belongs, as encoding/json names it: `Go struct field .a.0.b`.
  private var numberTarget: String {
    var path = ""
    for container in open {
      let key = container.key.string
      path += "."
      if container.isObject {
        for character in key { path += character == "~" ? "~0" : character == "/" ? "~1" : String(character) }
      } else {
        path += String(container.elements.count)
      }
    }
    guard path.utf8.count > 1, let last = open.last else { return "Go value" }
    return last.isObject ? "Go struct field " + path : path
  }

  private mutating func digits() throws(JSONError) {
    guard position < bytes.count else { throw ended() }
    guard bytes[position] &- 48 < 10 else { throw unexpected("in numeric literal") }
    while position < bytes.count, bytes[position] &- 48 < 10 { position += 1 }
  }

  // MARK: Errors

  func ended() -> JSONError { JSONError(message: JSONParser.unexpectedEnd, offset: bytes.count) }

  func unexpected(_ context: String) -> JSONError {
    JSONError(message: "invalid character \(quotedCharacter) \(context)", offset: position)
  }

  /// The character at the position as `strconv.QuoteRune` writes it; a byte that is no UTF-8 by its number.
  private var quotedCharacter: String {
    let (rune, width) = Runes.decode(bytes, at: position)
    if rune == UInt32(UInt8(ascii: "'")) { return "'\\''" }
    if rune == UInt32(UInt8(ascii: "\"")) { return "'\"'" }
    let quoted = GoQuote.quoted(ByteString(bytes[position..<(position + width)])).string
    return "'\(quoted.dropFirst().dropLast())'"
  }
}
