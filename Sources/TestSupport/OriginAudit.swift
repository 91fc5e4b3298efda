import Compiler
import Diagnostics
import SourceText

/// Checks that origins tell the truth: the bytes that a piece of rendered text names are the bytes that were printed,
/// or were fed to the function that printed them.
package struct OriginAudit: Sendable {
  /// Pieces by what is known of them.
  package private(set) var literal = 0
  package private(set) var exact = 0
  /// Numbers, booleans and texts that a function changed: the whole leaf is named.
  package private(set) var converted = 0
  package private(set) var derived = 0
  package private(set) var builtIn = 0
  /// What a function adds: quotes, indentation, separators; the action is named.
  package private(set) var made = 0
  package private(set) var unknown = 0
  /// What is not true, one line each.
  package private(set) var failures: [String] = []
  /// Pieces of which nothing is known, one line each.
  package private(set) var unexplained: [String] = []

  package init() {}

  /// Looks at the bytes of `range`, a scalar of a rendered document.
  package mutating func inspect(_ map: SourceMap, _ range: ByteRange, name: String) {
    var covered = range.start
    for piece in map.pieces(in: range) {
      if piece.range.start != covered { failures.append("\(name): no piece at byte \(covered)") }
      covered = piece.range.end
      inspect(piece, printed: map.bytes(of: piece), name: name)
    }
    if covered < range.end { failures.append("\(name): no piece at byte \(covered)") }
  }

  private mutating func inspect(_ piece: SourcePiece, printed: ByteString, name: String) {
    switch (piece.printer, piece.source) {
    case (.templateText(let place), nil):
      literal += 1
      if place.text != printed { failures.append("\(name): `\(printed)` is said to be `\(place.text)`") }
    case (_, .value(_, let place, _)), (_, .chart(_, let place)):
      inspect(place, printed: printed, name: name)
    case (_, .constant(let place)):
      if place.text == printed { exact += 1 } else { converted += 1 }
    case (_, .builtIn): builtIn += 1
    case (_, .derived(_, let inputs)):
      derived += 1
      for place in inputs.flatMap(\.leaves).compactMap(\.place) where place.range.end > place.file.text.count {
        failures.append("\(name): `\(printed)` is made of bytes outside of \(place.file.path)")
      }
    case (.action, .unknown), (.action, nil): made += 1
    case (_, .unknown), (_, nil):
      unknown += 1
      unexplained.append("\(name): `\(printed)`")
    }
  }

  private mutating func inspect(_ place: SourceRange, printed: ByteString, name: String) {
    guard place.range.end <= place.file.text.count, place.range.start <= place.range.end else {
      failures.append("\(name): `\(printed)` is said to be outside of \(place.file.path)")
      return
    }
    if place.text == printed {
      exact += 1
    } else if ConvertedScalar.agrees(place.text, printed) {
      converted += 1
    } else {
      failures.append("\(name): `\(printed)` is said to be `\(place.text)` of \(place.file.path)")
    }
  }
}

/// Knows how a leaf may look once it was read and printed.
private enum ConvertedScalar {
  static func agrees(_ leaf: ByteString, _ printed: ByteString) -> Bool {
    let text = plain(printed.string)
    let source = plain(leaf.string)
    if source == text || typeNames.contains(text) { return true }
    if let number = number(source) { return !text.isEmpty && (number == self.number(text) || isDigits(text)) }
    if ["true", "yes", "on", "y", "false", "no", "off", "n"].contains(source) { return "truefalse".contains(text) }
    if ["~", "null", ""].contains(source) { return true }
    if base64(leaf.bytes) == printed.string || base64(printed.bytes) == leaf.string { return true }
    if leaf.string.filter({ $0 != "\\" }) == printed.string { return true }
    return holdsWords(of: text, in: source) || bytesInDecimal(leaf.bytes) == printed.string
  }

  /// What `%T` and `typeOf` print.
  private static let typeNames: Set<String> = ["string", "float64", "int64", "bool"]

  /// In lower case, with every escape as a blank or as the character that it stands for.
  private static func plain(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      guard character == "\\", let name = rest.popFirst() else {
        result.append(character)
        continue
      }
      let length = ["x": 2, "u": 4, "U": 8][name] ?? 0
      let digits = rest.prefix(length)
      rest = rest.dropFirst(digits.count)
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      result += length > 0 ? scalar.map { String($0) } ?? " " : "abefnrtv0".contains(name) ? " " : String(name)
    }
    return result.lowercased()
  }

  private static func number(_ text: String) -> Double? {
    let plain = text.filter { $0 != "_" }
    if plain.hasPrefix("0x") { return Int(plain.dropFirst(2), radix: 16).map(Double.init) }
    if plain.hasPrefix("0o") { return Int(plain.dropFirst(2), radix: 8).map(Double.init) }
    if plain.count > 1, plain.hasPrefix("0"), let octal = Int(plain, radix: 8) { return Double(octal) }
    return Double(plain)
  }

  private static func isDigits(_ text: String) -> Bool { text.allSatisfy { "0123456789.-+e".contains($0) } }

  /// Quoted, folded and escaped text: every run of letters and digits that was printed is in the leaf.
  private static func holdsWords(of text: String, in leaf: String) -> Bool {
    let leaf = leaf.filter(isPlain)
    return text.split { !isPlain($0) }.allSatisfy { leaf.contains($0) }
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// What a template prints of a list of bytes.
  private static func bytesInDecimal(_ bytes: [UInt8]) -> String { bytes.map { String($0) }.joined(separator: " ") }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0...group.count { result.append(alphabet[bits >> (18 - 6 * index) & 63]) }
      result += String(repeating: "=", count: 3 - group.count)
    }
    return result
  }
}
