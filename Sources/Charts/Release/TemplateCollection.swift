import SourceText
import Values

/// Collects the templates of a tree of charts with the data each one sees.
struct TemplateCollection {
  private let origins: OriginTable
  private let release: Value
  private let capabilities: Value
  private var templates: [TemplateInput] = []

  /// The templates of `root` and all charts below it, sorted as Helm executes them.
  static func templates(
    of root: ChartNode, values: MapValue, options: ReleaseOptions, origins: OriginTable
  ) -> [TemplateInput] {
    var collection = TemplateCollection(options, origins: origins)
    _ = collection.visit(root, values: .map(values))
    return collection.sorted()
  }

  private init(_ options: ReleaseOptions, origins: OriginTable) {
    self.origins = origins
    func builtIn(_ field: String) -> OriginID { origins.builtIn(".Release.\(field)") }
    release = .map(
      MapValue([
        "Name": .string(options.name, origin: builtIn("Name")),
        "Namespace": .string(options.namespace, origin: builtIn("Namespace")),
        "IsUpgrade": .bool(options.isUpgrade, origin: builtIn("IsUpgrade")),
        "IsInstall": .bool(!options.isUpgrade, origin: builtIn("IsInstall")),
        "Revision": .int(1, origin: builtIn("Revision")),
        "Service": .string("Helm", origin: builtIn("Service")),
      ]))
    capabilities = Value(.object(CapabilitiesObject(options, origins: origins)))
  }

  /// Adds the templates of `node` and below; returns the node's data.
  private mutating func visit(_ node: ChartNode, values: Value) -> MapValue {
    let subcharts = MapValue()
    let data = MapValue(
      unsorted: [
        MapValue.Entry(key: "Capabilities", value: capabilities),
        MapValue.Entry(key: "Chart", value: .map(ChartObject.map(of: node, origins: origins))),
        MapValue.Entry(key: "Files", value: Value(.object(FilesObject(node.chart.files, origins: origins)))),
        MapValue.Entry(key: "Release", value: release), MapValue.Entry(key: "Subcharts", value: .map(subcharts)),
        MapValue.Entry(key: "Values", value: values),
      ], type: .values)
    for child in node.dependencies {
      subcharts[child.name] = .map(visit(child, values: Self.values(of: child, in: values)))
    }
    add(node, data: data)
    return data
  }

  /// A subchart's values are its parent's map under its name. The name is walked as a path: a dot in it finds nothing.
  private static func values(of child: ChartNode, in parent: Value) -> Value {
    guard let map = parent.asMap, let table = ValuePaths.table(child.name, in: map).table else {
      return .map(MapValue(type: .values))
    }
    return .map(table)
  }

  private mutating func add(_ node: ChartNode, data: MapValue) {
    let path = node.fullPath
    let basePath = Value.string(GoPath.join(path, "templates"), origin: origins.builtIn(".Template.BasePath"))
    let nameOrigin = origins.builtIn(".Template.Name")
    for file in node.chart.templates {
      let isPartial = Self.isPartial(file.name)
      if node.chart.metadata.isLibrary && !isPartial { continue }
      let name = GoPath.join(path, file.name)
      templates.append(
        TemplateInput(
          name: name, source: file.source, isPartial: isPartial, isNotes: name.ends(with: "NOTES.txt"), data: data,
          nameValue: .string(name, origin: nameOrigin), basePath: basePath))
    }
  }

  /// Whether the last element of a path starts with an underscore.
  private static func isPartial(_ path: ByteString) -> Bool {
    let start = path.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return start < path.count ? path[start] == UInt8(ascii: "_") : GoPath.base(path).starts(with: "_")
  }

  /// The reverse of: fewer slashes first, then bytewise. Of templates with one name the last that was found stays.
  private func sorted() -> [TemplateInput] {
    let depths = templates.map { template in
      template.name.bytes.reduce(0) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
    }
    let order = templates.indices.sorted { left, right in
      if depths[left] != depths[right] { return depths[left] > depths[right] }
      let order = templates[left].name.compared(to: templates[right].name)
      return order == 0 ? left > right : order > 0
    }
    var result: [TemplateInput] = []
    result.reserveCapacity(order.count)
    for index in order where result.last?.name != templates[index].name { result.append(templates[index]) }
    return result
  }
}
