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

/// Reads JSON as Go's encoding/json reads it into `interface{}`: every number is a float64.
package enum JSONReader {
  /// The value of the whole of `file`'s text; each scalar's origin is its place in the file.
  package static func value(of file: SourceFile, origins: OriginTable) throws(JSONError) -> Value {
    throw JSONError(message: "not yet", offset: 0)
  }
}

/// Writes JSON as Go's encoding/json writes it.
package enum JSONWriter {
  package struct Style: Hashable, Sendable {
    /// Escape `<`, `>`, `&`, U+2028 and U+2029, as `json.Marshal` does.
    package var escapesHTML = true
    /// The indent of `json.MarshalIndent`; nil writes one line.
    package var indent: String?
    package init(escapesHTML: Bool = true, indent: String? = nil) {
      self.escapesHTML = escapesHTML
      self.indent = indent
    }
  }

  /// The text of `value`, scalars keeping their origins. Fails with Go's text (`json: unsupported value: NaN`).
  package static func text(of value: Value, style: Style = Style(), tracking: Bool) throws(FunctionError) -> Text {
    throw FunctionError("not yet")
  }
}
