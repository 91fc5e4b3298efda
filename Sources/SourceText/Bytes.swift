#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// True when both buffers hold the same bytes; their counts must be equal.
@inlinable package func equalBytes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard let left = a.baseAddress, let right = b.baseAddress else { return true }
  return memcmp(left, right, a.count) == 0
}

/// Compares bytewise: the common length first, then the counts.
package func compareBytes(_ a: Slice<UnsafeRawBufferPointer>, _ b: UnsafeRawBufferPointer) -> Int {
  let common = min(a.count, b.count)
  if common > 0, let left = a.base.baseAddress, let right = b.baseAddress {
    let order = memcmp(left + a.startIndex, right, common)
    if order != 0 { return Int(order) }
  }
  return a.count - b.count
}

/// As `memcmp` with the length as tie-breaker. Most texts differ in their first byte, which is looked at first.
@inlinable package func orderOfBytes(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
  guard let left = a.baseAddress, let right = b.baseAddress, a.count > 0, b.count > 0 else { return a.count - b.count }
  if a[0] != b[0] { return Int(a[0]) - Int(b[0]) }
  let order = memcmp(left, right, min(a.count, b.count))
  return order == 0 ? a.count - b.count : Int(order)
}

/// The offset of the first `byte` at or after `start`.
@inlinable package func firstOffset(
  of byte: UInt8, in text: UnsafeBufferPointer<UInt8>, from start: Int
) -> Int? {
  guard start < text.count, let base = text.baseAddress,
    let found = memchr(base + start, Int32(byte), text.count - start)
  else { return nil }
  return UnsafeRawPointer(found) - UnsafeRawPointer(base)
}
