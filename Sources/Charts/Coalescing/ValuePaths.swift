import SourceText
import Values

/// Dotted paths into values, as Helm's `Table` and `PathValue` walk them.
enum ValuePaths {
  /// The map at `path`; nil when a step is missing or no map. `missing` is then the step.
  static func table(_ path: ByteString, in map: MapValue) -> (table: MapValue?, missing: ByteString) {
    var current = map
    for step in path.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      let key = ByteString(step)
      guard let next = current[key]?.asMap else { return (nil, key) }
      current = next
    }
    return (current, "")
  }

  /// The scalar, list or null at `path`; nil when there is nothing or a map.
  static func value(_ path: ByteString, in map: MapValue) -> Value? {
    guard !path.isEmpty else { return nil }
    var current = map
    var steps = path.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let last = steps.popLast() else { return nil }
    for step in steps {
      guard let next = current[ByteString(step)]?.asMap else { return nil }
      current = next
    }
    guard let value = current[ByteString(last)], value.asMap == nil else { return nil }
    return value
  }
}
