import SourceText

/// The Go type of a map with string keys.
package enum MapType: Hashable, Sendable {
  /// `map[string]interface {}`
  case any
  /// `map[string]string`
  case string
  /// A named or other map type, for example Helm's values type.
  case other(String)

  /// The type's name in Go.
  package var name: String {
    switch self {
    case .any: "map[string]interface {}"
    case .string: "map[string]string"
    case .other(let name): name
    }
  }
}

/// A Go map with string keys: shared by reference and changed in place (`set`, `merge`), always walked in
/// bytewise order of its keys, as Go's template `range` and encoders walk it.
///
/// Entries stand sorted in one array: lookups are binary searches over contiguous memory, and walking needs no sort.
package final class MapValue {
  package struct Entry {
    package let key: ByteString
    package var value: Value
    /// Where the key was written.
    package var keyOrigin: OriginID
    /// The key's first bytes as a number that orders as they do: most comparisons end here.
    @usableFromInline let head: UInt64

    @inlinable package init(key: ByteString, value: Value, keyOrigin: OriginID = .none) {
      self.key = key
      self.value = value
      self.keyOrigin = keyOrigin
      head = Entry.head(of: key)
    }

    /// The first eight bytes, filled up with zeros.
    @inlinable static func head(of key: ByteString) -> UInt64 {
      key.bytes.withUnsafeBytes { bytes in
        if bytes.count >= 8 { return UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) }
        var head: UInt64 = 0
        for byte in bytes { head = head << 8 | UInt64(byte) }
        return bytes.isEmpty ? 0 : head << UInt64(8 * (8 - bytes.count))
      }
    }

    /// Negative, zero or positive: bytewise order of the keys.
    func compared(to other: Entry) -> Int {
      head == other.head ? key.compared(to: other.key) : head < other.head ? -1 : 1
    }
  }

  package private(set) var entries: [Entry]
  package let type: MapType
  /// A nil map, which JSON prints as `null`.
  package let isNil: Bool
  /// True once several threads may read the map: nobody may change it then.
  package private(set) var isShared = false

  package init(type: MapType = .any, isNil: Bool = false) {
    entries = []
    self.type = type
    self.isNil = isNil
  }

  /// Builds a map from entries in any order; of equal keys the last wins.
  package init(unsorted entries: [Entry], type: MapType = .any) {
    self.type = type
    isNil = false
    self.entries = entries
    if !isStrictlySorted { sortEntries() }
  }

  package convenience init(_ pairs: KeyValuePairs<String, Value>) {
    self.init(unsorted: pairs.map { Entry(key: ByteString($0.key), value: $0.value) })
  }

  /// Maps that templates nest without end must not use up the stack when the outermost is freed: what only this map
  /// holds is taken apart here, level by level.
  deinit {
    var pending = Self.nestedMaps(&entries)
    while var map = pending.popLast() {
      if isKnownUniquelyReferenced(&map) { pending += Self.nestedMaps(&map.entries) }
    }
  }

  /// Takes the maps out of `entries`; almost always there are none.
  private static func nestedMaps(_ entries: inout [Entry]) -> [MapValue] {
    var maps: [MapValue] = []
    for index in entries.indices {
      guard case .map(let map) = entries[index].value.datum else { continue }
      maps.append(map)
      entries[index].value = .none
    }
    return maps
  }

  package var count: Int { entries.count }
  package var isEmpty: Bool { entries.isEmpty }

  /// The value at `key`; nil when there is none (a null is `Value.none`). Setting nil removes the key.
  package subscript(key: ByteString) -> Value? {
    get {
      let (index, found) = position(of: key)
      return found ? entries[index].value : nil
    }
    set {
      let (index, found) = position(of: key)
      switch (found, newValue) {
      case (true, let value?): entries[index].value = value
      case (true, nil): entries.remove(at: index)
      case (false, let value?): entries.insert(Entry(key: key, value: value), at: index)
      case (false, nil): break
      }
    }
  }

  package func entry(at key: ByteString) -> Entry? {
    let (index, found) = position(of: key)
    return found ? entries[index] : nil
  }

  /// Sets a key together with where it was written.
  package func set(_ key: ByteString, to value: Value, keyOrigin: OriginID) {
    let (index, found) = position(of: key)
    let entry = Entry(key: key, value: value, keyOrigin: keyOrigin)
    if found { entries[index] = entry } else { entries.insert(entry, at: index) }
  }

  /// A new map with the same entries; values are shared.
  package func shallowCopy() -> MapValue {
    let copy = MapValue(type: type, isNil: isNil)
    copy.entries = entries
    return copy
  }

  /// Says that from now on several threads may read this map, and every map in it.
  package func share() {
    var pending = [self]
    while let map = pending.popLast() {
      if map.isShared { continue }
      map.isShared = true
      for entry in map.entries { entry.value.collectMaps(into: &pending) }
    }
  }

  /// Index of `key`, or where it would be inserted.
  package func position(of key: ByteString) -> (index: Int, found: Bool) {
    let head = Entry.head(of: key)
    return entries.withUnsafeBufferPointer { entries in
      var low = 0
      var high = entries.count
      while low < high {
        let middle = (low + high) / 2
        let other = entries[middle].head
        if other == head {
          let order = Self.order(entries[middle].key, key)
          if order == 0 { return (middle, true) }
          if order < 0 { low = middle + 1 } else { high = middle }
        } else if other < head {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return (low, false)
    }
  }

  /// The order of two keys whose first eight bytes are the same.
  @inline(__always) private static func order(_ left: ByteString, _ right: ByteString) -> Int {
    left.count <= 8 && right.count <= 8 ? left.count - right.count : left.compared(to: right)
  }

  private var isStrictlySorted: Bool {
    for index in entries.indices.dropFirst() where entries[index - 1].compared(to: entries[index]) >= 0 {
      return false
    }
    return true
  }

  private func sortEntries() {
    if entries.count <= 24 { return insertionSortEntries() }
    let ordered = entries.enumerated().sorted { left, right in
      let order = left.element.compared(to: right.element)
      return order == 0 ? left.offset < right.offset : order < 0
    }
    entries.removeAll(keepingCapacity: true)
    for (_, entry) in ordered {
      if let last = entries.last, last.key == entry.key { entries.removeLast() }
      entries.append(entry)
    }
  }

  /// Sorts a few entries in place, which is what nearly all maps hold. Stable; of equal keys the last stays.
  private func insertionSortEntries() {
    var sorted = 1
    for next in 1..<entries.count {
      let entry = entries[next]
      var place = sorted
      var order = 1
      while place > 0 {
        order = entries[place - 1].compared(to: entry)
        if order <= 0 { break }
        place -= 1
      }
      if place > 0 && order == 0 {
        entries[place - 1] = entry
        continue
      }
      var hole = sorted
      if sorted != next { entries[sorted] = entry }
      while hole > place {
        entries.swapAt(hole, hole - 1)
        hole -= 1
      }
      sorted += 1
    }
    entries.removeLast(entries.count - sorted)
  }
}

extension Value {
  /// The maps that a value is, or holds in lists.
  fileprivate func collectMaps(into maps: inout [MapValue]) {
    switch datum {
    case .map(let map): maps.append(map)
    case .list(let list): for element in list.elements { element.collectMaps(into: &maps) }
    case .none, .bool, .integer, .float, .string, .bytes, .object: break
    }
  }
}
