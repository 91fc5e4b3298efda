import SourceText
import Values

/// Foresees whether Helm would complain about values, without laying them over each other.
enum ValueConflicts {
  private static let globalKey: ByteString = "global"

  /// Layers that together hold what laying the defaults of `node` and all below it over each other would give.
  static func layers(of node: ChartNode) -> [MapValue] {
    var layers = [node.values]
    for child in node.dependencies {
      for (depth, layer) in self.layers(of: child).enumerated() {
        if layers.count == depth + 1 { layers.append(MapValue()) }
        layers[depth + 1][child.name] = .map(layer)
      }
    }
    return layers
  }

  /// True when the defaults of `node`, or of a chart below it, have a table where one of `layers` has none, or the
  /// other way round. Says true too often rather than too seldom.
  static func mayComplain(_ node: ChartNode, under layers: [MapValue]) -> Bool {
    if haveConflict(layers, node.values) { return true }
    let all = layers + [node.values]
    guard let globals = maps(all, at: globalKey) else { return true }
    return node.dependencies.contains { child in
      let inner = all.compactMap { $0[child.name]?.asMap }
      guard let own = maps(inner, at: globalKey) else { return true }
      return own.contains { haveConflict(globals, $0) }
        || mayComplain(child, under: inner + globals.map { MapValue(["global": .map($0)]) })
    }
  }

  /// The tables at a key; nil when one of the layers has something else there.
  private static func maps(_ layers: [MapValue], at key: ByteString) -> [MapValue]? {
    var maps: [MapValue] = []
    for layer in layers {
      guard let value = layer[key] else { continue }
      guard let map = value.asMap else { return nil }
      maps.append(map)
    }
    return maps
  }

  private static func haveConflict(_ layers: [MapValue], _ source: MapValue) -> Bool {
    guard !layers.isEmpty else { return false }
    return source.entries.contains { entry in
      if entry.value.isNone { return false }
      let given = layers.compactMap { $0[entry.key] }.filter { !$0.isNone }
      let tables = given.compactMap(\.asMap)
      guard let map = entry.value.asMap else { return !tables.isEmpty }
      return tables.count < given.count || haveConflict(tables, map)
    }
  }
}
