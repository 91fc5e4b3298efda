import SourceText

extension Runes {
  /// The count of bytes of the well-formed code point at `index`; 0 when there is none.
  package static func length(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if bytes[index] < 0x80 { return 1 }
    let (rune, width) = decode(bytes, at: index)
    return rune == invalid && width == 1 ? 0 : width
  }

  /// The text with every byte that is not part of a well-formed code point replaced by U+FFFD.
  package static func repaired(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBufferPointer { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      var at = 0
      while at < bytes.count {
        let (rune, width) = decode(bytes, at: at)
        append(rune, to: &result)
        at += width
      }
      return result
    }
  }
}
