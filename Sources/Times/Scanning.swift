import SourceText

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// Reads leading digits, none being zero; nil when the number exceeds 2^63.
func leadingNumber(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
  var value: UInt64 = 0
  while let digit = rest.first, isDigit(digit) {
    guard value <= (1 << 63) / 10 else { return nil }
    value = value * 10 + UInt64(digit - 48)
    guard value <= 1 << 63 else { return nil }
    rest = rest.dropFirst()
  }
  return value
}

/// A whole decimal number with an optional sign.
func wholeNumber(_ text: ArraySlice<UInt8>) -> Int? {
  var rest = text
  let isNegative = rest.first == UInt8(ascii: "-")
  if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
  guard let value = leadingNumber(&rest), rest.isEmpty else { return nil }
  let number = Int64(bitPattern: value)
  return Int(isNegative ? 0 &- number : number)
}

/// Quotes a text as Go's time package does: what is not printable ASCII is written byte by byte in hexadecimal.
func quoted(_ text: ArraySlice<UInt8>) -> ByteString {
  let hexadecimal = Array("0123456789abcdef".utf8)
  var out: ByteString = "\""
  for byte in text {
    if byte < 0x20 || byte >= 0x80 {
      out.append("\\x")
      out.append(hexadecimal[Int(byte >> 4)])
      out.append(hexadecimal[Int(byte & 15)])
    } else {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { out.append(UInt8(ascii: "\\")) }
      out.append(byte)
    }
  }
  out.append("\"")
  return out
}

extension ByteString {
  /// Appends a decimal number padded with zeros to `width` digits, the sign not counted.
  mutating func append(_ number: Int64, width: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let digits = String(number.magnitude)
    append(repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.utf8.count)))
    append(digits)
  }
}
