import SourceText

/// Remembers the names of field chains of one file: a template asks for the same few again and again, and each
/// would cost an array and a text per name.
///
/// A cache with one place per hash, so that no input makes it slow or large.
struct FieldChains {
  private struct Entry {
    var range = ByteRange(0, 0)
    var names: [ByteString] = []
  }

  private var entries: [Entry] = []
  private static let count = 64

  /// The names of `.a.b`, which stands in `range` of the source, always of the same.
  mutating func names(_ range: ByteRange, in source: UnsafeBufferPointer<UInt8>) -> [ByteString] {
    if entries.isEmpty { entries = Array(repeating: Entry(), count: FieldChains.count) }
    let chain = UnsafeBufferPointer(rebasing: source[range.start..<range.end])
    let place = Int(NameHash.of(UnsafeRawBufferPointer(chain))) & (FieldChains.count - 1)
    let known = entries[place].range
    if known.count == range.count {
      let other = UnsafeBufferPointer(rebasing: source[known.start..<known.end])
      if equalBytes(UnsafeRawBufferPointer(chain), UnsafeRawBufferPointer(other)) { return entries[place].names }
    }
    let names = FieldChains.split(chain)
    entries[place] = Entry(range: range, names: names)
    return names
  }

  /// What stands behind each dot of `.a.b`.
  private static func split(_ chain: UnsafeBufferPointer<UInt8>) -> [ByteString] {
    var names: [ByteString] = []
    names.reserveCapacity(4)
    var start = 1
    while start < chain.count {
      let end = firstOffset(of: UInt8(ascii: "."), in: chain, from: start) ?? chain.count
      names.append(ByteString(Array(UnsafeBufferPointer(rebasing: chain[start..<end]))))
      start = end + 1
    }
    return names
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
