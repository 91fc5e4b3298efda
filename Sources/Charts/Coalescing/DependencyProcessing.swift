import SemanticVersions
import SourceText
import Values

/// Decides which subcharts take part, under which names, and what they export to their parents.
struct DependencyProcessing {
  private(set) var log: [LogLine] = []
  /// Whether values are laid over each other even where nothing looks at the result but the log.
  private let isThorough: Bool
  /// Whether that was left out somewhere, and with it lines of the log.
  private(set) var isAbridged = false
  /// Whether such lines are likely to exist, also when laying the values of the root chart over each other logs none.
  private(set) var mayLackLines = false

  init(isThorough: Bool = false) { self.isThorough = isThorough }

  /// Prunes and renames the subcharts of `root`, then imports values; `given` are the user's values.
  mutating func process(_ root: ChartNode, given: MapValue) throws(ChartError) {
    try enable(root, values: given, layers: [given], path: "")
    try importValues(into: root)
  }

  /// - Parameters:
  ///   - values: The values of the whole release as far as they are laid over each other.
  ///   - layers: What they would be, in layers.
  private mutating func enable(
    _ node: ChartNode, values: MapValue, layers: [MapValue], path: ByteString
  ) throws(ChartError) {
    guard let declared = node.metadata.dependencies else { return }
    node.setDependencies(Self.selected(node, declared))
    for entry in declared {
      if !entry.declared.alias.isEmpty { entry.name = entry.declared.alias.text }
      entry.isEnabled = true
    }
    var coalesced = values
    var inner = layers
    // Only conditions and tags look at the values; without any, laying them over each other can only fail.
    if isThorough || Self.asksValues(node) || Self.mayMismatch(node, [values]) {
      coalesced = try Coalescer.values(of: node, under: values, log: &log)
      inner = [coalesced]
    } else {
      isAbridged = true
      // Below the root the values are those of another chart: what Helm complains of there shows nowhere else.
      if !path.isEmpty && ValueConflicts.mayComplain(node, under: layers) { mayLackLines = true }
      if node.dependencies.contains(where: { $0.metadata.dependencies != nil }) {
        inner += ValueConflicts.layers(of: node)
      }
    }
    applyTags(declared, coalesced)
    applyConditions(declared, coalesced, path: path)
    let removed = Set(declared.filter { !$0.isEnabled }.map(\.name))
    let kept = node.dependencies.filter { !removed.contains($0.name) }
    for child in kept { try enable(child, values: coalesced, layers: inner, path: path + child.name + ".") }
    let keptEntries = declared.filter { !removed.contains($0.name) }
    node.metadata.dependencies = keptEntries.isEmpty ? nil : keptEntries
    node.setDependencies(kept)
  }

  /// Subcharts that no entry asks for stay as they are; each entry takes a copy of the chart it asks for.
  private static func selected(_ node: ChartNode, _ declared: [NodeDependency]) -> [ChartNode] {
    func fits(_ entry: NodeDependency, _ child: ChartNode) -> Bool {
      child.name == entry.name
        && VersionRange.isCompatible(entry.declared.version.text, child.chart.metadata.version.text)
    }
    var result = node.dependencies.filter { child in !declared.contains { fits($0, child) } }
    for entry in declared {
      if let child = node.dependencies.first(where: { fits(entry, $0) }) {
        result.append(child.copy(named: entry.declared.alias.isEmpty ? nil : entry.declared.alias))
      }
    }
    return result
  }

  private static func asksValues(_ node: ChartNode) -> Bool {
    (node.metadata.dependencies ?? []).contains { !$0.declared.tags.isEmpty || !$0.declared.condition.isEmpty }
      || node.dependencies.contains(where: asksValues)
  }

  /// Whether anything but a map may stand where a subchart's values belong.
  private static func mayMismatch(_ node: ChartNode, _ sources: [MapValue]) -> Bool {
    node.dependencies.contains { child in
      var inner: [MapValue] = []
      for source in sources + [node.values] {
        guard let value = source[child.name] else { continue }
        guard let map = value.asMap else { return true }
        inner.append(map)
      }
      return mayMismatch(child, inner)
    }
  }

  private mutating func applyTags(_ declared: [NodeDependency], _ values: MapValue) {
    guard let tags = values["tags"]?.asMap else { return }
    for entry in declared {
      var hasTrue = false
      var hasFalse = false
      for tag in entry.declared.tags {
        guard let value = tags[tag.text] else { continue }
        if case .bool(let flag) = value.datum {
          if flag { hasTrue = true } else { hasFalse = true }
        } else {
          log.append(LogLine(.warning, "returned non-bool value", ["tag": tag.text, "chart": entry.name]))
        }
      }
      entry.isEnabled = hasTrue || !hasFalse
    }
  }

  private mutating func applyConditions(_ declared: [NodeDependency], _ values: MapValue, path: ByteString) {
    for entry in declared {
      let condition = entry.declared.condition.text.withoutSpaceAround
      for part in condition.bytes.split(separator: UInt8(ascii: ",")) {
        guard let value = ValuePaths.value(path + ByteString(part), in: values) else { continue }
        if case .bool(let flag) = value.datum {
          entry.isEnabled = flag
          break
        }
        log.append(
          LogLine(.warning, "returned non-bool value", ["path": ByteString(part), "chart": entry.name]))
      }
    }
  }

  // MARK: import-values

  private mutating func importValues(into node: ChartNode) throws(ChartError) {
    for child in node.dependencies { try importValues(into: child) }
    guard let declared = node.metadata.dependencies else { return }
    let own = try Coalescer.values(of: node, under: nil, merging: true, log: &log)
    let imported = MapValue()
    for entry in declared {
      var processed: [(child: ByteString, parent: ByteString)] = []
      // A chart under two aliases shares its entries: the second time they are pairs already, which nobody reads.
      let items = entry.processedImports == nil ? entry.declared.importValues : []
      for item in items {
        let child: ByteString
        let parent: ByteString
        switch item {
        case .other: continue
        case .export(let name): (child, parent) = ("exports." + name, ".")
        case .paths(let from, let to): (child, parent) = (from, to)
        }
        processed.append((child, parent))
        let (table, missing) = ValuePaths.table(entry.name + "." + child, in: own)
        guard let table else {
          warnOfMissingTable(missing, item: item, entry: entry)
          continue
        }
        // Not a copy: what a later entry adds at the same path shows in this subchart's values too.
        Coalescer.mergeTables(imported, Self.nested(table, at: parent), log: &log)
      }
      entry.processedImports = processed
    }
    if imported.isEmpty {
      node.values = own
      return
    }
    if ValueMerging.isCyclic(own) || ValueMerging.isCyclic(imported) {
      throw ChartError("import-values of " + node.name + " put a table into itself")
    }
    let merged = ValueMerging.deepCopy(own)
    Coalescer.mergeTables(merged, ValueMerging.deepCopy(imported), log: &log)
    node.values = merged
  }

  private mutating func warnOfMissingTable(
    _ missing: ByteString, item: ChartDependency.ImportItem, entry: NodeDependency
  ) {
    let reason = GoText.quoted(missing) + " is not a table"
    if case .export = item {
      log.append(LogLine(.warning, "ImportValues missing table", ["error": reason]))
    } else {
      log.append(LogLine(.warning, "ImportValues missing table from chart", ["chart": entry.name, "error": reason]))
    }
  }

  /// A map with `table` at a dotted path; `.` is the root itself.
  private static func nested(_ table: MapValue, at path: ByteString) -> MapValue {
    if path == "." { return table }
    var result = table
    for step in path.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).reversed() {
      let outer = MapValue()
      outer[ByteString(step)] = .map(result)
      result = outer
    }
    return result
  }
}

/// Helm's check of a version against a range; whatever does not parse does not fit.
enum VersionRange {
  static func isCompatible(_ range: ByteString, _ version: ByteString) -> Bool {
    guard let version = try? SemanticVersion(version.string),
      let constraint = try? VersionConstraint(range.string)
    else { return false }
    return constraint.isSatisfied(by: version)
  }
}
