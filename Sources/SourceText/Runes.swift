/// UTF-8 as Go decodes it: a byte that is part of no valid sequence is one U+FFFD of width one.
package enum Runes {
  /// What an invalid byte decodes to.
  package static let invalid: UInt32 = 0xFFFD

  /// The code point that starts at `index` and how many bytes it takes; `index` must be inside.
  @inlinable package static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (
    rune: UInt32, width: Int
  ) {
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + width <= bytes.count else { return (invalid, 1) }
    var rune = UInt32(first) & (0x7F >> UInt32(width))
    for next in bytes[(index + 1)..<(index + width)] {
      guard next & 0xC0 == 0x80 else { return (invalid, 1) }
      rune = rune << 6 | UInt32(next & 0x3F)
    }
    switch width {
    case 3 where rune < 0x800 || (rune >= 0xD800 && rune <= 0xDFFF): return (invalid, 1)
    case 4 where rune < 0x10000 || rune > 0x10FFFF: return (invalid, 1)
    default: return (rune, width)
    }
  }

  /// The code point that ends just before `end`, which must be above zero.
  @inlinable package static func decodeLast(
    _ bytes: UnsafeBufferPointer<UInt8>, before end: Int
  ) -> (rune: UInt32, width: Int) {
    if bytes[end - 1] < 0x80 { return (UInt32(bytes[end - 1]), 1) }
    let whole = UnsafeBufferPointer(rebasing: bytes[..<end])
    var start = end - 1
    while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    let (rune, width) = decode(whole, at: start)
    return start + width == end ? (rune, width) : (invalid, 1)
  }

  /// Appends the UTF-8 form of a code point; surrogates and values past U+10FFFF become U+FFFD.
  @inlinable package static func append(_ rune: UInt32, to bytes: inout [UInt8]) {
    switch rune {
    case 0..<0x80:
      bytes.append(UInt8(rune))
    case 0x80..<0x800:
      bytes.append(0xC0 | UInt8(rune >> 6))
      bytes.append(0x80 | UInt8(rune & 0x3F))
    case 0xD800...0xDFFF, 0x110000...:
      append(invalid, to: &bytes)
    case 0x800..<0x10000:
      bytes.append(0xE0 | UInt8(rune >> 12))
      bytes.append(0x80 | UInt8(rune >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(rune & 0x3F))
    default:
      bytes.append(0xF0 | UInt8(rune >> 18))
      bytes.append(0x80 | UInt8(rune >> 12 & 0x3F))
      bytes.append(0x80 | UInt8(rune >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(rune & 0x3F))
    }
  }

  /// `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
  package static func isPrintable(_ rune: UInt32) -> Bool {
    if rune < 0x7F { return rune >= 0x20 }
    guard let scalar = Unicode.Scalar(rune) else { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
      .paragraphSeparator:
      return false
    default:
      return true
    }
  }

  /// `unicode.IsSpace`: the property White_Space.
  @inlinable package static func isSpace(_ rune: UInt32) -> Bool {
    switch rune {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// The offset of the first rune in `range` that is no white space; its end when there is none.
  @inlinable package static func endOfSpace(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      let (rune, width) = decode(bytes, at: index)
      guard isSpace(rune), index + width <= range.upperBound else { break }
      index += width
    }
    return index
  }

  /// The offset behind the last rune in `range` that is no white space; its start when there is none.
  @inlinable package static func startOfTrailingSpace(
    _ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>
  ) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      let (rune, width) = decodeLast(bytes, before: end)
      guard isSpace(rune), end - width >= range.lowerBound else { break }
      end -= width
    }
    return end
  }

  /// `strings.TrimSpace`: what is left of a text without the white space around it.
  package static func rangeWithoutSpace(_ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let start = endOfSpace(bytes, in: 0..<bytes.count)
    return start..<startOfTrailingSpace(bytes, in: start..<bytes.count)
  }
}

extension ByteString {
  /// `strings.TrimSpace`
  package var withoutSpaceAround: ByteString {
    let range = bytes.withUnsafeBufferPointer { Runes.rangeWithoutSpace($0) }
    return range.count == count ? self : self[range]
  }
}
