import SourceText
import Values

/// Why a text is not YAML (or not the value that was asked for): the message of the Go libraries
/// (`yaml: line 2: mapping values are not allowed in this context`) and where it really happened.
package struct YAMLError: Error, Hashable, Sendable {
  package var message: String
  /// UTF-8 offset in the file that was read.
  package var offset: Int

  package init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}

/// Reads YAML as sigs.k8s.io/yaml does: go-yaml v2, then JSON, then encoding/json.
package enum YAMLReader {
  /// The value of the first document in `range` of `file` (the whole text when nil); each scalar's, list's and
  /// map's origin is its place in the file, each map key's too.
  package static func value(
    of file: SourceFile, in range: ByteRange? = nil, origins: OriginTable
  ) throws(YAMLError) -> Value {
    throw YAMLError(message: "not yet", offset: 0)
  }
}

/// Writes YAML as Helm's `toYaml` and `toYamlPretty` do.
package enum YAMLWriter {
  /// `toYaml`: go-yaml v2 over JSON, without the final newline; scalars keep their origins.
  package static func text(of value: Value, tracking: Bool) throws(FunctionError) -> Text {
    throw FunctionError("not yet")
  }

  /// `toYamlPretty`: go-yaml v3 with an indent of two.
  package static func prettyText(of value: Value, tracking: Bool) throws(FunctionError) -> Text {
    throw FunctionError("not yet")
  }
}
