import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads numbers by the syntax of Go's source code, as strconv does when the base is left open.
package enum GoNumber {
  /// `strconv.ParseInt(text, 0, 64)`; nil for bad syntax and for what is out of range.
  package static func signed(_ text: ArraySlice<UInt8>) -> Int64? {
    var digits = text
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    guard let magnitude = unsigned(digits) else { return nil }
    if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
    return Int64(exactly: magnitude)
  }

  /// `strconv.ParseUint(text, 0, 64)`
  package static func unsigned(_ text: ArraySlice<UInt8>) -> UInt64? {
    guard let first = text.first else { return nil }
    var digits = text
    var base: UInt64 = 10
    var isPrefixed = false
    if first == UInt8(ascii: "0"), digits.count >= 2 {
      isPrefixed = true
      switch digits[digits.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x") where digits.count >= 3: base = 16
      case UInt8(ascii: "o") where digits.count >= 3: base = 8
      case UInt8(ascii: "b") where digits.count >= 3: base = 2
      default:
        base = 8
        digits = digits.dropFirst()
        return integer(digits, base: 8, afterPrefix: true)
      }
      digits = digits.dropFirst(2)
    }
    return integer(digits, base: base, afterPrefix: isPrefixed)
  }

  /// Digits of one base, with single underscores between them (and behind a prefix).
  private static func integer(_ digits: ArraySlice<UInt8>, base: UInt64, afterPrefix: Bool) -> UInt64? {
    var value: UInt64 = 0
    var mayUnderscore = afterPrefix
    var sawDigit = false
    for byte in digits {
      if byte == UInt8(ascii: "_") {
        // Underscores belong to base prefixes only: a plain decimal may hold them too, but not first.
        guard mayUnderscore else { return nil }
        mayUnderscore = false
        continue
      }
      guard let digit = GoUnquote.hexDigit(byte), UInt64(digit) < base else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: base)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      value = sum
      mayUnderscore = true
      sawDigit = true
    }
    return sawDigit && digits.last != UInt8(ascii: "_") ? value : nil
  }

  /// `strconv.ParseFloat(text, 64)`; nil for bad syntax and for what is out of range.
  package static func float(_ text: ArraySlice<UInt8>) -> Double? {
    guard isFloatSyntax(text) else { return nil }
    let isHex = text.contains { ($0 | 0x20) == UInt8(ascii: "x") }
    if isHex, !text.contains(where: { ($0 | 0x20) == UInt8(ascii: "p") }) { return nil }
    guard hasLegalUnderscores(text, isHex: isHex) else { return nil }
    var terminated = text.filter { $0 != UInt8(ascii: "_") }.map { CChar(bitPattern: $0) }
    terminated.append(0)
    let value = strtod(terminated, nil)
    return value.isInfinite ? nil : value
  }

  /// Underscores must stand between digits, or between a base prefix and a digit.
  private static func hasLegalUnderscores(_ text: ArraySlice<UInt8>, isHex: Bool) -> Bool {
    func isDigit(_ index: Int) -> Bool {
      guard text.indices.contains(index) else { return false }
      return isHex ? GoUnquote.hexDigit(text[index]) != nil : (0x30...0x39).contains(text[index])
    }
    return text.indices.allSatisfy { index in
      text[index] != UInt8(ascii: "_")
        || (isDigit(index + 1) && (isDigit(index - 1) || index > 0 && text[index - 1] | 0x20 == UInt8(ascii: "x")))
    }
  }

  /// Whether `text` is a decimal or hexadecimal floating-point number and nothing else (no names of infinity).
  private static func isFloatSyntax(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }
    if isSign(rest.first) { rest = rest.dropFirst() }
    var isHex = false
    if rest.count > 2, rest.first == UInt8(ascii: "0"), (rest[rest.startIndex + 1] | 0x20) == UInt8(ascii: "x") {
      isHex = true
      rest = rest.dropFirst(2)
    }
    var digits = 0
    var dots = 0
    while let byte = rest.first {
      if byte == UInt8(ascii: ".") {
        dots += 1
      } else if isHex ? GoUnquote.hexDigit(byte) != nil : (0x30...0x39).contains(byte) {
        digits += 1
      } else if byte != UInt8(ascii: "_") {
        break
      }
      rest = rest.dropFirst()
    }
    guard digits > 0, dots <= 1 else { return false }
    guard let mark = rest.first else { return true }
    guard (mark | 0x20) == UInt8(ascii: isHex ? "p" : "e") else { return false }
    rest = rest.dropFirst()
    if isSign(rest.first) { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
  }
}
