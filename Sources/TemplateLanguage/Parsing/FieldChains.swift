import SourceText

/// Remembers the names of field chains of one file: a template asks for the same few again and again, and each
/// would cost an array and a text per name.
///
/// A cache that knows one chain per hash, so that no input makes it slow.
struct FieldChains {
  private struct Entry {
    var range: ByteRange
    var names: [ByteString]
  }

  private var entries: [Entry] = []
  /// The entry of each hash, counted from one.
  private var slots: [Int32] = []
  private static let slotCount = 64

  /// The names of `.a.b`, which stands in `range` of the source, always of the same.
  mutating func names(_ range: ByteRange, in source: UnsafeBufferPointer<UInt8>) -> [ByteString] {
    if slots.isEmpty {
      slots = Array(repeating: 0, count: FieldChains.slotCount)
      entries.reserveCapacity(16)
    }
    let chain = UnsafeBufferPointer(rebasing: source[range.start..<range.end])
    let slot = Int(NameHash.of(UnsafeRawBufferPointer(chain))) & (FieldChains.slotCount - 1)
    let index = Int(slots[slot]) - 1
    if index >= 0, entries[index].range.count == chain.count {
      let known = entries[index].range
      let other = UnsafeBufferPointer(rebasing: source[known.start..<known.end])
      if equalBytes(UnsafeRawBufferPointer(chain), UnsafeRawBufferPointer(other)) { return entries[index].names }
    }
    let names = FieldChains.split(chain)
    entries.append(Entry(range: range, names: names))
    slots[slot] = Int32(truncatingIfNeeded: entries.count)
    return names
  }

  /// What stands behind each dot of `.a.b`.
  private static func split(_ chain: UnsafeBufferPointer<UInt8>) -> [ByteString] {
    let count = chain.count { $0 == UInt8(ascii: ".") }
    return Array(unsafeUninitializedCapacity: count) { names, initialized in
      var start = 1
      while start < chain.count {
        let end = firstOffset(of: UInt8(ascii: "."), in: chain, from: start) ?? chain.count
        let name = ByteString(Array(UnsafeBufferPointer(rebasing: chain[start..<end])))
        names.initializeElement(at: initialized, to: name)
        initialized += 1
        start = end + 1
      }
    }
  }
}

/// A cheap hash of short names. Not for tables that grow by what a user wrote: names can be made to collide.
enum NameHash {
  static func of(_ name: UnsafeRawBufferPointer) -> UInt32 {
    // FNV-1a
    var hash: UInt32 = 0x811C_9DC5
    for byte in name { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash ^ (hash >> 15)
  }
}
