import Charts
import SourceText
import Values
import YAML

/// Reads every source of values of a render by itself, the strongest first, so that a leaf can be named and the
/// leaves it overrides be listed.
struct ValueLayers {
  let files: any FileSystem
  let origins: OriginTable

  /// The leaves of `chart` rendered with `arguments`; `input` holds the merged values.
  func leaves(of chart: Chart, _ arguments: ValuesArguments, _ input: RenderInput) -> ValueLeaves {
    var leaves = ValueLeaves(vendorFiles: Set(Self.valuesFiles(below: chart)))
    leaves.add(.map(input.values), origins: origins.map)
    for layer in layers(of: arguments) { leaves.add(.map(layer), origins: origins.map) }
    addDefaults(of: chart, prefix: "", to: &leaves)
    for template in input.templates {
      if let metadata = template.data["Chart"] { leaves.add(chart: metadata, origins: origins.map) }
    }
    return leaves
  }

  /// The user's arguments, one by one. Standard input can be read only once and is named by the merged values alone.
  private func layers(of arguments: ValuesArguments) -> [MapValue] {
    func single(_ field: WritableKeyPath<ValuesArguments, [String]>) -> [MapValue] {
      arguments[keyPath: field].reversed().compactMap { text in
        guard text != "-" else { return nil }
        var one = ValuesArguments()
        one[keyPath: field] = [text]
        return try? one.merged(fileSystem: files, origins: origins)
      }
    }
    return single(\.setLiteral) + single(\.setFile) + single(\.setString) + single(\.set) + single(\.setJSON)
      + single(\.files)
  }

  /// A parent's values.yaml beats those of its subcharts.
  private func addDefaults(of chart: Chart, prefix: String, to leaves: inout ValueLeaves) {
    if let file = chart.values, let value = try? YAMLReader.value(of: file, origins: origins) {
      leaves.add(value, prefix: prefix, origins: origins.map)
    }
    for subchart in chart.subcharts {
      for name in Self.names(of: subchart, in: chart) {
        addDefaults(of: subchart, prefix: prefix.isEmpty ? name : prefix + "." + name, to: &leaves)
      }
    }
  }

  /// Under which keys a chart sets values for a subchart: its aliases, else its name.
  private static func names(of subchart: Chart, in chart: Chart) -> [String] {
    let declared = (chart.metadata.dependencies ?? []).compactMap { $0 }.filter { $0.name.text == subchart.name }
    let aliases = declared.map { $0.alias.text.isEmpty ? $0.name.text : $0.alias.text }
    return aliases.isEmpty ? [subchart.name.string] : aliases.map(\.string)
  }

  private static func valuesFiles(below chart: Chart) -> [String] {
    chart.subcharts.flatMap { subchart in
      (subchart.values.map { [$0.path] } ?? []) + valuesFiles(below: subchart)
    }
  }
}
