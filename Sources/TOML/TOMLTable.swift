import SourceText
import Values

/// A table that is still being written.
final class TOMLTable {
  enum Entry {
    case value(Value)
    case table(TOMLTable)
    case tables([TOMLTable])
  }

  private(set) var entries: [[UInt8]: Entry] = [:]
  private var origins: [[UInt8]: OriginID] = [:]

  subscript(key: [UInt8]) -> Entry? {
    get { entries[key] }
    set { entries[key] = newValue }
  }

  /// Remembers where a key was written first.
  func note(_ key: [UInt8], _ origin: OriginID) {
    if origin != .none && origins[key] == nil { origins[key] = origin }
  }

  /// The finished value; `[[…]]` are Go's `[]map[string]interface {}`.
  var value: Value {
    var finished: [MapValue.Entry] = []
    finished.reserveCapacity(entries.count)
    for (key, entry) in entries {
      finished.append(
        MapValue.Entry(
          key: ByteString(key), value: TOMLTable.value(of: entry), keyOrigin: origins[key] ?? .none))
    }
    return Value(.map(MapValue(unsorted: finished)))
  }

  private static func value(of entry: Entry) -> Value {
    switch entry {
    case .value(let value): return value
    case .table(let table): return table.value
    case .tables(let tables):
      return Value(.list(ListValue(tables.map(\.value), type: .other("[]map[string]interface {}"))))
    }
  }
}
