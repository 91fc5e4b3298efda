import SourceText
import Values

/// Plain merging of the user's sources, and copies of value trees.
enum ValueMerging {
  /// `over` laid on `under`: maps merge, everything else of `over` replaces. Neither input changes.
  static func merged(_ under: MapValue, with over: MapValue) -> MapValue {
    let result = under.shallowCopy()
    for entry in over.entries {
      var value = entry.value
      if case .map(let upper) = entry.value.datum, case .map(let lower)? = result[entry.key]?.datum {
        value = Value(.map(merged(lower, with: upper)), origin: entry.value.origin)
      }
      result.set(entry.key, to: value, keyOrigin: entry.keyOrigin)
    }
    return result
  }

  /// A copy that shares no map with the original.
  static func deepCopy(_ map: MapValue, type: MapType? = nil) -> MapValue {
    var entries = map.entries
    for index in entries.indices { entries[index].value = deepCopy(entries[index].value) }
    return MapValue(unsorted: entries, type: type ?? map.type)
  }

  static func deepCopy(_ value: Value) -> Value {
    switch value.datum {
    case .map(let map): return Value(.map(deepCopy(map)), origin: value.origin)
    case .list(var list):
      guard list.elements.contains(where: holdsMap) else { return value }
      for index in list.elements.indices { list.elements[index] = deepCopy(list.elements[index]) }
      return Value(.list(list), origin: value.origin)
    default: return value
    }
  }

  private static func holdsMap(_ value: Value) -> Bool {
    switch value.datum {
    case .map: true
    case .list(let list): list.elements.contains(where: holdsMap)
    default: false
    }
  }

  /// Removes nulls from a map and the maps in it, not from lists.
  static func removeNulls(from map: MapValue) {
    for entry in map.entries {
      switch entry.value.datum {
      case .none: map[entry.key] = nil
      case .map(let inner): removeNulls(from: inner)
      default: break
      }
    }
  }
}
