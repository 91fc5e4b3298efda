import SourceText
import Values

extension MapType {
  /// Helm's named type of the maps at the root of values and of templates' data.
  static let values = MapType.other("common.Values")
}

/// Lays values over the defaults of a chart and its subcharts, as Helm's coalescing and merging do.
///
/// Merging keeps nulls, coalescing lets them delete; otherwise they are one.
struct Coalescer {
  let isMerging: Bool
  /// The charts' own values may end up in the result: nobody needs them afterwards.
  private let isFinal: Bool
  /// Warnings in Helm's words.
  private(set) var log: [LogLine] = []

  private static let globalKey: ByteString = "global"

  /// All values of `node`'s tree, for `given` laid over its defaults; `given` stays as it is.
  static func values(
    of node: ChartNode, under given: MapValue?, merging: Bool = false, isFinal: Bool = false, log: inout [LogLine]
  ) throws(ChartError) -> MapValue {
    var coalescer = Coalescer(isMerging: merging, isFinal: isFinal)
    let result = given.map { ValueMerging.deepCopy($0, type: .values) } ?? MapValue(type: .values)
    defer { log += coalescer.log }
    try coalescer.coalesce(node, into: result, prefix: "")
    return result
  }

  /// `source` under `target`, which changes; nulls stay where they are.
  static func mergeTables(_ target: MapValue, _ source: MapValue, log: inout [LogLine]) {
    var coalescer = Coalescer(isMerging: true, isFinal: false)
    coalescer.coalesceTables(target, source, prefix: "", merging: true)
    log += coalescer.log
  }

  private init(isMerging: Bool, isFinal: Bool) {
    self.isMerging = isMerging
    self.isFinal = isFinal
  }

  private mutating func coalesce(_ node: ChartNode, into target: MapValue, prefix: ByteString) throws(ChartError) {
    coalesceDefaults(of: node, into: target, prefix: prefix)
    try coalesceDependencies(of: node, into: target, prefix: prefix)
  }

  private mutating func coalesceDependencies(
    of node: ChartNode, into target: MapValue, prefix: ByteString
  ) throws(ChartError) {
    for child in node.dependencies {
      let childValues: MapValue
      switch target[child.name]?.datum {
      case nil:
        childValues = MapValue()
        target[child.name] = .map(childValues)
      case .map(let map): childValues = map
      default:
        let value = target[child.name] ?? .none
        throw ChartError("type mismatch on " + child.name + ": " + GoPrinting.boolean(value))
      }
      let childPrefix = Self.joined(prefix, node.name)
      coalesceGlobals(into: childValues, from: target, prefix: childPrefix)
      try coalesce(child, into: childValues, prefix: childPrefix)
    }
  }

  /// Pushes the globals of a parent down into a child's values.
  private mutating func coalesceGlobals(into child: MapValue, from parent: MapValue, prefix: ByteString) {
    let target: MapValue
    switch child[Self.globalKey]?.datum {
    case nil: target = MapValue()
    case .map(let map): target = map
    default: return warn("warning: skipping globals because destination global is not a table.")
    }
    let source: MapValue
    switch parent[Self.globalKey]?.datum {
    case nil: source = MapValue()
    case .map(let map): source = map
    default: return warn("warning: skipping globals because source global is not a table.")
    }
    for entry in source.entries {
      let existing = target[entry.key]
      if case .map(let map) = entry.value.datum {
        let copy = map.shallowCopy()
        switch existing?.datum {
        case nil: break
        case .map(let inner):
          coalesceTables(copy, inner, prefix: Self.joined(prefix, entry.key), merging: true)
        default:
          warn("Conflict: cannot merge map onto non-map for " + GoText.quoted(entry.key) + ". Skipping.")
          continue
        }
        target.set(entry.key, to: Value(.map(copy), origin: entry.value.origin), keyOrigin: entry.keyOrigin)
      } else if existing?.asMap != nil {
        warn("key " + entry.key + " is table. Skipping")
      } else {
        target.set(entry.key, to: entry.value, keyOrigin: entry.keyOrigin)
      }
    }
    let origin = child[Self.globalKey]?.origin ?? parent[Self.globalKey]?.origin ?? .none
    child[Self.globalKey] = Value(.map(target), origin: origin)
  }

  private mutating func coalesceDefaults(of node: ChartNode, into target: MapValue, prefix: ByteString) {
    let path = Self.joined(prefix, node.name)
    let copying = !isFinal || node.sharesValues
    for entry in node.values.entries {
      guard let given = target[entry.key] else {
        Self.add(entry, to: target, merging: isMerging, copying: copying)
        continue
      }
      if given.isNone && !isMerging {
        target[entry.key] = nil
      } else if let map = given.asMap {
        if let source = entry.value.asMap {
          let merging = isMerging || node.dependencies.contains { $0.name == entry.key }
          let copy = copying ? ValueMerging.deepCopy(source) : source
          if !merging { ValueMerging.removeNulls(from: copy) }
          coalesceTables(map, copy, prefix: Self.joined(path, entry.key), merging: merging)
        } else if !entry.value.isNone {
          warn("warning: skipped value for " + path + "." + entry.key + ": Not a table.")
        }
      }
    }
  }

  /// `source` under `target`; both change, `target` is the result.
  private mutating func coalesceTables(
    _ target: MapValue, _ source: MapValue, prefix: ByteString, merging: Bool
  ) {
    // Nulls of the target stand above the source; only over something do they delete.
    let deleting = target.entries.filter { entry in
      entry.value.isNone && source[entry.key].map { !$0.isNone } ?? false
    }
    for entry in target.entries where entry.value.isNone { source[entry.key] = Value.none }
    for entry in source.entries {
      let path = Self.joined(prefix, entry.key)
      guard let given = target[entry.key] else {
        Self.add(entry, to: target, merging: merging, copying: false)
        continue
      }
      if !merging && given.isNone && deleting.contains(where: { $0.key == entry.key }) {
        target[entry.key] = nil
      } else if let inner = entry.value.asMap {
        if let map = given.asMap {
          coalesceTables(map, inner, prefix: path, merging: merging)
        } else {
          warn(
            "warning: cannot overwrite table with non table for " + path + " (" + GoPrinting.plain(entry.value) + ")")
        }
      } else if given.asMap != nil && !entry.value.isNone {
        warn(
          "warning: destination for " + path + " is a table. Ignoring non-table value ("
            + GoPrinting.plain(entry.value) + ")")
      }
    }
  }

  /// Adds what the target lacks; without its nulls, unless nulls are to act later.
  private static func add(_ entry: MapValue.Entry, to target: MapValue, merging: Bool, copying: Bool) {
    if entry.value.isNone && !merging { return }
    let value = copying ? ValueMerging.deepCopy(entry.value) : entry.value
    if !merging, let map = value.asMap { ValueMerging.removeNulls(from: map) }
    target.set(entry.key, to: value, keyOrigin: entry.keyOrigin)
  }

  private mutating func warn(_ message: ByteString) { log.append(LogLine(.info, message)) }

  private static func joined(_ prefix: ByteString, _ key: ByteString) -> ByteString {
    prefix.isEmpty ? key : prefix + "." + key
  }
}
