import SourceText

/// The decimal forms in which Go's `strconv.FormatFloat` writes a float64.
package enum GoFloat {
  /// The shortest decimal digits that read back as `value` (finite, not zero), and the decimal point's place:
  /// the number is `0.digits × 10^point`.
  package static func shortest(_ value: Double) -> (digits: [UInt8], point: Int) {
    // Swift's description is the shortest round-trip form too; only its layout differs.
    var digits: [UInt8] = []
    var point = 0
    var sawPoint = false
    var exponent = 0
    var text = Array(value.magnitude.description.utf8)[...]
    if let e = text.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
      exponent = Int(String(decoding: text[(e + 1)...], as: UTF8.self)) ?? 0
      text = text[..<e]
    }
    for byte in text {
      if byte == UInt8(ascii: ".") {
        sawPoint = true
        continue
      }
      if digits.isEmpty && byte == UInt8(ascii: "0") {
        if sawPoint { point -= 1 }
        continue
      }
      digits.append(byte)
      if !sawPoint { point += 1 }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (digits, point + exponent)
  }

  /// `%v` of a float64: `%g` with the shortest digits, and exponent form when the decimal exponent is
  /// below -4 or at least `threshold`: 21 in encoding/json, 6 wherever fmt or strconv choose the shortest digits.
  package static func general(_ value: Double, threshold: Int = 6) -> ByteString {
    if let special = special(value) { return special }
    let (digits, point) = shortest(value)
    let sign = value.sign == .minus
    if digits.isEmpty { return sign ? "-0" : "0" }
    let exponent = point - 1
    if exponent < -4 || exponent >= threshold { return scientific(digits, exponent, sign: sign) }
    return plain(digits, point, sign: sign)
  }

  /// NaN and the infinities as Go writes them; nil for every other number.
  package static func special(_ value: Double) -> ByteString? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return nil
  }

  /// `d.ddde±dd`, at least two digits of exponent.
  package static func scientific(_ digits: [UInt8], _ exponent: Int, sign: Bool) -> ByteString {
    var out = ByteString()
    if sign { out.append(UInt8(ascii: "-")) }
    out.append(digits[0])
    if digits.count > 1 {
      out.append(UInt8(ascii: "."))
      out.append(digits[1...])
    }
    out.append(exponent < 0 ? "e-" : "e+")
    if abs(exponent) < 10 { out.append(UInt8(ascii: "0")) }
    out.append(String(abs(exponent)))
    return out
  }

  /// The number without an exponent.
  package static func plain(_ digits: [UInt8], _ point: Int, sign: Bool) -> ByteString {
    var out = ByteString()
    if sign { out.append(UInt8(ascii: "-")) }
    if point <= 0 {
      out.append("0.")
      out.append(repeating: UInt8(ascii: "0"), count: -point)
      out.append(digits)
    } else if point >= digits.count {
      out.append(digits)
      out.append(repeating: UInt8(ascii: "0"), count: point - digits.count)
    } else {
      out.append(digits[..<point])
      out.append(UInt8(ascii: "."))
      out.append(digits[point...])
    }
    return out
  }
}
