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
    case (_, .value(_, let place, _)), (_, .chart(_, let place)), (_, .constant(let place)):
      inspect(place, printed: printed, name: name)
    case (_, .builtIn): builtIn += 1
    case (_, .derived(_, let inputs)):
      derived += 1
      for place in inputs.flatMap(\.leaves).compactMap(\.place) where place.range.end > place.file.text.count {
        failures.append("\(name): `\(printed)` is made of bytes outside of \(place.file.path)")
      }
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
    let leaf = leaf.string
    let text = printed.string
    if leaf.lowercased() == text.lowercased() { return true }
    if let number = number(leaf) { return !text.isEmpty && (number == self.number(text) || isDigits(text)) }
    if ["true", "yes", "on", "y", "false", "no", "off", "n"].contains(leaf.lowercased()) {
      return "truefalse".contains(text)
    }
    if ["~", "null", ""].contains(leaf.lowercased()) { return true }
    return holdsWords(of: text, in: leaf)
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
    let leaf = leaf.lowercased()
    return text.lowercased().split { !($0.isLetter || $0.isNumber) }.allSatisfy { leaf.contains($0) }
  }
}
