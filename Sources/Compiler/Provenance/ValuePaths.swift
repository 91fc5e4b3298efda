import SourceText
import Values

/// The names of leaves among the values, and for each the leaves that lost to it.
package struct ValuePaths: Sendable {
  private var paths: [SourceRange: String] = [:]
  /// By path: the places that set it, the strongest first.
  private var layers: [String: [SourceRange]] = [:]
  private var chartFields: [SourceRange: String] = [:]

  package init() {}

  package subscript(place: SourceRange) -> String? { paths[place] }

  /// The field of a chart's metadata that the leaf is, as templates name it below `.Chart`.
  package func chartField(at place: SourceRange) -> String? { chartFields[place] }

  /// Names the leaves of a chart's metadata.
  package mutating func add(chart metadata: Value, origins: OriginMap) {
    ValuePaths.walk(metadata, path: "") { value, path in
      if case .leaf(let place) = origins[value.origin], chartFields[place] == nil { chartFields[place] = path }
    }
  }

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
    ValuePaths.walk(values, path: prefix) { value, path in
      switch origins[value.origin] {
      case .leaf(let place), .argument(let place):
        if paths[place] == nil { paths[place] = path }
        if layers[path]?.contains(place) != true { layers[path, default: []].append(place) }
      case .unknown, .constant, .builtIn, .derived: break
      }
    }
  }

  /// Visits a value and everything in it, each with its keys joined by dots.
  private static func walk(_ value: Value, path: String, depth: Int = 0, _ visit: (Value, String) -> Void) {
    guard depth < 200 else { return }
    visit(value, path)
    switch value.datum {
    case .map(let map):
      for entry in map.entries {
        let key = entry.key.string
        walk(entry.value, path: path.isEmpty ? key : path + "." + key, depth: depth + 1, visit)
      }
    case .list(let list):
      for (index, element) in list.elements.enumerated() {
        walk(element, path: "\(path)[\(index)]", depth: depth + 1, visit)
      }
    default: break
    }
  }
}
