import SourceText

/// The type that a YAML scalar has once a manifest is turned into JSON for the API server.
package enum ScalarValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// A number with a fraction, an exponent, or too large for 64 bits.
  case float
  case string

  /// Resolves plain text by the YAML 1.1 rules that kubectl and Helm read manifests with.
  package init(plain text: ByteString) {
    guard let first = text.bytes.first else {
      self = .null
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      self = Self.number(text)
    default:
      self = Self.words[text.count <= 5 ? text.string : ""] ?? .string
    }
  }

  private static let words: [String: ScalarValue] = {
    var table: [String: ScalarValue] = ["~": .null, "null": .null, "Null": .null, "NULL": .null]
    for word in ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"] {
      table[word] = .boolean(true)
    }
    for word in ["n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"] {
      table[word] = .boolean(false)
    }
    return table
  }()

  private static func number(_ text: ByteString) -> ScalarValue {
    let plain = text.string.filter { $0 != "_" }
    if let integer = integer(plain) { return .integer(integer) }
    let infinities = [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"]
    if infinities.contains(where: { plain.hasSuffix($0) && plain.count <= $0.count + 1 }) { return .float }
    let shape = plain.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
    return shape && Double(plain) != nil ? .float : .string
  }

  /// Decimal, `0x`, `0b` and octal (`0o17`, `017`) integers, with a sign.
  private static func integer(_ text: String) -> Int? {
    var digits = Substring(text)
    var sign = 1
    if let first = digits.first, first == "-" || first == "+" {
      sign = first == "-" ? -1 : 1
      digits = digits.dropFirst()
    }
    guard let first = digits.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where digits.hasPrefix(prefix) {
      let body = digits.dropFirst(2)
      guard let first = body.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
      return Int(body, radix: radix).map { sign &* $0 }
    }
    if digits.count > 1, digits.hasPrefix("0") { return Int(digits, radix: 8).map { sign &* $0 } }
    return Int(digits).map { sign &* $0 }
  }
}
