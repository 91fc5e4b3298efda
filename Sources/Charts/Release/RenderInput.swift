import SourceText
import Values

/// Everything a render starts from: templates in order, each with its data.
package struct RenderInput {
  /// In Helm's order of parsing and executing: deeper paths first, then from z to a.
  package var templates: [TemplateInput]
  /// The files of `crds/`, those of the chart before those of its subcharts.
  package var crds: [CustomResourceFile]
  /// The coalesced values, the root's `.Values`.
  package var values: MapValue
  package var chartName: ByteString
  /// Kept as long as the rest: giving it back takes a hundredth of a render.
  let tree: ChartTree
}

/// One template file.
package struct TemplateInput {
  /// Helm's name, `web/charts/db/templates/a.yaml`.
  package var name: ByteString
  package var source: SourceFile
  /// Parsed for its named templates, never executed itself.
  package var isPartial: Bool
  /// Executed, never printed.
  package var isNotes: Bool
  /// The dot of the template, shared by all templates of its chart.
  package var data: MapValue
  /// `.Template.Name` and `.Template.BasePath`
  var nameValue: Value
  var basePath: Value

  /// Makes this the current template of its chart's data, as Helm does just before it executes one.
  @discardableResult package func bind() -> Value {
    data["Template"] = current
    return .map(data)
  }

  /// `.Template`
  var current: Value {
    .map(
      MapValue(
        unsorted: [
          MapValue.Entry(key: "BasePath", value: basePath), MapValue.Entry(key: "Name", value: nameValue),
        ], type: .values))
  }
}

/// A file of `crds/`, printed as it is.
package struct CustomResourceFile: Sendable {
  /// `web/crds/a.yaml`
  package var name: ByteString
  package var source: SourceFile
}
