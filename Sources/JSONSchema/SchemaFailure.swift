import SourceText

/// A validation that failed: the text that Helm prints, and the same as a tree.
package struct SchemaFailure: Sendable {
  /// The lines that Helm prints for a chart, `- at '/a/b': got string, want integer`, newline-terminated.
  package var text: String
  /// What failed, outermost first. Empty only when the validation was given up.
  package var causes: [Cause]
  /// The text with the line that names the schema, without a final newline.
  private(set) var whole: ByteString = ""

  package init(text: String, causes: [Cause] = []) {
    self.text = text
    self.causes = causes
  }

  /// One step from a value to one inside it.
  package enum Step: Hashable, Sendable {
    case key(ByteString)
    case index(Int)
  }

  /// One failed keyword, with the failures of the subschemas that made it fail.
  package struct Cause: Sendable {
    /// The value that failed: the keys and indices that lead to it. Below `propertyNames` the value is a key and the
    /// path is empty.
    package var instancePath: [Step]
    /// The schema that failed, all references followed.
    let schema: SchemaPlace
    /// The keyword that failed and why.
    package var reason: Reason
    package var causes: [Cause]

    /// The URL of the document that holds the schema that failed, all references followed.
    package var schemaURL: ByteString { schema.url }
    /// The way to that schema in its document.
    package var schemaPath: [ByteString] { schema.pointer.steps ?? [] }

    /// The message without its place: `got string, want integer`.
    package var message: String { reason.message.string }

    /// The innermost causes: what an editor would underline.
    package var leaves: [Cause] { causes.isEmpty ? [self] : causes.flatMap(\.leaves) }
  }

  /// The innermost causes of all, in the order of the text.
  package var leaves: [Cause] { causes.flatMap(\.leaves) }
}

extension SchemaFailure {
  /// A failure of a whole document against `schema`, written as the schema library writes it.
  init(_ causes: [Cause], heading: ByteString) {
    self.init(text: "", causes: causes)
    var lines = ByteString()
    for cause in causes { SchemaFailure.write(cause, indent: 1, to: &lines) }
    whole = "jsonschema validation failed with " + MessageText.quoted(heading) + lines
    // Helm cuts the first line off, and ends the last.
    text = ByteString(lines.bytes.dropFirst()).string + "\n"
  }

  private static func write(_ cause: Cause, indent: Int, to lines: inout ByteString) {
    var indent = indent
    // A reference that failed for one reason is not worth a line of its own.
    if !(cause.reason.isReference && cause.causes.count == 1) {
      lines.append("\n" + String(repeating: "  ", count: indent - 1) + "- at ")
      lines.append(MessageText.quoted(pointer(cause.instancePath)) + ": " + cause.reason.message)
      indent += 1
    }
    for inner in cause.causes { write(inner, indent: indent, to: &lines) }
  }

  /// The JSON pointer of a path.
  private static func pointer(_ path: [Step]) -> ByteString {
    var result = ByteString()
    for step in path {
      switch step {
      case .key(let name): result.append("/" + JSONPointer.escaped(name))
      case .index(let index): result.append("/" + String(index))
      }
    }
    return result
  }
}
