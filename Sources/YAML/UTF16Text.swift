import SourceText

/// Text in UTF-16, which YAML allows when a byte order mark says so.
enum UTF16Text {
  /// The text in UTF-8 without its mark; nil when it does not begin with one. go-yaml's words for what is wrong
  /// come with what could be read before it.
  static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], fault: String?)? {
    guard bytes.count >= 2 else { return nil }
    let isLittle = bytes[0] == 0xff && bytes[1] == 0xfe
    guard isLittle || (bytes[0] == 0xfe && bytes[1] == 0xff) else { return nil }
    func unit(_ at: Int) -> UInt32 {
      isLittle ? UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 : UInt32(bytes[at + 1]) | UInt32(bytes[at]) << 8
    }
    var text: [UInt8] = []
    var at = 2
    while at < bytes.count {
      guard at + 2 <= bytes.count else { return (text, "incomplete UTF-16 character") }
      var value = unit(at)
      if value & 0xfc00 == 0xdc00 { return (text, "unexpected low surrogate area") }
      at += 2
      if value & 0xfc00 == 0xd800 {
        guard at + 2 <= bytes.count else { return (text, "incomplete UTF-16 surrogate pair") }
        let low = unit(at)
        guard low & 0xfc00 == 0xdc00 else { return (text, "expected low surrogate area") }
        value = 0x10000 + ((value & 0x3ff) << 10) + (low & 0x3ff)
        at += 2
      }
      Runes.append(value, to: &text)
    }
    return (text, nil)
  }
}
