#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Searches in bytes that take time linear in the text, whatever is sought.
enum ByteSearch {
  /// Every place where `needle` (not empty) stands, none overlapping, at most `limit`.
  static func all(_ needle: [UInt8], in bytes: [UInt8], limit: Int = .max) -> [Int] {
    guard limit > 0, !needle.isEmpty, needle.count <= bytes.count else { return [] }
    return bytes.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        needle.count <= 16 ? short(needle, in: bytes, limit) : long(needle, in: bytes, limit)
      }
    }
  }

  static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
    needle.isEmpty || !all(needle, in: bytes, limit: 1).isEmpty
  }

  /// Hops from one occurrence of the first byte to the next.
  private static func short(
    _ needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, _ limit: Int
  ) -> [Int] {
    guard let base = bytes.baseAddress, let sought = needle.baseAddress else { return [] }
    var found: [Int] = []
    var start = 0
    while found.count < limit, start + needle.count <= bytes.count {
      let left = bytes.count - needle.count + 1 - start
      guard let hit = memchr(base + start, Int32(needle[0]), left) else { break }
      let place = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      let isMatch = memcmp(hit, sought, needle.count) == 0
      if isMatch { found.append(place) }
      start = place + (isMatch ? needle.count : 1)
    }
    return found
  }

  /// Knuth, Morris and Pratt: never goes back in the text, however the two repeat themselves.
  private static func long(
    _ needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, _ limit: Int
  ) -> [Int] {
    let fallbacks = fallbacks(of: needle)
    var found: [Int] = []
    var matched = 0
    for index in bytes.indices {
      while matched > 0, needle[matched] != bytes[index] { matched = fallbacks[matched - 1] }
      if needle[matched] == bytes[index] { matched += 1 }
      guard matched == needle.count else { continue }
      found.append(index + 1 - needle.count)
      if found.count == limit { break }
      matched = 0
    }
    return found
  }

  /// For each prefix of the needle the length of its longest proper prefix that is also its suffix.
  private static func fallbacks(of needle: UnsafeBufferPointer<UInt8>) -> [Int] {
    var table = [Int](repeating: 0, count: needle.count)
    var length = 0
    for index in 1..<needle.count {
      while length > 0, needle[length] != needle[index] { length = table[length - 1] }
      if needle[length] == needle[index] { length += 1 }
      table[index] = length
    }
    return table
  }
}
