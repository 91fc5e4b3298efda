/// Tells well-formed UTF-8 from other bytes, as Go's `unicode/utf8` does.
package enum UTF8Check {
  /// The count of bytes of the well-formed code point at `index`; 0 when there is none.
  package static func length(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    func isContinuation(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xbf) -> Bool {
      index + offset < bytes.count && bytes[index + offset] >= low && bytes[index + offset] <= high
    }
    switch first {
    case 0xc2...0xdf: return isContinuation(1) ? 2 : 0
    case 0xe0: return isContinuation(1, 0xa0) && isContinuation(2) ? 3 : 0
    case 0xed: return isContinuation(1, 0x80, 0x9f) && isContinuation(2) ? 3 : 0
    case 0xe1...0xef: return isContinuation(1) && isContinuation(2) ? 3 : 0
    case 0xf0: return isContinuation(1, 0x90) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xf1...0xf3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : 0
    case 0xf4: return isContinuation(1, 0x80, 0x8f) && isContinuation(2) && isContinuation(3) ? 4 : 0
    default: return 0
    }
  }

  /// Appends a code point; what is none becomes U+FFFD.
  package static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar))
    case 0x80..<0x800:
      bytes.append(0xc0 | UInt8(truncatingIfNeeded: scalar >> 6))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3f))
    case 0x800..<0xd800, 0xe000..<0x10000:
      bytes.append(0xe0 | UInt8(truncatingIfNeeded: scalar >> 12))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 0x3f))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3f))
    case 0x10000..<0x110000:
      bytes.append(0xf0 | UInt8(truncatingIfNeeded: scalar >> 18))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 12 & 0x3f))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 0x3f))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3f))
    default: bytes.append(contentsOf: [0xef, 0xbf, 0xbd])
    }
  }
}

extension UTF8Check {
  /// The text with every byte that is not part of a well-formed code point replaced by U+FFFD.
  package static func repaired(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      var at = 0
      while at < bytes.count {
        let length = length(at: at, in: bytes)
        if length == 0 {
          append(0xfffd, to: &result)
        } else {
          result.append(contentsOf: bytes[at..<(at + length)])
        }
        at += max(length, 1)
      }
      return result
    }
  }
}
