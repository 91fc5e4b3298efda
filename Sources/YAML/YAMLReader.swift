import JSON
import SourceText
import Values

/// Reads YAML as sigs.k8s.io/yaml does: go-yaml v2, then JSON, then encoding/json. All numbers are float64.
package enum YAMLReader {
  /// The value of the first document in `range` of `file` (the whole text when nil); each scalar's, list's and
  /// map's origin is its place in the file, each map key's too.
  package static func value(
    of file: SourceFile, in range: ByteRange? = nil, origins: OriginTable
  ) throws(YAMLError) -> Value {
    try read(file.text.bytes, range, places: origins.isTracking ? .file(file, origins) : .untracked)
  }

  /// The value of the first document of `text`; each scalar keeps the runs of the bytes it was read from. `origin`
  /// is the origin of the value that holds `text`, used where it has no runs.
  package static func value(of text: Text, origin: OriginID, tracking: Bool) throws(YAMLError) -> Value {
    try read(text.bytes, nil, places: tracking ? .text(text, origin) : .untracked)
  }

  /// As `value(of:in:origins:)` for the Go type `map[string]interface {}`: a null is an empty map, and anything but
  /// a map fails as encoding/json does.
  package static func map(
    of file: SourceFile, in range: ByteRange? = nil, origins: OriginTable
  ) throws(YAMLError) -> Value {
    try asMap(value(of: file, in: range, origins: origins), at: range?.start ?? 0)
  }

  /// `value` if it is a map, an empty map for a null; fails as encoding/json does for every other kind.
  package static func asMap(_ value: Value, at offset: Int = 0) throws(YAMLError) -> Value {
    switch value.datum {
    case .map: return value
    case .none: return Value(.map(MapValue()), origin: value.origin)
    default:
      let message = JSONReader.mismatch(value.datum, goType: "map[string]interface {}")
      throw YAMLError(message: message, offset: offset, stage: .decoding)
    }
  }

  /// `value` if it is a list, an empty list for a null; fails as encoding/json does for every other kind.
  package static func asList(_ value: Value, at offset: Int = 0) throws(YAMLError) -> Value {
    switch value.datum {
    case .list: return value
    case .none: return .list([], origin: value.origin)
    default:
      let message = JSONReader.mismatch(value.datum, goType: "[]interface {}")
      throw YAMLError(message: message, offset: offset, stage: .decoding)
    }
  }

  private static func read(
    _ bytes: [UInt8], _ range: ByteRange?, places: ScalarPlaces
  ) throws(YAMLError) -> Value {
    let start = min(max(range?.start ?? 0, 0), bytes.count)
    let end = min(max(range?.end ?? bytes.count, start), bytes.count)
    let result: Result<Value, YAMLError> = bytes.withUnsafeBufferPointer { buffer in
      do throws(YAMLError) {
        var builder = ValueBuilder(UnsafeBufferPointer(rebasing: buffer[start..<end]), at: start, places: places)
        return .success(try builder.build())
      } catch {
        return .failure(error)
      }
    }
    do {
      return try result.get()
    } catch {
      throw YAMLError(message: error.message, offset: error.offset + start, stage: error.stage)
    }
  }
}
