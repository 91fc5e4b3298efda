import SourceText
import Values

/// One failure of a validation, with its causes.
package struct SchemaFailure: Sendable {
  /// The lines that Helm prints for a chart, `- at '/a/b': got string, want integer`, newline-terminated.
  package var text: String
  package init(text: String) { self.text = text }
}

/// A JSON Schema as santhosh-tekuri/jsonschema v6 compiles it, and its validation with that library's messages.
package struct JSONSchema: Sendable {
  /// Fails with the text that Helm prints after `CHART:\n` when a schema itself is bad.
  package init(_ file: SourceFile) throws(SchemaError) { throw SchemaError(message: "not yet") }
  /// nil when `value` is valid.
  package func validate(_ value: Value) -> SchemaFailure? { nil }
}

/// Why a schema cannot be used.
package struct SchemaError: Error, Hashable, Sendable {
  package var message: String
  package init(message: String) { self.message = message }
}
