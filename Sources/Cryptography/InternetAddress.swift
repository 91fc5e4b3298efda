import SourceText

/// Go's `net.ParseIP`.
enum InternetAddress {
  /// Four bytes for IPv4 (also when written as `::ffff:1.2.3.4`), else sixteen; nil when the text is no address.
  static func parse(_ text: ByteString) -> [UInt8]? {
    guard text.bytes.contains(UInt8(ascii: ":")) else { return parse4(text.bytes[...]) }
    guard let address = parse6(text.bytes[...]) else { return nil }
    let mapped = [UInt8](repeating: 0, count: 10) + [255, 255]
    return address.starts(with: mapped) ? Array(address.suffix(4)) : address
  }

  private static func parse4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ $0 >= 48 && $0 <= 57 }),
        part.first != 48 || part.count == 1, let value = UInt8(String(decoding: part, as: UTF8.self))
      else { return nil }
      address.append(value)
    }
    return address
  }

  private static func parse6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var address: [UInt8] = []
    var gap: Int?
    var rest = text
    if rest.starts(with: "::".utf8) {
      gap = 0
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty && address.count < 16 {
      let digits = rest.prefix { isHexadecimal($0) }
      if rest.dropFirst(digits.count).first == UInt8(ascii: ".") {
        guard gap != nil || address.count == 12, address.count <= 12, let last = parse4(rest) else { return nil }
        address += last
        rest = []
        break
      }
      guard (1...4).contains(digits.count), let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      address += [UInt8(value >> 8), UInt8(value & 255)]
      rest = rest.dropFirst(digits.count)
      if rest.isEmpty { break }
      guard rest.first == UInt8(ascii: ":"), rest.count > 1 else { return nil }
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: ":") {
        guard gap == nil else { return nil }
        gap = address.count
        rest = rest.dropFirst()
      }
    }
    guard rest.isEmpty else { return nil }
    if address.count < 16 {
      guard let gap else { return nil }
      address.insert(contentsOf: repeatElement(0, count: 16 - address.count), at: gap)
    } else if gap != nil {
      return nil
    }
    return address
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte | 0x20)
  }
}
