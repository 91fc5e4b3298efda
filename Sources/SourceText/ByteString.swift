/// Text as the Go programs see it: bytes that are usually, but not necessarily, UTF-8.
///
/// Go strings hold arbitrary bytes and compare bytewise; Swift's `String` repairs what is not UTF-8 and
/// compares by canonical equivalence. Everything between the disk and the report is therefore a `ByteString`;
/// `String` appears in messages only.
package struct ByteString: Sendable {
  /// The bytes themselves.
  package var bytes: [UInt8]

  @inlinable package init() { bytes = [] }
  @inlinable package init(_ bytes: [UInt8]) { self.bytes = bytes }
  // Without its own initializer a slice goes through the unspecialised `Sequence` of the standard library, which looks
  // up conformances at run time: as long as rendering a small file.
  @inlinable package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes.withUnsafeBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: source.count) { target, count in
        count = target.initialize(fromContentsOf: source)
      }
    }
  }
  @inlinable package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }
  @inlinable package init(_ text: String) { bytes = Array(text.utf8) }

  @inlinable package var count: Int { bytes.count }
  @inlinable package var isEmpty: Bool { bytes.isEmpty }
  @inlinable package subscript(index: Int) -> UInt8 { bytes[index] }
  /// A copy of the bytes in `range`.
  @inlinable package subscript(range: Range<Int>) -> ByteString { ByteString(bytes[range]) }

  /// The text for a message: what is not UTF-8 is shown as U+FFFD.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  @inlinable package mutating func append(_ other: ByteString) { bytes.append(contentsOf: other.bytes) }
  @inlinable package mutating func append(_ other: ArraySlice<UInt8>) {
    other.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }
  @inlinable package mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }
  @inlinable package mutating func append(_ other: some Sequence<UInt8>) { bytes.append(contentsOf: other) }
  @inlinable package mutating func append(repeating byte: UInt8, count: Int) {
    for _ in 0..<count { bytes.append(byte) }
  }
  @inlinable package mutating func append(_ byte: UInt8) { bytes.append(byte) }
  @inlinable package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  package static func + (left: ByteString, right: ByteString) -> ByteString {
    ByteString(left.bytes + right.bytes)
  }

  package func hasPrefix(_ prefix: ByteString) -> Bool {
    count >= prefix.count
      && bytes.withUnsafeBytes { whole in
        prefix.bytes.withUnsafeBytes { compareBytes(whole.prefix(prefix.count), $0) == 0 }
      }
  }

  package func hasSuffix(_ suffix: ByteString) -> Bool {
    count >= suffix.count
      && bytes.withUnsafeBytes { whole in
        suffix.bytes.withUnsafeBytes { compareBytes(whole.suffix(suffix.count), $0) == 0 }
      }
  }
}

extension ByteString: Hashable {
  @inlinable package static func == (left: ByteString, right: ByteString) -> Bool {
    left.bytes.count == right.bytes.count
      && left.bytes.withUnsafeBytes { a in
        right.bytes.withUnsafeBytes { b in equalBytes(a, b) }
      }
  }

  @inlinable package func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension ByteString: Comparable {
  /// Bytewise order, Go's order of strings.
  package static func < (left: ByteString, right: ByteString) -> Bool {
    left.bytes.withUnsafeBytes { a in
      right.bytes.withUnsafeBytes { b in compareBytes(a[...], b) < 0 }
    }
  }

  /// Negative, zero or positive, as `memcmp` with the length as tie-breaker.
  package func compared(to other: ByteString) -> Int {
    bytes.withUnsafeBytes { a in other.bytes.withUnsafeBytes { b in compareBytes(a[...], b) } }
  }
}

extension ByteString: ExpressibleByStringLiteral, CustomStringConvertible {
  package init(stringLiteral text: String) { self.init(text) }
  package var description: String { string }
}
