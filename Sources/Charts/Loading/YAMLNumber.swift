import SourceText
import Values

/// The text that a YAML number becomes where a Go struct wants a string: integers keep all their digits,
/// floats are written in Go's shortest `%g` form.
enum YAMLNumber {
  /// `written` is the number as it stands in the file, if that is known.
  static func text(_ value: Double, written: ByteString?) -> ByteString {
    if let written, let integer = integer(written.string) { return ByteString(integer) }
    let isFloatText = written.map { $0.bytes.contains(where: Self.isFloatMark) } ?? false
    if !isFloatText, value.magnitude < 1e15, let integer = Int64(exactly: value) { return ByteString(String(integer)) }
    // The library formats floats with the digits of a float32.
    return GoFloat.general(Double(Float(value).description) ?? value)
  }

  private static func isFloatMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
  }

  /// Go's `strconv.ParseInt(text, 0, 64)` (then ParseUint) over a text without underscores; nil when it is no integer.
  private static func integer(_ written: String) -> String? {
    var digits = written.filter { $0 != "_" }[...]
    var isNegative = false
    if let sign = digits.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      digits = digits.dropFirst()
    }
    var radix = 10
    let prefixes: [(String, Int)] = [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8)]
    if let prefix = prefixes.first(where: { digits.hasPrefix($0.0) }) {
      radix = prefix.1
      digits = digits.dropFirst(2)
    } else if digits.count > 1 && digits.first == "0" {
      radix = 8
      digits = digits.dropFirst()
    }
    guard let first = digits.first, first != "+", first != "-", let magnitude = UInt64(digits, radix: radix) else {
      return nil
    }
    if isNegative {
      guard magnitude <= UInt64(Int64.max) + 1 else { return nil }
      return magnitude == 0 ? "0" : "-\(magnitude)"
    }
    return String(magnitude)
  }
}
