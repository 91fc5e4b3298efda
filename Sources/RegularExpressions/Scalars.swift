/// Reading of UTF-8 as Go reads it: a byte that begins no valid encoding counts as U+FFFD and is one byte wide.
enum Scalars {
  static let replacement: UInt32 = 0xFFFD
  static let highest: UInt32 = 0x10FFFF

  /// The scalar at `position`, which must lie inside the text.
  @inline(__always)
  static func decode(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, width: Int) {
    let first = text[position]
    if first < 0x80 { return (UInt32(first), 1) }
    return decodeLong(text, at: position)
  }

  /// The scalar that ends before `position`, which must be above zero.
  @inline(__always)
  static func decode(_ text: UnsafeBufferPointer<UInt8>, before position: Int) -> (scalar: UInt32, width: Int) {
    let last = text[position - 1]
    if last < 0x80 { return (UInt32(last), 1) }
    var start = position - 1
    while start > 0, start > position - 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    let (scalar, width) = decode(text, at: start)
    return start + width == position ? (scalar, width) : (replacement, 1)
  }

  private static func decodeLong(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (scalar: UInt32, width: Int) {
    let first = UInt32(text[position])
    let available = text.count - position
    func next(_ offset: Int) -> UInt32? {
      guard offset < available else { return nil }
      let byte = text[position + offset]
      return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    guard first >= 0xC2, first <= 0xF4, let second = next(1) else { return (replacement, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
    guard let third = next(2) else { return (replacement, 1) }
    if first < 0xF0 {
      let scalar = (first & 0x0F) << 12 | second << 6 | third
      return scalar < 0x800 || (0xD800...0xDFFF).contains(scalar) ? (replacement, 1) : (scalar, 3)
    }
    guard let fourth = next(3) else { return (replacement, 1) }
    let scalar = (first & 0x07) << 18 | second << 12 | third << 6 | fourth
    return scalar < 0x10000 || scalar > highest ? (replacement, 1) : (scalar, 4)
  }

  /// Appends the UTF-8 of a scalar; one that has none is written as U+FFFD.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    let valid = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    bytes.append(contentsOf: Unicode.UTF8.encode(valid) ?? Unicode.UTF8.encodedReplacementCharacter)
  }

  /// The first byte of the UTF-8 of a scalar.
  static func leadByte(_ scalar: UInt32) -> UInt8 {
    switch scalar {
    case ..<0x80: UInt8(scalar)
    case ..<0x800: UInt8(0xC0 | scalar >> 6)
    case ..<0x10000: UInt8(0xE0 | scalar >> 12)
    default: UInt8(0xF0 | (scalar >> 18) & 7)
    }
  }

  /// Letters, digits and the underscore of ASCII, which `\b` and `\w` call word characters.
  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}
