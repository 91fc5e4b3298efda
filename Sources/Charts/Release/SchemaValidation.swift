import JSONSchema
import SourceText
import Values

/// Holds the values of every chart of a tree against its `values.schema.json`.
struct SchemaValidation {
  private let origins: OriginTable
  /// Helm's text about all charts.
  private var text = ByteString()
  /// The first value that is wrong, where its place is known, and what is wrong with it.
  private var fault: (place: SourceRange, message: String)?

  static func validate(_ root: ChartNode, _ values: MapValue, origins: OriginTable) throws(ChartError) {
    var validation = SchemaValidation(origins: origins)
    validation.collect(root, values)
    guard !validation.text.isEmpty else { return }
    var error = ChartError(
      "values don't meet the specifications of the schema(s) in the following chart(s):\n" + validation.text,
      at: validation.fault?.place)
    error.placeMessage = validation.fault?.message ?? ""
    throw error
  }

  private init(origins: OriginTable) { self.origins = origins }

  /// Notes what is wrong in `node`, then in its subcharts.
  private mutating func collect(_ node: ChartNode, _ values: MapValue) {
    if let file = node.chart.schema, let failure = failure(of: .map(values), file) {
      text.append(node.name + ":\n" + failure)
    }
    for child in node.dependencies {
      guard let childValues = values[child.name]?.asMap else { continue }
      collect(child, childValues)
    }
  }

  /// The lines about one chart. Those about its values end in a newline, those about the schema itself do not.
  private mutating func failure(of value: Value, _ file: SourceFile) -> ByteString? {
    do {
      guard let failure = try JSONSchema(file).validate(value) else { return nil }
      note(failure, in: value)
      return ByteString(failure.text.hasSuffix("\n") ? failure.text : failure.text + "\n")
    } catch {
      return ByteString(error.message)
    }
  }

  private mutating func note(_ failure: SchemaFailure, in value: Value) {
    guard fault == nil, origins.isTracking else { return }
    for cause in failure.leaves {
      fault = place(of: cause, in: value)
      if fault != nil { return }
    }
  }

  /// Where the value that failed was written: itself, or the nearest map or list around it that has a place.
  private func place(of cause: SchemaFailure.Cause, in root: Value) -> (SourceRange, String)? {
    var value = root
    var place = range(of: value.origin)
    for step in cause.instancePath {
      guard let next = Self.child(of: value, step) else { break }
      value = next
      place = range(of: value.origin) ?? place
    }
    return place.map { ($0, cause.message) }
  }

  private static func child(of value: Value, _ step: SchemaFailure.Step) -> Value? {
    switch step {
    case .key(let key): return value.asMap?[key]
    case .index(let index):
      guard let list = value.asList, index < list.count else { return nil }
      return list.elements[index]
    }
  }

  private func range(of origin: OriginID) -> SourceRange? {
    switch origins[origin] {
    case .leaf(let range), .argument(let range): range
    default: nil
    }
  }
}
