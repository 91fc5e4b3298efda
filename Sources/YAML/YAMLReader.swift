import JSON
import SourceText
import Values

/// Reads YAML as sigs.k8s.io/yaml does: go-yaml v2, then JSON, then encoding/json. All numbers are float64.
package enum YAMLReader {
  /// The value of the first document in `range` of `file` (the whole text when nil); each scalar's, list's and
  /// map's origin is its place in the file, each map key's too.
  ///
  /// - Parameter endingLine: reads as if the text ended with a line break where it does not: a block scalar at its end
  ///   has one then.
  package static func value(
    of file: SourceFile, in range: ByteRange? = nil, endingLine: Bool = false, origins: OriginTable
  ) throws(YAMLError) -> Value {
    let places: ScalarPlaces = origins.isTracking ? .file(file, origins) : .untracked
    let end = min(max(range?.end ?? file.text.count, 0), file.text.count)
    if endingLine, end > 0, file.text.bytes[end - 1] != UInt8(ascii: "\n") {
      let text = Array(file.text.bytes[..<end]) + [UInt8(ascii: "\n")]
      return try read(text, ByteRange(range?.start ?? 0, end + 1), places: places)
    }
    return try read(file.text.bytes, range, places: places)
  }

  /// The value of the first document of `text`; each scalar keeps the runs of the bytes it was read from. `origin`
  /// is the origin of the value that holds `text`, used where it has no runs.
  package static func value(of text: Text, origin: OriginID, tracking: Bool) throws(YAMLError) -> Value {
    try read(text.bytes, nil, places: tracking ? .text(text, origin) : .untracked)
  }

  /// As `value(of:in:origins:)` for the Go type `map[string]interface {}`: a null is an empty map, and anything but
  /// a map fails as encoding/json does.
  package static func map(
    of file: SourceFile, in range: ByteRange? = nil, endingLine: Bool = false, origins: OriginTable
  ) throws(YAMLError) -> Value {
    try asMap(value(of: file, in: range, endingLine: endingLine, origins: origins), at: range?.start ?? 0)
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

  /// A document whose integers stay integers, and whose infinities are let through.
  static func readKeepingIntegers(_ text: UnsafeBufferPointer<UInt8>) throws(YAMLError) -> Value {
    if let decoded = UTF16Text.decoded(text) {
      if let fault = decoded.fault { throw YAMLError(message: "yaml: " + fault, offset: 0) }
      let result: Result<Value, YAMLError> = decoded.text.withUnsafeBufferPointer { buffer in
        do throws(YAMLError) { return .success(try readKeepingIntegers(buffer)) } catch { return .failure(error) }
      }
      return try result.get()
    }
    var builder = ValueBuilder(text, at: 0, places: .untracked, keepsIntegers: true)
    return try builder.build()
  }

  private static func read(
    _ bytes: [UInt8], _ range: ByteRange?, places: ScalarPlaces
  ) throws(YAMLError) -> Value {
    let start = min(max(range?.start ?? 0, 0), bytes.count)
    let end = min(max(range?.end ?? bytes.count, start), bytes.count)
    let result: Result<Value, YAMLError> = bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[start..<end])
      do throws(YAMLError) {
        if let decoded = UTF16Text.decoded(text) { return .success(try readUTF16(decoded)) }
        var builder = ValueBuilder(text, at: start, places: places)
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

  /// Places in text of another encoding are not tracked: offsets in its UTF-8 form mean nothing in the file.
  private static func readUTF16(_ decoded: (text: [UInt8], fault: String?)) throws(YAMLError) -> Value {
    if let fault = decoded.fault { throw YAMLError(message: "yaml: " + fault, offset: 0) }
    do {
      return try read(decoded.text, nil, places: .untracked)
    } catch {
      throw YAMLError(message: error.message, offset: 0, stage: error.stage)
    }
  }
}
