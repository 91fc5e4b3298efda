import SourceText
import Values

/// Finds the values that differ between environments.
enum VaryingValues {
  /// The dotted paths of scalars that are not the same in all of `environments`.
  static func paths(in environments: [MapValue]) -> Set<String> {
    guard environments.count > 1, let first = environments.first.map(scalars) else { return [] }
    var varying: Set<String> = []
    for other in environments.dropFirst().map(scalars) {
      for path in Set(first.keys).union(other.keys) where first[path] != other[path] { varying.insert(path) }
    }
    return varying
  }

  private static func scalars(of values: MapValue) -> [String: ByteString] {
    var result: [String: ByteString] = [:]
    ValueLeaves.walk(.map(values), path: "") { value, path in
      switch value.datum {
      case .none: result[path] = "null"
      case .bool(let bool): result[path] = bool ? "true" : "false"
      case .integer(let number, _): result[path] = ByteString(String(number))
      case .float(let number): result[path] = ByteString(String(number))
      case .string(let text): result[path] = text.byteString
      case .bytes(let bytes): result[path] = bytes
      case .list, .map, .object: break
      }
    }
    return result
  }
}
