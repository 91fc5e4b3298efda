import SourceText
import Values

/// A JSON Schema as santhosh-tekuri/jsonschema v6 compiles it, and its validation with that library's messages.
package struct JSONSchema: Sendable {
  private let program: SchemaProgram
  /// The `urn:` references that nobody resolves. Helm warns of each and lets everything pass there.
  package let unresolvedNames: [ByteString]

  /// The URL that Helm gives the schema of every chart.
  private static let url: ByteString = "file:///values.schema.json"

  /// Compiles a chart's `values.schema.json`. Fails with the text that Helm prints after `CHART:\n` when the schema
  /// itself is bad.
  ///
  /// `fileSystem` answers references to `file:` URLs; without one there are no such files. Nothing is fetched from a
  /// network.
  package init(_ file: SourceFile, fileSystem: (any FileSystem)? = nil) throws(SchemaError) {
    let loader = SchemaLoader(fileSystem: fileSystem)
    do throws(SchemaFault) {
      loader.add(try SchemaLoader.parse(file), at: JSONSchema.url)
      var compiler = SchemaCompiler(loader: loader)
      program = try compiler.compile(JSONSchema.url)
    } catch {
      throw SchemaError(error, unresolvedNames: loader.unresolvedNames)
    }
    unresolvedNames = loader.unresolvedNames
  }

  /// The failure of `value`; nil when it is valid.
  package func validate(_ value: Value) -> SchemaFailure? {
    validate(value, budget: SchemaValidator.Budget())
  }

  func validate(_ value: Value, budget: SchemaValidator.Budget) -> SchemaFailure? {
    do throws(SchemaFault) {
      return try SchemaValidator(program, budget: budget).failure(of: Instance(value))
    } catch {
      return SchemaFailure(text: error.message.string)
    }
  }
}

/// Why a schema cannot be used.
package struct SchemaError: Error, Sendable {
  /// The text that Helm prints after `CHART:\n`, without a newline at its end.
  package var message: String
  /// Where the schema breaks the rules of its draft: the paths lead into the schema, not into the values.
  package var failure: SchemaFailure?
  /// The `urn:` references met before the failure; see `JSONSchema.unresolvedNames`.
  package var unresolvedNames: [ByteString] = []

  package init(message: String) { self.message = message }

  init(_ fault: SchemaFault, unresolvedNames: [ByteString]) {
    message = fault.message.string
    self.unresolvedNames = unresolvedNames
    if case .invalid(_, let failure) = fault { self.failure = failure }
  }
}
