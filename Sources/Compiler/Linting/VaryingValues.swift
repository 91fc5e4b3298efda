import Delivery
import Rules
import SourceText
import Values

/// Finds the values that differ between environments.
enum VaryingValues {
  /// The dotted paths of scalars that are not the same in all of `environments`.
  static func paths(in environments: [[String: ByteString]]) -> Set<String> {
    guard environments.count > 1, let first = environments.first else { return [] }
    var varying: Set<String> = []
    for other in environments.dropFirst() {
      for path in Set(first.keys).union(other.keys) where first[path] != other[path] { varying.insert(path) }
    }
    return varying
  }

  /// The keys that pipelines set by arguments to a variable, or to several texts. Names that make another release of
  /// another chart are no variation of one.
  static func keys(setBy releases: [PipelineRelease]) -> Set<String> {
    var first: [String: ByteString] = [:]
    var varying: Set<String> = []
    for (key, assignment) in releases.flatMap(\.assignments) where assignment.isArgument {
      if key.hasSuffix("ameOverride") { continue }
      guard let text = assignment.value.constant, first[key, default: text] == text else {
        varying.insert(key)
        continue
      }
      first[key] = text
    }
    return varying
  }

  /// The scalars of merged values, by their dotted paths.
  static func scalars(_ values: MapValue) -> [String: ByteString] {
    var result: [String: ByteString] = [:]
    ValueLeaves.walk(.map(values), path: "") { value, path in
      if let text = text(of: value) { result[path] = text }
    }
    return result
  }

  /// The text of a scalar; nil for lists and maps.
  static func text(of value: Value) -> ByteString? {
    switch value.datum {
    case .none: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let number, _): ByteString(String(number))
    case .float(let number): ByteString(String(number))
    case .string(let text): text.byteString
    case .bytes(let bytes): bytes
    case .list, .map, .object: nil
    }
  }
}
