import SourceText

/// Looks for bytes that YAML does not allow, before anything is scanned.
struct EncodingCheck {
  /// After the byte order mark.
  var start = 0
  /// How far the text can be read. go-yaml reads blocks of 512 bytes and reports what is wrong in one before it
  /// scans any of it, so this is the start of the block with the wrong byte.
  var end: Int
  var isASCII = true
  /// go-yaml's words for what is wrong.
  var message: String?

  private static let blockSize = 512
  private static let incomplete = "incomplete UTF-8 octet sequence"

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    end = bytes.count
    if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { start = 3 }
    var block = 0
    var at = start
    while at < bytes.count {
      at = EncodingCheck.endOfPrintable(bytes, from: at)
      guard at < bytes.count else { return }
      let byte = bytes[at]
      if byte < 0x80 {
        if EncodingCheck.isAllowed(byte) {
          at += 1
          continue
        }
        fail("control characters are not allowed", block, at)
        return
      }
      isASCII = false
      let length = EncodingCheck.length(of: byte)
      if let wrong = EncodingCheck.fault(at, length, bytes) {
        fail(wrong, block, at)
        return
      }
      if at + length > block + EncodingCheck.blockSize { block = at }
      at += length
    }
  }

  private mutating func fail(_ message: String, _ block: Int, _ at: Int) {
    self.message = message
    if message == EncodingCheck.incomplete {
      // Only looking beyond the last whole character tells.
      end = max(start, at)
      return
    }
    end = max(start, block + (at - block) / EncodingCheck.blockSize * EncodingCheck.blockSize)
  }

  /// Skips printable ASCII eight bytes at a time, and stops where a closer look is needed.
  @inline(__always)
  private static func endOfPrintable(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    var at = start
    while at &+ 8 <= bytes.count {
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self).littleEndian
      // A top bit shows where a byte is above 0x7f, below 0x20, or 0x7f.
      let controls = (word &- ones &* 0x20) & ~word
      let deletes = ((word ^ (ones &* 0x7f)) &- ones) & ~(word ^ (ones &* 0x7f))
      let marks = (word | controls | deletes) & tops
      // Borrows reach upwards only: the lowest mark is true.
      if marks != 0 { return at &+ marks.trailingZeroBitCount / 8 }
      at &+= 8
    }
    return at
  }

  @inline(__always)
  private static func isAllowed(_ byte: UInt8) -> Bool {
    (byte >= 0x20 && byte != 0x7f) || byte == 0x0a || byte == 0x09 || byte == 0x0d
  }

  private static func length(of first: UInt8) -> Int {
    switch first {
    case 0xc0...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf7: 4
    default: 0
    }
  }

  private static func fault(_ at: Int, _ length: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if length == 0 { return "invalid leading UTF-8 octet" }
    guard at + length <= bytes.count else { return incomplete }
    var value = UInt32(bytes[at]) & (0x7f >> UInt32(length))
    for offset in 1..<length {
      let byte = bytes[at + offset]
      if byte & 0xc0 != 0x80 { return "invalid trailing UTF-8 octet" }
      value = value << 6 | UInt32(byte & 0x3f)
    }
    let least: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    if value < least[length] { return "invalid length of a UTF-8 sequence" }
    if (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff { return "invalid Unicode character" }
    if value == 0x85 || (value >= 0xa0 && value <= 0xfffd) || value >= 0x10000 { return nil }
    return "control characters are not allowed"
  }
}
