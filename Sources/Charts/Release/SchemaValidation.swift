import JSONSchema
import SourceText
import Values

/// Holds the values of every chart of a tree against its `values.schema.json`.
enum SchemaValidation {
  static func validate(_ root: ChartNode, _ values: MapValue) throws(ChartError) {
    var text = ByteString()
    try collect(root, values, into: &text)
    guard !text.isEmpty else { return }
    throw ChartError("values don't meet the specifications of the schema(s) in the following chart(s):\n" + text)
  }

  /// Appends what is wrong in `node`, then in its subcharts.
  private static func collect(_ node: ChartNode, _ values: MapValue, into text: inout ByteString) throws(ChartError) {
    if let file = node.chart.schema, let failure = failure(of: .map(values), file) {
      text.append(node.name + ":\n" + failure)
    }
    for child in node.dependencies {
      guard let childValues = values[child.name]?.asMap else { continue }
      try collect(child, childValues, into: &text)
    }
  }

  /// The lines about one chart. Those about its values end in a newline, those about the schema itself do not.
  private static func failure(of value: Value, _ file: SourceFile) -> ByteString? {
    do {
      guard let failure = try JSONSchema(file).validate(value) else { return nil }
      return ByteString(failure.text.hasSuffix("\n") ? failure.text : failure.text + "\n")
    } catch {
      return ByteString(error.message)
    }
  }
}
