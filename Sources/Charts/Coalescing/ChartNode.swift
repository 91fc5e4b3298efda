import SourceText
import Values

/// All nodes of one release. It keeps those alive that have left the tree: they still give their names to the
/// paths of charts below them.
final class ChartTree {
  private var nodes: [ChartNode] = []

  fileprivate func keep(_ node: ChartNode) { nodes.append(node) }

  /// The node of `chart` with all below it. Decodes their values, in the order in which Helm would have met
  /// them while loading.
  func node(_ chart: Chart, origins: OriginTable) throws(ChartError) -> ChartNode {
    var values = MapValue()
    if let file = chart.values {
      values = try ValuesDocuments.chartDefaults(file, prefix: chart.errorPrefix, origins: origins)
    }
    let node = ChartNode(chart: chart, metadata: NodeMetadata(chart.metadata), values: values, tree: self)
    var children: [ChartNode] = []
    for subchart in chart.subcharts { children.append(try self.node(subchart, origins: origins)) }
    node.setDependencies(children)
    return node
  }
}

/// A chart as it takes part in one release: its name, dependencies and values change while the release is prepared.
final class ChartNode {
  let chart: Chart
  /// Shared by the copies that Helm makes for aliases' own subcharts, as its pointers are.
  var metadata: NodeMetadata
  var values: MapValue
  /// Another node may hold the same maps.
  private(set) var sharesValues = false
  private(set) var dependencies: [ChartNode] = []
  private(set) weak var parent: ChartNode?
  private unowned let tree: ChartTree

  fileprivate init(chart: Chart, metadata: NodeMetadata, values: MapValue, tree: ChartTree) {
    self.chart = chart
    self.metadata = metadata
    self.values = values
    self.tree = tree
    tree.keep(self)
  }

  var name: ByteString { metadata.name }
  var isRoot: Bool { parent == nil }

  /// `parent/charts/child`
  var fullPath: ByteString {
    guard let parent else { return name }
    return parent.fullPath + "/charts/" + name
  }

  func setDependencies(_ nodes: [ChartNode]) {
    dependencies = nodes
    for node in nodes { node.parent = self }
  }

  private func sharesSubtree() {
    sharesValues = true
    for node in dependencies { node.sharesSubtree() }
  }

  /// The copy that an entry of `dependencies` uses: its own metadata and list of subcharts, the values shared.
  func copy(named alias: MetadataText?) -> ChartNode {
    let copy = ChartNode(chart: chart, metadata: metadata.copy(), values: values, tree: tree)
    copy.parent = parent
    copy.sharesValues = true
    copy.setDependencies(
      dependencies.map { node in
        let inner = ChartNode(chart: node.chart, metadata: node.metadata, values: node.values, tree: tree)
        // One level only: what lies deeper keeps its parent.
        inner.dependencies = node.dependencies
        inner.sharesValues = true
        node.sharesSubtree()
        return inner
      })
    if let alias { copy.metadata.setName(alias) }
    return copy
  }
}

/// The part of a chart's metadata that preparing a release changes.
final class NodeMetadata {
  /// The chart's name, or the alias under which its parent uses it, with where that is written.
  private(set) var nameText: MetadataText
  var name: ByteString { nameText.text }
  /// Nil when the chart declares none.
  var dependencies: [NodeDependency]?

  init(_ metadata: ChartMetadata) {
    nameText = metadata.name
    dependencies = metadata.dependencies?.compactMap { $0.map(NodeDependency.init) }
  }

  private init(name: MetadataText, dependencies: [NodeDependency]?) {
    nameText = name
    self.dependencies = dependencies
  }

  func setName(_ alias: MetadataText) { nameText = alias }

  func copy() -> NodeMetadata {
    NodeMetadata(name: nameText, dependencies: dependencies?.map { $0.copy() })
  }
}

/// An entry of `dependencies` in one release.
final class NodeDependency {
  let declared: ChartDependency
  /// The alias once the entry has been processed.
  var name: ByteString
  var isEnabled: Bool
  /// `import-values` as templates see them once they were processed; nil before.
  var processedImports: [(child: ByteString, parent: ByteString)]?

  init(_ declared: ChartDependency) {
    self.declared = declared
    name = declared.name.text
    isEnabled = declared.isEnabled
  }

  func copy() -> NodeDependency {
    let copy = NodeDependency(declared)
    copy.name = name
    copy.isEnabled = isEnabled
    copy.processedImports = processedImports
    return copy
  }
}
