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

  /// Whether a map holds itself somewhere below: then it cannot be copied. Lists are not looked into, since
  /// merging does not change them.
  static func isCyclic(_ map: MapValue) -> Bool {
    var open: Set<ObjectIdentifier> = []
    var done: Set<ObjectIdentifier> = []
    func visit(_ map: MapValue) -> Bool {
      let id = ObjectIdentifier(map)
      if done.contains(id) { return false }
      if !open.insert(id).inserted { return true }
      defer {
        open.remove(id)
        done.insert(id)
      }
      return map.entries.contains { entry in entry.value.asMap.map(visit) ?? false }
    }
    return visit(map)
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
