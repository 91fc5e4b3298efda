import SourceText
import Values

/// `.Chart`: Chart.yaml as a map with Go's field names.
enum ChartObject {
  static func map(of node: ChartNode, origins: OriginTable) -> MapValue {
    let metadata = node.chart.metadata
    func text(_ text: MetadataText) -> Value { value(text, origins) }
    func texts(_ texts: [MetadataText]) -> Value { .list(texts.map { value($0, origins) }) }
    let name = text(node.metadata.nameText)
    return MapValue([
      "Name": name, "Home": text(metadata.home), "Sources": texts(metadata.sources),
      "Version": text(metadata.version), "Description": text(metadata.description),
      "Keywords": texts(metadata.keywords),
      "Maintainers": .list(metadata.maintainers.compactMap { $0.map { maintainer($0, origins) } }),
      "Icon": text(metadata.icon), "APIVersion": text(metadata.apiVersion), "Condition": text(metadata.condition),
      "Tags": text(metadata.tags), "AppVersion": text(metadata.appVersion),
      "Deprecated": .bool(metadata.isDeprecated), "Annotations": annotations(metadata.annotations, origins),
      "KubeVersion": text(metadata.kubeVersion),
      "Dependencies": .list((node.metadata.dependencies ?? []).map { dependency($0, origins) }),
      "Type": text(metadata.type), "IsRoot": .bool(node.isRoot),
    ])
  }

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

  private static func origin(_ text: MetadataText, _ origins: OriginTable) -> OriginID {
    text.place.map { origins.leaf($0.file, $0.range) } ?? .none
  }
}
