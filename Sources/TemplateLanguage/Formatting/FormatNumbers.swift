import SourceText
import Values

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Numbers under flags, without the padding of their field.
extension FormatFlags {
  func integer(
    _ bits: UInt64, isSigned: Bool, base: UInt64, isUpper: Bool = false, hasOctalMark: Bool = false
  ) -> [UInt8] {
    let isNegative = isSigned && Int64(bitPattern: bits) < 0
    let magnitude = isNegative ? 0 &- bits : bits
    var least = 0
    if let precision {
      // A zero with precision zero prints nothing but its field.
      if precision == 0, magnitude == 0 { return [] }
      least = precision
    } else if zero, !minus, let width {
      least = width - (isNegative || plus || space ? 1 : 0)
    }
    var digits = Array(String(magnitude, radix: Int(base), uppercase: isUpper).utf8)
    if digits.count < least {
      digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: least - digits.count), at: 0)
    }
    var prefix: [UInt8] = []
    if isNegative {
      prefix.append(UInt8(ascii: "-"))
    } else if plus {
      prefix.append(UInt8(ascii: "+"))
    } else if space {
      prefix.append(UInt8(ascii: " "))
    }
    if hasOctalMark { prefix += Array("0o".utf8) }
    if sharp {
      switch base {
      case 2: prefix += Array("0b".utf8)
      case 8: if digits.first != UInt8(ascii: "0") { prefix.append(UInt8(ascii: "0")) }
      case 16: prefix += Array((isUpper ? "0X" : "0x").utf8)
      default: break
      }
    }
    return prefix + digits
  }

  static func character(_ bits: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    Runes.append(UInt32(exactly: bits) ?? UTF8Rune.replacement, to: &bytes)
    return bytes
  }

  /// `U+0078`, with `#` also the character.
  func unicode(_ bits: UInt64) -> [UInt8] {
    var digits = Array(String(bits, radix: 16, uppercase: true).utf8)
    let least = max(4, precision ?? 4)
    if digits.count < least {
      digits.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: least - digits.count), at: 0)
    }
    var text = Array("U+".utf8) + digits
    if sharp, let scalar = UInt32(exactly: bits), scalar <= 0x10_FFFF, Runes.isPrintable(scalar) {
      text += Array(" '".utf8) + FormatFlags.character(bits) + [UInt8(ascii: "'")]
    }
    return text
  }

  /// A float's sign and the rest of it.
  func float(_ number: Double, _ verb: UInt8, precision standard: Int)
    -> (sign: UInt8, digits: [UInt8], isFinite: Bool)
  {
    let precision = self.precision ?? standard
    let isNegative = number.sign == .minus && !number.isNaN
    var sign = UInt8(ascii: isNegative ? "-" : "+")
    if space, !isNegative, !plus { sign = UInt8(ascii: " ") }
    if number.isNaN { return (sign, Array("NaN".utf8), false) }
    if number.isInfinite { return (sign, Array("Inf".utf8), false) }
    var digits = FloatText.format(number.magnitude, verb, precision: precision)
    if sharp, verb != UInt8(ascii: "b") { forceDecimalPoint(&digits, verb, precision) }
    return (sign, digits, true)
  }

  /// The `#` flag: a decimal point always, and for `%g` trailing zeros.
  private func forceDecimalPoint(_ text: inout [UInt8], _ verb: UInt8, _ precision: Int) {
    let isHex = (verb | 0x20) == UInt8(ascii: "x")
    var missing = 0
    if (verb | 0x20) == UInt8(ascii: "g") || verb == UInt8(ascii: "x") { missing = precision == -1 ? 6 : precision }
    var tail: [UInt8] = []
    var hasPoint = false
    var sawNonzero = false
    for (index, byte) in text.enumerated() {
      let letter = byte | 0x20
      if letter == UInt8(ascii: "p") || (letter == UInt8(ascii: "e") && !isHex) {
        tail = Array(text[index...])
        text.removeSubrange(index...)
        break
      }
      if byte == UInt8(ascii: ".") {
        hasPoint = true
        continue
      }
      if byte != UInt8(ascii: "0") { sawNonzero = true }
      if sawNonzero { missing -= 1 }
    }
    if !hasPoint {
      if text == [UInt8(ascii: "0")] { missing -= 1 }
      text.append(UInt8(ascii: "."))
    }
    if missing > 0 { text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing)) }
    text.append(contentsOf: tail)
  }
}

/// `strconv.FormatFloat` of a finite number that is not negative.
package enum FloatText {
  /// `precision` -1 asks for the fewest digits that read back as the same number.
  package static func format(_ number: Double, _ verb: UInt8, precision: Int) -> [UInt8] {
    switch verb {
    case UInt8(ascii: "b"): return binary(number)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      let text = hexadecimal(number, precision: precision)
      return verb == UInt8(ascii: "X") ? text.map { $0 >= 0x61 ? $0 - 0x20 : $0 } : text
    case UInt8(ascii: "f"): return fixed(number, precision: precision)
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      let text = scientific(number, precision: precision)
      return verb == UInt8(ascii: "E") ? text.map { $0 == UInt8(ascii: "e") ? UInt8(ascii: "E") : $0 } : text
    default:
      let text = general(number, precision: precision)
      return verb == UInt8(ascii: "G") ? text.map { $0 == UInt8(ascii: "e") ? UInt8(ascii: "E") : $0 } : text
    }
  }

  private static func fixed(_ number: Double, precision: Int) -> [UInt8] {
    if precision >= 0 { return cFormat("%.*f", precision, number) }
    let (digits, point) = GoFloat.shortest(number)
    return digits.isEmpty ? [UInt8(ascii: "0")] : GoFloat.plain(digits, point, sign: false).bytes
  }

  private static func scientific(_ number: Double, precision: Int) -> [UInt8] {
    if precision >= 0 { return cFormat("%.*e", precision, number) }
    let (digits, point) = GoFloat.shortest(number)
    return digits.isEmpty ? Array("0e+00".utf8) : GoFloat.scientific(digits, point - 1, sign: false).bytes
  }

  private static func general(_ number: Double, precision: Int) -> [UInt8] {
    guard precision >= 0 else { return GoFloat.general(number).bytes }
    if number == 0 { return [UInt8(ascii: "0")] }
    // Round to the digits asked for, then lay them out without trailing zeros.
    let wanted = max(1, precision)
    let rounded = cFormat("%.*e", wanted - 1, number)
    guard let mark = rounded.firstIndex(of: UInt8(ascii: "e")),
      let exponent = Int(String(decoding: rounded[(mark + 1)...], as: UTF8.self))
    else { return rounded }
    var digits = rounded[..<mark].filter { $0 != UInt8(ascii: ".") }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    // Go compares with the digits there are when those are all of an integer.
    var threshold = wanted
    if threshold > digits.count, digits.count >= exponent + 1 { threshold = digits.count }
    if exponent < -4 || exponent >= threshold { return GoFloat.scientific(digits, exponent, sign: false).bytes }
    return GoFloat.plain(digits, exponent + 1, sign: false).bytes
  }

  private static func binary(_ number: Double) -> [UInt8] {
    var mantissa = number.significandBitPattern
    var exponent = Int(number.exponentBitPattern)
    if exponent == 0 { exponent += 1 } else { mantissa |= 1 << 52 }
    exponent -= 1075
    return Array("\(mantissa)p\(exponent >= 0 ? "+" : "")\(exponent)".utf8)
  }

  /// `0x1.8p+01`
  private static func hexadecimal(_ number: Double, precision: Int) -> [UInt8] {
    var mantissa = number.significandBitPattern
    var exponent = Int(number.exponentBitPattern)
    if exponent == 0 { exponent += 1 } else { mantissa |= 1 << 52 }
    exponent -= 1023
    if mantissa == 0 { exponent = 0 }
    // One bit before the point, 60 behind it.
    mantissa <<= 8
    while mantissa != 0, mantissa & (1 << 60) == 0 {
      mantissa <<= 1
      exponent -= 1
    }
    if precision >= 0, precision < 15 {
      let shift = UInt64(precision * 4)
      let extra = mantissa << shift & ((1 << 60) - 1)
      mantissa >>= 60 - shift
      if extra | (mantissa & 1) > 1 << 59 { mantissa += 1 }
      mantissa <<= 60 - shift
      if mantissa & (1 << 61) != 0 {
        mantissa >>= 1
        exponent += 1
      }
    }
    var text = Array("0x".utf8)
    text.append(UInt8(ascii: "0") + UInt8(mantissa >> 60 & 1))
    mantissa <<= 4
    if precision < 0 ? mantissa != 0 : precision > 0 {
      text.append(UInt8(ascii: "."))
      var written = 0
      while precision < 0 ? mantissa != 0 : written < precision {
        text.append(contentsOf: String(mantissa >> 60 & 15, radix: 16).utf8)
        mantissa <<= 4
        written += 1
      }
    }
    let magnitude = abs(exponent)
    text.append(contentsOf: "p\(exponent < 0 ? "-" : "+")\(magnitude < 10 ? "0" : "")\(magnitude)".utf8)
    return text
  }

  /// The C library rounds exactly.
  private static func cFormat(_ format: String, _ precision: Int, _ number: Double) -> [UInt8] {
    withVaList([Int32(clamping: precision), number]) { arguments in
      var buffer = [CChar](repeating: 0, count: precision + 330)
      let count = vsnprintf(&buffer, buffer.count, format, arguments)
      return buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map { UInt8(bitPattern: $0) }
    }
  }
}
