import SourceText
import Values

/// What go-yaml v2 takes a scalar for.
enum Resolved: Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// Above `Int64.max`.
  case unsigned(UInt64)
  case float(Double)
  case string

  /// The short tag of the type, as error texts print it.
  var tag: String {
    switch self {
    case .null: "!!null"
    case .bool: "!!bool"
    case .integer, .unsigned: "!!int"
    case .float: "!!float"
    case .string: "!!str"
    }
  }
}

/// The types of plain scalars in YAML 1.1, as go-yaml v2 reads it: `yes` and `on` are true, `0777` is octal,
/// `12:30` and dates are text.
enum Resolution {
  static func resolve(_ text: UnsafeBufferPointer<UInt8>) -> Resolved {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"):
      return number(text)
    case UInt8(ascii: "."): return dotted(text)
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
      UInt8(ascii: "~"):
      return text.count <= 5 ? word(text) : .string
    default: return .string
    }
  }

  static func resolve(_ text: [UInt8]) -> Resolved { text.withUnsafeBufferPointer { resolve($0) } }

  private static let words: [(StaticString, Resolved)] = [
    ("y", .bool(true)), ("Y", .bool(true)), ("n", .bool(false)), ("N", .bool(false)), ("~", .null),
    ("on", .bool(true)), ("On", .bool(true)), ("ON", .bool(true)),
    ("no", .bool(false)), ("No", .bool(false)), ("NO", .bool(false)),
    ("yes", .bool(true)), ("Yes", .bool(true)), ("YES", .bool(true)),
    ("off", .bool(false)), ("Off", .bool(false)), ("OFF", .bool(false)),
    ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)),
    ("null", .null), ("Null", .null), ("NULL", .null),
    ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
  ]

  private static func word(_ text: UnsafeBufferPointer<UInt8>) -> Resolved {
    for (word, resolved) in words where equals(text, word) { return resolved }
    return .string
  }

  private static func equals(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<text.count where text[index] != word.utf8Start[index] { return false }
    return true
  }

  private static let infinities: [(StaticString, Double)] = [
    (".inf", .infinity), (".Inf", .infinity), (".INF", .infinity),
    ("+.inf", .infinity), ("+.Inf", .infinity), ("+.INF", .infinity),
    ("-.inf", -.infinity), ("-.Inf", -.infinity), ("-.INF", -.infinity),
    (".nan", .nan), (".NaN", .nan), (".NAN", .nan),
  ]

  private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Resolved? {
    guard text.count == 4 || text.count == 5 else { return nil }
    for (word, value) in infinities where equals(text, word) { return .float(value) }
    return nil
  }

  private static func dotted(_ text: UnsafeBufferPointer<UInt8>) -> Resolved {
    if let special = special(text) { return special }
    guard let value = DecimalParsing.double(text), value.isFinite else { return .string }
    return .float(value)
  }

  // MARK: Numbers

  private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Resolved {
    if let small = smallInteger(text) { return .integer(small) }
    if text[0] <= UInt8(ascii: "-"), let special = special(text) { return special }
    guard text.contains(UInt8(ascii: "_")) else { return numberWithoutUnderscores(text) }
    return text.filter { $0 != UInt8(ascii: "_") }.withUnsafeBufferPointer { numberWithoutUnderscores($0) }
  }

  /// A plain decimal integer of at most 18 digits.
  @inline(__always)
  private static func smallInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    let signs = text[0] <= UInt8(ascii: "-") ? 1 : 0
    let digits = text.count - signs
    guard digits > 0, digits <= 18, text[signs] != UInt8(ascii: "0") || digits == 1 else { return nil }
    var value: Int64 = 0
    for index in signs..<text.count {
      let digit = text[index] &- 48
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return text[0] == UInt8(ascii: "-") ? -value : value
  }

  private static func numberWithoutUnderscores(_ text: UnsafeBufferPointer<UInt8>) -> Resolved {
    guard let first = text.first else { return .string }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    let digits = UnsafeBufferPointer(rebasing: text[(isSigned ? 1 : 0)...])
    if let magnitude = magnitude(digits), let resolved = signed(magnitude, first, isSigned) { return resolved }
    if looksLikeFloat(text), let value = DecimalParsing.double(text), value.isFinite { return .float(value) }
    return binary(text)
  }

  private static func signed(_ magnitude: UInt64, _ first: UInt8, _ isSigned: Bool) -> Resolved? {
    if first == UInt8(ascii: "-") {
      return magnitude <= 1 << 63 ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
    }
    if magnitude <= UInt64(Int64.max) { return .integer(Int64(magnitude)) }
    return isSigned ? nil : .unsigned(magnitude)
  }

  /// Go's integers of base 0: `0x`, `0o`, `0b` and leading zeros choose the base. Nil when it is none or too large.
  private static func magnitude(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard let first = text.first else { return nil }
    var base: UInt64 = 10
    var start = 0
    if first == UInt8(ascii: "0") {
      base = 8
      start = 1
      if text.count >= 3 {
        switch text[1] | 0x20 {
        case UInt8(ascii: "x"): (base, start) = (16, 2)
        case UInt8(ascii: "o"): (base, start) = (8, 2)
        case UInt8(ascii: "b"): (base, start) = (2, 2)
        default: break
        }
      }
    }
    return digits(text, from: start, base: base)
  }

  private static func digits(_ text: UnsafeBufferPointer<UInt8>, from start: Int, base: UInt64) -> UInt64? {
    var value: UInt64 = 0
    for index in start..<text.count {
      guard let digit = Escapes.hexDigit(text[index]), digit < base else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: base)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// go-yaml's pattern: digits on at least one side of an optional point, then perhaps an exponent.
  private static func looksLikeFloat(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
    let whole = at
    while at < text.count, text[at] &- 48 < 10 { at += 1 }
    var hasDigits = at > whole
    if at < text.count, text[at] == UInt8(ascii: ".") {
      at += 1
      let fraction = at
      while at < text.count, text[at] &- 48 < 10 { at += 1 }
      hasDigits = hasDigits || at > fraction
    }
    guard hasDigits, at < text.count, text[at] | 0x20 == UInt8(ascii: "e") else { return hasDigits && at == text.count }
    at += 1
    if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
    let exponent = at
    while at < text.count, text[at] &- 48 < 10 { at += 1 }
    return at > exponent && at == text.count
  }

  /// go-yaml's own way with `0b`, which lets a sign stand behind the prefix.
  private static func binary(_ text: UnsafeBufferPointer<UInt8>) -> Resolved {
    guard text.count > 3, text[0] == UInt8(ascii: "0"), text[1] == UInt8(ascii: "b"),
      text[2] == UInt8(ascii: "+") || text[2] == UInt8(ascii: "-"),
      let magnitude = digits(text, from: 3, base: 2)
    else { return .string }
    return signed(magnitude, text[2], true) ?? .string
  }
}
