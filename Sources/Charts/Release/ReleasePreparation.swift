import JSONSchema
import SourceText
import Values

/// One run of a render up to its templates: what Helm does between its flags and its template engine.
package struct ReleaseRequest: Sendable {
  /// The chart as the user named it.
  package var chart: String
  /// `--repo`
  package var repository = ""
  /// `--verify`
  package var isVerifying = false
  /// `--dependency-update`
  package var updatesDependencies = false
  package var values = ValuesArguments()
  package var options = ReleaseOptions()

  package init(chart: String) { self.chart = chart }
}

/// Does Helm's steps in Helm's order, so that the first failure is the one that Helm reports.
package struct ReleasePreparation {
  private let fileSystem: any FileSystem
  private let origins: OriginTable
  private let limits: ChartLimits
  private let workers: Workers
  /// What Helm logs on the way, also when it then fails.
  package private(set) var log: [LogLine] = []
  /// What Helm tells on standard output on the way.
  package private(set) var notices: [String] = []

  package init(
    fileSystem: any FileSystem, origins: OriginTable, limits: ChartLimits = ChartLimits(), workers: Workers = .alone
  ) {
    self.limits = limits
    self.fileSystem = fileSystem
    self.origins = origins
    self.workers = workers
  }

  /// Locates the chart, merges the user's values and loads the chart, unless it is known: what `prepare` then starts
  /// from.
  package mutating func load(
    _ request: ReleaseRequest, known: Chart? = nil
  ) throws(ChartError) -> (chart: Chart, values: MapValue) {
    let loader = ChartLoader(fileSystem, limits: limits, workers: workers)
    _ = try loader.locate(request.chart, repository: request.repository, verifying: request.isVerifying)
    let given = try request.values.merged(fileSystem: fileSystem, origins: origins)
    if let known { return (known, given) }
    var chart = try loader.load(request.chart, log: &log)
    if request.updatesDependencies, chart.metadata.type.text != "library" {
      var update = DependencyUpdate(fileSystem, chart: request.chart, limits: limits)
      defer { (log, notices) = (log + update.log, update.notices) }
      chart = try update.completed(chart)
    }
    return (chart, given)
  }

  /// The same with a chart that is already loaded.
  package mutating func prepare(_ chart: Chart, _ request: ReleaseRequest) throws(ChartError) -> RenderInput {
    let given = try request.values.merged(fileSystem: fileSystem, origins: origins)
    return try prepare(chart, values: given, options: request.options)
  }

  /// From a loaded chart and merged values on.
  package mutating func prepare(
    _ chart: Chart, values given: MapValue, options: ReleaseOptions
  ) throws(ChartError) -> RenderInput {
    let tree = ChartTree()
    let root = try tree.node(chart, origins: origins)
    try checkInstallable(chart)
    try checkName(options)
    let values = try coalescedValues(of: root, given: given)
    if !options.skipsSchemaValidation { try SchemaValidation.validate(root, values, origins: origins) }
    try options.checkLabels()
    try checkKubeVersion(chart, options)
    return RenderInput(
      templates: TemplateCollection.templates(of: root, values: values, options: options, origins: origins),
      crds: Self.crds(of: root), values: values, chartName: root.name, tree: tree)
  }

  private mutating func checkInstallable(_ chart: Chart) throws(ChartError) {
    let type = chart.metadata.type
    if type.text == "library" { throw ChartError("library charts are not installable", at: type.place) }
    if chart.metadata.isDeprecated { log.append(LogLine(.warning, "this chart is deprecated")) }
    let missing = (chart.metadata.dependencies ?? []).compactMap { entry -> MetadataText? in
      guard let name = entry?.name, !chart.subcharts.contains(where: { $0.name == name.text }) else { return nil }
      return name
    }
    guard let first = missing.first else { return }
    throw ChartError(
      "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch "
        + "missing dependencies: found in Chart.yaml, but missing in charts/ directory: "
        + missing.map(\.text.string).joined(separator: ", "), at: first.place)
  }

  private mutating func checkName(_ options: ReleaseOptions) throws(ChartError) {
    do {
      try options.checkName()
    } catch {
      throw failed("release name check failed", error)
    }
  }

  /// What the templates see, once the subcharts are chosen and have exported their values.
  private mutating func coalescedValues(of root: ChartNode, given: MapValue) throws(ChartError) -> MapValue {
    var processing = DependencyProcessing()
    do {
      try processing.process(root, given: given)
    } catch {
      log += processing.log
      throw failed("chart dependencies processing failed", error)
    }
    var lines: [LogLine] = []
    let values: MapValue
    do {
      values = try Coalescer.values(of: root, under: given, isFinal: true, log: &lines)
    } catch {
      log += processing.log + lines
      throw error
    }
    // Helm complains of the same fault each time it lays values over each other, also where we need not do it.
    let isComplete = !processing.isAbridged || lines.isEmpty && !processing.mayLackLines
    log += isComplete ? processing.log + lines : Self.completeLog(of: root.chart, given: given)
    return values
  }

  /// The log of a preparation that leaves nothing out.
  private static func completeLog(of chart: Chart, given: MapValue) -> [LogLine] {
    let tree = ChartTree()
    // Nodes do not hold their tree.
    defer { withExtendedLifetime(tree) {} }
    guard let root = try? tree.node(chart, origins: OriginTable(isTracking: false)) else { return [] }
    var processing = DependencyProcessing(isThorough: true)
    try? processing.process(root, given: given)
    var lines: [LogLine] = []
    _ = try? Coalescer.values(of: root, under: given, isFinal: true, log: &lines)
    return processing.log + lines
  }

  /// Helm logs the failure of some steps before it reports them.
  private mutating func failed(_ step: ByteString, _ error: ChartError) -> ChartError {
    log.append(LogLine(.error, step, ["error": error.message]))
    return error.prefixed(step + ": ")
  }

  private func checkKubeVersion(_ chart: Chart, _ options: ReleaseOptions) throws(ChartError) {
    let range = chart.metadata.kubeVersion
    if range.isEmpty || VersionRange.isCompatible(range.text, options.kubeVersion.normalized) { return }
    throw ChartError(
      "chart requires kubeVersion: " + range.text + " which is incompatible with Kubernetes "
        + options.kubeVersion.version, at: range.place, isReleaseMade: true)
  }

  private static func crds(of node: ChartNode) -> [CustomResourceFile] {
    let path = node.fullPath
    let own = node.chart.files.filter { $0.name.hasPrefix("crds/") && isManifest($0.name) }.map {
      CustomResourceFile(name: GoPath.join(path, $0.name), source: $0.source)
    }
    return own + node.dependencies.flatMap(crds)
  }

  /// The extensions of manifests, in any case.
  private static func isManifest(_ name: ByteString) -> Bool {
    [".yaml", ".yml", ".json"].contains(GoPath.fileExtension(name).string.lowercased())
  }
}
