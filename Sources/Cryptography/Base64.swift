import SourceText

/// The standard alphabet with padding, as Go's `encoding/base64` reads and writes it.
enum Base64 {
  /// The offset of the byte that is wrong.
  struct Failure: Error {
    let offset: Int

    var message: String { "illegal base64 data at input byte \(offset)" }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      count += 1
      if count == 3 {
        for shift in [18, 12, 6, 0] { out.append(alphabet[Int(group >> UInt32(shift)) & 63]) }
        (group, count) = (0, 0)
      }
    }
    if count > 0 {
      group <<= UInt32(8 * (3 - count))
      for index in 0..<4 {
        out.append(index <= count ? alphabet[Int(group >> UInt32(18 - 6 * index)) & 63] : padding)
      }
    }
    return out
  }

  /// Line ends are passed over.
  static func decode(_ text: some Collection<UInt8>) throws(Failure) -> [UInt8] {
    var out: [UInt8] = []
    var digits: [UInt32] = []
    var rest = text.enumerated().filter { $0.element != 10 && $0.element != 13 }[...]
    while let (offset, byte) = rest.first {
      if byte == padding {
        try finish(&out, digits, rest, end: text.count)
        return out
      }
      guard let digit = value(byte) else { throw Failure(offset: offset) }
      rest = rest.dropFirst()
      digits.append(digit)
      if digits.count == 4 {
        let group = digits.reduce(0) { $0 << 6 | $1 }
        out += [UInt8(group >> 16), UInt8(group >> 8 & 255), UInt8(group & 255)]
        digits = []
      }
    }
    // Go reports a group that is cut off at its beginning.
    guard digits.isEmpty else { throw Failure(offset: text.count - digits.count) }
    return out
  }

  /// Reads the padding at the end and the incomplete group before it.
  private static func finish(
    _ out: inout [UInt8], _ digits: [UInt32], _ rest: ArraySlice<(offset: Int, element: UInt8)>, end: Int
  ) throws(Failure) {
    var rest = rest
    let first = rest.first?.offset ?? end
    guard digits.count >= 2 else { throw Failure(offset: first) }
    for _ in digits.count..<4 {
      guard let next = rest.first else { throw Failure(offset: end) }
      guard next.element == padding else { throw Failure(offset: next.offset - 1) }
      rest = rest.dropFirst()
    }
    if let extra = rest.first { throw Failure(offset: extra.offset) }
    let group = digits.reduce(0) { $0 << 6 | $1 } << UInt32(6 * (4 - digits.count))
    out.append(UInt8(group >> 16))
    if digits.count == 3 { out.append(UInt8(group >> 8 & 255)) }
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - 65)
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - 71)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte + 4)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
