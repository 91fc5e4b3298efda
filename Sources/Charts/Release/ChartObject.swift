import SourceText
import Values

/// `.Chart`: Chart.yaml as a map with Go's field names.
enum ChartObject {
  private typealias Field = (key: ByteString, value: @Sendable (ChartNode, OriginTable) -> Value)

  static func map(of node: ChartNode, origins: OriginTable) -> MapValue {
    MapValue(unsorted: fields.map { MapValue.Entry(key: $0.key, value: $0.value(node, origins)) })
  }

  /// In bytewise order, so that nothing is left to sort.
  private static let fields: [Field] = [
    ("APIVersion", { value($0.chart.metadata.apiVersion, $1) }),
    ("Annotations", { annotations($0.chart.metadata.annotations, $1) }),
    ("AppVersion", { value($0.chart.metadata.appVersion, $1) }),
    ("Condition", { value($0.chart.metadata.condition, $1) }),
    (
      "Dependencies",
      { node, origins in .list((node.metadata.dependencies ?? []).map { dependency($0, origins) }) }
    ),
    ("Deprecated", { node, _ in .bool(node.chart.metadata.isDeprecated) }),
    ("Description", { value($0.chart.metadata.description, $1) }),
    ("Home", { value($0.chart.metadata.home, $1) }),
    ("Icon", { value($0.chart.metadata.icon, $1) }),
    ("IsRoot", { node, _ in .bool(node.isRoot) }),
    ("Keywords", { values($0.chart.metadata.keywords, $1) }),
    ("KubeVersion", { value($0.chart.metadata.kubeVersion, $1) }),
    (
      "Maintainers",
      { node, origins in .list(node.chart.metadata.maintainers.compactMap { $0.map { maintainer($0, origins) } }) }
    ),
    ("Name", { value($0.metadata.nameText, $1) }),
    ("Sources", { values($0.chart.metadata.sources, $1) }),
    ("Tags", { value($0.chart.metadata.tags, $1) }),
    ("Type", { value($0.chart.metadata.type, $1) }),
    ("Version", { value($0.chart.metadata.version, $1) }),
  ]

  private static func maintainer(_ maintainer: Maintainer, _ origins: OriginTable) -> Value {
    .map(
      MapValue([
        "Name": value(maintainer.name, origins), "Email": value(maintainer.email, origins),
        "URL": value(maintainer.url, origins),
      ]))
  }

  private static func dependency(_ dependency: NodeDependency, _ origins: OriginTable) -> Value {
    let declared = dependency.declared
    let name = Value.string(dependency.name, origin: origin(declared.name, origins))
    return .map(
      MapValue([
        "Name": name, "Version": value(declared.version, origins), "Repository": value(declared.repository, origins),
        "Condition": value(declared.condition, origins), "Tags": .list(declared.tags.map { value($0, origins) }),
        "Enabled": .bool(dependency.isEnabled), "ImportValues": importValues(of: dependency),
        "Alias": value(declared.alias, origins),
      ]))
  }

  /// Once processed, every item is a pair of paths; before, it is what the chart says.
  private static func importValues(of dependency: NodeDependency) -> Value {
    if let processed = dependency.processedImports {
      return .list(processed.map { .map(pair(child: $0.child, parent: $0.parent, type: .string)) })
    }
    return .list(
      dependency.declared.importValues.compactMap { item in
        switch item {
        case .export(let name): .string(name)
        case .paths(let child, let parent): .map(pair(child: child, parent: parent, type: .any))
        case .other: nil
        }
      })
  }

  private static func pair(child: ByteString, parent: ByteString, type: MapType) -> MapValue {
    MapValue(
      unsorted: [
        MapValue.Entry(key: "child", value: .string(child)), MapValue.Entry(key: "parent", value: .string(parent)),
      ], type: type)
  }

  private static func annotations(
    _ annotations: [(key: ByteString, value: MetadataText)]?, _ origins: OriginTable
  ) -> Value {
    guard let annotations else { return .map(MapValue(type: .string, isNil: true)) }
    return .map(
      MapValue(
        unsorted: annotations.map { MapValue.Entry(key: $0.key, value: value($0.value, origins)) }, type: .string))
  }

  private static func value(_ text: MetadataText, _ origins: OriginTable) -> Value {
    .string(text.text, origin: origin(text, origins))
  }

  private static func values(_ texts: [MetadataText], _ origins: OriginTable) -> Value {
    .list(texts.map { value($0, origins) })
  }

  private static func origin(_ text: MetadataText, _ origins: OriginTable) -> OriginID {
    text.place.map { origins.leaf($0.file, $0.range) } ?? .none
  }
}
