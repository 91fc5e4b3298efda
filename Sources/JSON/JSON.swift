import SourceText
import Values

/// Why a text is not JSON: Go's message (`invalid character '}' looking for beginning of value`) and where.
package struct JSONError: Error, Hashable, Sendable {
  package var message: String
  /// UTF-8 offset in the text that was read.
  package var offset: Int

  package init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}

/// Reads JSON as Go's encoding/json reads it into `interface{}`: every number is a float64, of equal keys the last wins.
package enum JSONReader {
  /// How deep arrays and objects may nest.
  package static let maximumDepth = 10_000

  /// The value of the whole of `file`'s text (`json.Unmarshal`); each scalar's origin is its place in the file.
  package static func value(of file: SourceFile, origins: OriginTable) throws(JSONError) -> Value {
    try value(of: file.text.bytes, places: origins.isTracking ? .file(file, origins) : .untracked)
  }

  /// The value of the whole of `text`; each scalar keeps the runs of the bytes it was read from. `origin` is the
  /// origin of the value that holds `text`, used where it has no runs.
  package static func value(of text: Text, origin: OriginID, tracking: Bool) throws(JSONError) -> Value {
    try value(of: text.bytes, places: tracking ? .text(text, origin) : .untracked)
  }

  /// As `value(of:origin:tracking:)`, but numbers that do not fit a float64 are zero, as in what Go's decoder leaves
  /// behind; `rangeError` is what it then answers.
  package static func lenientValue(
    of text: Text, origin: OriginID, tracking: Bool
  ) throws(JSONError) -> (value: Value, rangeError: JSONError?) {
    try withBytes(text.bytes) { (bytes) throws(JSONError) in
      var parser = JSONParser(bytes: bytes, position: 0, places: tracking ? .text(text, origin) : .untracked)
      return (try parser.parseWholeSyntax(), parser.rangeError)
    }
  }

  /// The first value in `file`'s text from `offset` on, and the offset where it ends (`json.Decoder.Decode`): what
  /// follows is not looked at. At the end of the text the message is `EOF`, inside a value `unexpected EOF`.
  package static func firstValue(
    of file: SourceFile, from offset: Int = 0, origins: OriginTable
  ) throws(JSONError) -> (value: Value, end: Int) {
    let places: ScalarPlaces = origins.isTracking ? .file(file, origins) : .untracked
    return try withBytes(file.text.bytes) { (bytes) throws(JSONError) in
      var parser = JSONParser(bytes: bytes, position: offset, places: places)
      parser.skipSpace()
      guard parser.position < bytes.count else { throw JSONError(message: "EOF", offset: bytes.count) }
      do throws(JSONError) {
        let value = try parser.parseValue()
        return (value, parser.position)
      } catch {
        guard error.message == JSONParser.unexpectedEnd else { throw error }
        throw JSONError(message: "unexpected EOF", offset: error.offset)
      }
    }
  }

  /// encoding/json's message for a value of the wrong kind, for example
  /// `json: cannot unmarshal array into Go value of type map[string]interface {}`; `field` is Go's path of a struct
  /// field (`.metadata`) where the value was meant for one.
  package static func mismatch(_ found: Datum, goType: String, field: String? = nil) -> String {
    var target = "Go value"
    if let field {
      // A path that ends in digits is taken for one to an element, which is no field.
      let isElement = field.utf8.reversed().prefix { $0 != UInt8(ascii: ".") }.allSatisfy { $0 &- 48 < 10 }
      target = isElement ? field : "Go struct field " + field
    }
    return "json: cannot unmarshal \(word(for: found)) into \(target) of type \(goType)"
  }

  /// encoding/json's word for a kind of JSON value.
  private static func word(for datum: Datum) -> String {
    switch datum {
    case .none: "null"
    case .bool: "bool"
    case .integer, .float: "number"
    case .string, .bytes: "string"
    case .list: "array"
    case .map, .object: "object"
    }
  }

  private static func value(of bytes: [UInt8], places: ScalarPlaces) throws(JSONError) -> Value {
    try withBytes(bytes) { (bytes) throws(JSONError) in
      var parser = JSONParser(bytes: bytes, position: 0, places: places)
      return try parser.parseWhole()
    }
  }

  private static func withBytes<R>(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(JSONError) -> R
  ) throws(JSONError) -> R {
    let result: Result<R, JSONError> = bytes.withUnsafeBufferPointer { buffer in
      do throws(JSONError) { return .success(try body(buffer)) } catch { return .failure(error) }
    }
    return try result.get()
  }
}
