import Configuration
import Delivery
import Diagnostics
import Kubernetes
import Rules
import SourceText
import YAML

/// Gathers the documents of one scope and runs the rules over them.
struct ManifestScope {
  private var scope: Scope
  private var trees: PlacedTrees
  private var diagnostics: [Diagnostic] = []
  private(set) var suppressions: [Suppression] = []
  private let namespace: String
  /// The objects of each file that was not rendered.
  private(set) var fileObjects: [(path: String, objects: [KubernetesObject])] = []
  /// The name of the release; nil where nothing was rendered.
  private let release: String?

  /// `coverage`: of the render that made the documents.
  init(isComplete: Bool, namespace: String, release: String? = nil, coverage: Coverage? = nil) {
    scope = Scope(isComplete: isComplete, objects: [])
    trees = PlacedTrees(coverage: coverage)
    self.namespace = namespace
    self.release = release
  }

  /// Whether all objects go to the cluster together.
  var isOneRelease: Bool {
    get { scope.isOneRelease }
    set { scope.isOneRelease = newValue }
  }

  /// What a configuration says about the world around the input.
  mutating func configure(_ configuration: Configuration, ignoresVendorDefaults: Bool) {
    scope.external = configuration.external
    scope.workloadKinds.formUnion(configuration.workloadKinds)
    scope.ignoresVendorDefaults = ignoresVendorDefaults
  }

  var environment: String {
    get { scope.environment }
    set { scope.environment = newValue }
  }

  var varyingValues: Set<String> {
    get { scope.varyingValues }
    set { scope.varyingValues = newValue }
  }

  /// The scripts of the input beside all objects that they may deliver.
  init(scripts: [DeliveryScript], delivering objects: DeliveredObjects, _ trees: PlacedTrees, namespace: String) {
    self.init(isComplete: false, namespace: namespace)
    scope.scripts = scripts
    scope.delivered = objects
    self.trees = trees
  }

  /// What pipelines put into the chart's values.
  var pipelines: [PipelineRelease] {
    get { scope.pipelines }
    set { scope.pipelines = newValue }
  }

  /// Adds the suppressions that stand in a file.
  mutating func add(_ scan: SuppressionScan?) {
    suppressions += scan?.suppressions ?? []
    diagnostics += scan?.faults ?? []
  }

  /// Adds every document of a file that was not rendered.
  mutating func add(_ file: SourceFile) {
    add(SuppressionScan.yaml(file))
    let map = SourceMap(file: file)
    let before = scope.objects.count
    for range in documentRanges(in: file.text.bytes) { add(range, of: map, path: file.path) }
    fileObjects.append((file.path, Array(scope.objects[before...])))
  }

  /// Adds one document, a range of the map's text.
  mutating func add(_ range: ByteRange, of map: SourceMap, path: String) {
    let file = SourceFile(path: path, text: map.text.byteString)
    do throws(YAMLError) {
      _ = try YAMLReader.value(of: file, in: range, origins: OriginTable(isTracking: false))
    } catch {
      scope.unreadableDocuments += 1
      diagnostics.append(YAMLFault(error, of: map).diagnostic)
      return
    }
    let document = SourceFile(path: path, text: file[range])
    for node in ManifestReader.documents(of: document).nodes {
      trees.add(node.tree, of: map, from: range.start)
      scope.objects += KubernetesObject.all(in: node, releaseNamespace: namespace)
    }
  }

  /// The version of Kubernetes that the objects are for, and what the chart says of others.
  mutating func setVersions(target: Int?, oldest: Int? = nil) {
    scope.minorVersion = target
    scope.oldestMinorVersion = oldest
  }

  /// Adds definitions of custom resources that stand outside the input.
  mutating func add(definitions: [KubernetesObject]) { scope.definitions += definitions }

  func inspect(_ settings: Settings, _ control: LintControl) -> LintResult {
    let inspection = Engine(settings: settings).inspect(scope, provenance: trees)
    let placer = FindingPlacer(
      rules: Catalogue.rules, trees: trees, release: release, keepsTraces: control.keepsTraces)
    let annotations = ObjectSuppressions(scope.objects, trees: trees)
    var result = LintResult()
    result.diagnostics = diagnostics + annotations.faults
    for finding in inspection.findings {
      var diagnostic = placer.diagnostic(of: finding)
      for suppression in annotations.reaching(finding) {
        result.used.insert(PlaceKey(suppression.place))
        let hasExpired = control.today.map(suppression.hasExpired) ?? false
        if !hasExpired { diagnostic.standing = .suppressed(suppression.record) }
      }
      result.diagnostics.append(diagnostic)
    }
    result.suppressions = suppressions + annotations.suppressions
    result.undecidedRules = Set(inspection.outcomes.filter { $0.value.unknown > 0 }.keys)
    result.tally = LintTally(of: inspection)
    return result
  }

  /// The objects, and the way from them to source.
  var content: (objects: [KubernetesObject], trees: PlacedTrees) { (scope.objects, trees) }
}
