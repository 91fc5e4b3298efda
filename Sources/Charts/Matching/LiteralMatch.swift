import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Comparisons with names that the program itself knows. A `ByteString` literal is an array that is made anew each
// time; these look at the bytes of the binary instead.

extension ByteString {
  /// Whether the text begins with `prefix`.
  func starts(with prefix: StaticString) -> Bool {
    count >= prefix.utf8CodeUnitCount && holds(prefix, at: 0)
  }

  /// Whether the text ends with `suffix`.
  func ends(with suffix: StaticString) -> Bool {
    count >= suffix.utf8CodeUnitCount && holds(suffix, at: count - suffix.utf8CodeUnitCount)
  }

  /// Lets a `switch` over texts compare with literals at no cost.
  static func ~= (literal: StaticString, text: ByteString) -> Bool {
    text.count == literal.utf8CodeUnitCount && text.holds(literal, at: 0)
  }

  private func holds(_ literal: StaticString, at offset: Int) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return true }
      return memcmp(start + offset, literal.utf8Start, literal.utf8CodeUnitCount) == 0
    }
  }
}
