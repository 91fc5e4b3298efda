import SourceText
import Values

/// Collects the templates of a tree of charts with the data each one sees.
struct TemplateCollection {
  private let origins: OriginTable
  private let release: Value
  private let capabilities: Value
  private var templates: [ByteString: TemplateInput] = [:]

  /// The templates of `root` and all charts below it, sorted as Helm executes them.
  static func templates(
    of root: ChartNode, values: MapValue, options: ReleaseOptions, origins: OriginTable
  ) -> [TemplateInput] {
    var collection = TemplateCollection(options, origins: origins)
    _ = collection.visit(root, values: .map(values))
    return collection.templates.values.sorted(by: precedes)
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
        MapValue.Entry(key: "Chart", value: .map(ChartObject.map(of: node, origins: origins))),
        MapValue.Entry(key: "Files", value: Value(.object(FilesObject(node.chart.files, origins: origins)))),
        MapValue.Entry(key: "Release", value: release), MapValue.Entry(key: "Capabilities", value: capabilities),
        MapValue.Entry(key: "Values", value: values), MapValue.Entry(key: "Subcharts", value: .map(subcharts)),
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
    for file in node.chart.templates {
      let isPartial = GoPath.base(file.name).hasPrefix("_")
      if node.chart.metadata.isLibrary && !isPartial { continue }
      let name = GoPath.join(path, file.name)
      templates[name] = TemplateInput(
        name: name, source: file.source, isPartial: isPartial, isNotes: name.hasSuffix("NOTES.txt"), data: data,
        template: MapValue(
          unsorted: [
            MapValue.Entry(key: "Name", value: .string(name, origin: origins.builtIn(".Template.Name"))),
            MapValue.Entry(key: "BasePath", value: basePath),
          ], type: .values))
    }
  }

  /// The reverse of: fewer slashes first, then bytewise.
  private static func precedes(_ left: TemplateInput, _ right: TemplateInput) -> Bool {
    let (leftDepth, rightDepth) = (depth(left.name), depth(right.name))
    return leftDepth == rightDepth ? left.name > right.name : leftDepth > rightDepth
  }

  private static func depth(_ name: ByteString) -> Int {
    name.bytes.reduce(0) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
  }
}
