import SourceText
import Values

/// How the validator's messages write strings and numbers: Go's `%q` turned to single quotes, and the English
/// number forms of golang.org/x/text (`1,234`, `1.5×10⁰⁷`).
enum MessageText {
  /// A string in single quotes.
  static func quoted(_ text: ByteString) -> ByteString {
    // The library replaces in the text with its closing quote on, so that a final backslash loses its double.
    var inner: [UInt8] = []
    let whole = GoQuote.quoted(text).bytes
    var index = 0
    while index < whole.count {
      if whole[index] == UInt8(ascii: "\\"), index + 1 < whole.count, whole[index + 1] == UInt8(ascii: "\"") {
        inner.append(UInt8(ascii: "\""))
        index += 2
        continue
      }
      if whole[index] == UInt8(ascii: "'") { inner.append(UInt8(ascii: "\\")) }
      inner.append(whole[index])
      index += 1
    }
    return ByteString([UInt8(ascii: "'")] + inner.dropFirst().dropLast() + [UInt8(ascii: "'")])
  }

  /// A character in single quotes, as `%q` prints a rune.
  static func quoted(rune: UInt32) -> ByteString {
    if rune == UInt32(UInt8(ascii: "'")) { return #"'\''"# }
    var bytes: [UInt8] = []
    Runes.append(rune, to: &bytes)
    if rune == UInt32(UInt8(ascii: "\"")) { return #"'"'"# }
    let quoted = GoQuote.quoted(ByteString(bytes))
    return "'" + quoted[1..<(quoted.count - 1)] + "'"
  }

  static func quoted(_ texts: [ByteString]) -> ByteString {
    ByteString(texts.map { quoted($0).bytes }.joined(separator: Array(", ".utf8)))
  }

  /// A scalar of an `enum` or `const`, as Go prints it.
  static func display(_ value: Instance) -> ByteString {
    switch value {
    case .null: "<nil>"
    case .boolean(let bool): bool ? "true" : "false"
    case .number(.literal(let text)): text
    case .number(.integer(let integer)): ByteString(String(integer))
    case .number(.unsigned(let integer)): ByteString(String(integer))
    case .number(.float(let double)): GoFloat.general(double, threshold: 21)
    case .string(let text): quoted(text)
    case .array, .object, .unsupported: "value"
    }
  }

  /// A count, its thousands set apart.
  static func count(_ value: Int) -> ByteString {
    ByteString((value < 0 ? "-" : "") + grouped(Array(String(value.magnitude).utf8)))
  }

  /// A limit or measured number, rounded to a double.
  static func number(_ number: Instance.Number) -> ByteString {
    let value = double(number)
    if value.isInfinite { return value < 0 ? "-∞" : "∞" }
    let (digits, point) = GoFloat.shortest(value)
    if digits.isEmpty { return "0" }
    let sign = value < 0 ? "-" : ""
    let exponent = point - 1
    if exponent < -4 || exponent >= 6 { return ByteString(sign + scientific(digits, exponent)) }
    return ByteString(sign + plain(digits, point))
  }

  private static func double(_ number: Instance.Number) -> Double {
    switch number {
    case .float(let value): value
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .literal(let text): Double(text.string) ?? 0
    }
  }

  private static func plain(_ digits: [UInt8], _ point: Int) -> String {
    let zero = UInt8(ascii: "0")
    if point <= 0 {
      return "0." + String(repeating: "0", count: -point) + String(decoding: digits, as: UTF8.self)
    }
    let padding = [UInt8](repeating: zero, count: max(0, point - digits.count))
    let whole = grouped(Array(digits.prefix(point)) + padding)
    let fraction = digits.dropFirst(point)
    return fraction.isEmpty ? whole : whole + "." + String(decoding: fraction, as: UTF8.self)
  }

  private static func grouped(_ digits: [UInt8]) -> String {
    var result: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
      result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
    var text = String(decoding: digits.prefix(1), as: UTF8.self)
    if digits.count > 1 { text += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
    text += "×10" + (exponent < 0 ? "⁻" : "")
    let figures = String(abs(exponent))
    if figures.count < 2 { text += superscripts[0] }
    for figure in figures.utf8 { text += superscripts[Int(figure - UInt8(ascii: "0"))] }
    return text
  }

  private static let superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
}
