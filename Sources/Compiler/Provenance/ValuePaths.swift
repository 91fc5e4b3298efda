import SourceText
import Values

/// The names of leaves among the values, and for each the leaves that lost to it.
package struct ValuePaths: Sendable {
  private var paths: [SourceRange: String] = [:]
  /// By path: the places that set it, the strongest first.
  private var layers: [String: [SourceRange]] = [:]

  package init() {}

  package subscript(place: SourceRange) -> String? { paths[place] }

  /// Every place that set what the leaf at `place` sets, but for itself and for stronger ones: the latest first.
  package func overridden(by place: SourceRange) -> [SourceRange] {
    guard let path = paths[place], let all = layers[path], let index = all.firstIndex(of: place) else { return [] }
    return Array(all[(index + 1)...])
  }

  /// Every path, sorted, for "did you mean".
  package var names: [String] { layers.keys.sorted() }

  /// Adds a source of values that loses to those added before: a values file, an argument, a chart's defaults.
  /// Each leaf of `values` is named by its keys below `prefix`.
  package mutating func add(_ values: Value, prefix: String = "", origins: OriginMap) {
    add(values, path: prefix, origins: origins, depth: 0)
  }

  private mutating func add(_ value: Value, path: String, origins: OriginMap, depth: Int) {
    guard depth < 200 else { return }
    switch value.datum {
    case .map(let map):
      for entry in map.entries {
        let key = entry.key.string
        add(entry.value, path: path.isEmpty ? key : path + "." + key, origins: origins, depth: depth + 1)
      }
    case .list(let list):
      for (index, element) in list.elements.enumerated() {
        add(element, path: "\(path)[\(index)]", origins: origins, depth: depth + 1)
      }
    default: break
    }
    switch origins[value.origin] {
    case .leaf(let place), .argument(let place):
      if paths[place] == nil { paths[place] = path }
      if layers[path]?.contains(place) != true { layers[path, default: []].append(place) }
    case .unknown, .constant, .builtIn, .derived: break
    }
  }
}
