import SourceText
import Values

/// The names of leaves among the values, and for each the leaves that lost to it.
package struct ValueLeaves: Sendable {
  private var paths: [PlaceKey: String] = [:]
  /// By path: the places that set it, the strongest first.
  private var places: [String: [SourceRange]] = [:]
  private var chartFields: [PlaceKey: String] = [:]
  /// The paths of the values files of subcharts.
  private let vendorFiles: Set<String>

  package init(vendorFiles: Set<String> = []) { self.vendorFiles = vendorFiles }

  // MARK: Writing

  /// Adds a source of values that loses to those added before: an argument, a values file, a chart's defaults.
  /// Each leaf of `values` is named by its keys below `prefix`; one that has several names (a global) by the shortest.
  package mutating func add(_ values: Value, prefix: String = "", origins: OriginMap) {
    ValueLeaves.walk(values, path: prefix) { value, path in
      switch origins[value.origin] {
      case .leaf(let place), .argument(let place):
        let key = PlaceKey(place)
        if paths[key].map({ $0.utf8.count > path.utf8.count }) ?? true { paths[key] = path }
        if places[path]?.contains(where: { PlaceKey($0) == key }) != true { places[path, default: []].append(place) }
      case .unknown, .constant, .builtIn, .derived: break
      }
    }
  }

  /// Names the leaves of a chart's metadata.
  package mutating func add(chart metadata: Value, origins: OriginMap) {
    ValueLeaves.walk(metadata, path: "") { value, path in
      if case .leaf(let place) = origins[value.origin], chartFields[PlaceKey(place)] == nil {
        chartFields[PlaceKey(place)] = path
      }
    }
  }

  /// Visits a value and everything in it, each with its keys joined by dots.
  static func walk(_ value: Value, path: String, depth: Int = 0, _ visit: (Value, String) -> Void) {
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

  // MARK: Reading

  /// The path of the leaf at `place` below `.Values`, for example `image.tag`.
  package subscript(place: SourceRange) -> String? { paths[PlaceKey(place)] }

  /// True when a subchart's own values.yaml supplies the leaf.
  package func isVendorDefault(_ place: SourceRange) -> Bool { vendorFiles.contains(place.file.path) }

  /// The field of a chart's metadata that the leaf is, as templates name it below `.Chart`.
  package func chartField(at place: SourceRange) -> String? { chartFields[PlaceKey(place)] }

  /// Every place that set what the leaf at `place` sets, but for itself and for stronger ones: the latest first.
  package func overridden(by place: SourceRange) -> [SourceRange] {
    let key = PlaceKey(place)
    guard let path = paths[key], let all = places[path],
      let index = all.firstIndex(where: { PlaceKey($0) == key })
    else { return [] }
    return Array(all[(index + 1)...])
  }

  /// The strongest place that set `path`.
  package func place(of path: String) -> SourceRange? { places[path]?.first }
}
