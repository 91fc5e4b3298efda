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
  private let namespace: String
  /// The objects of each file that was not rendered.
  private(set) var fileObjects: [(path: String, objects: [KubernetesObject])] = []

  /// `coverage`: of the render that made the documents.
  init(isComplete: Bool, namespace: String, coverage: Coverage? = nil) {
    scope = Scope(isComplete: isComplete, objects: [])
    trees = PlacedTrees(coverage: coverage)
    self.namespace = namespace
  }

  /// Whether all objects go to the cluster together.
  var isOneRelease: Bool {
    get { scope.isOneRelease }
    set { scope.isOneRelease = newValue }
  }

  var ignoresVendorDefaults: Bool {
    get { scope.ignoresVendorDefaults }
    set { scope.ignoresVendorDefaults = newValue }
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

  /// Adds every document of a file that was not rendered.
  mutating func add(_ file: SourceFile) {
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

  func inspect(_ settings: Settings) -> LintResult {
    let inspection = Engine(settings: settings).inspect(scope, provenance: trees)
    let placer = FindingPlacer(rules: Catalogue.rules, trees: trees)
    var result = LintResult()
    result.diagnostics = diagnostics + inspection.findings.map { placer.diagnostic(of: $0) }
    result.tally = LintTally(of: inspection)
    return result
  }

  /// The objects, and the way from them to source.
  var content: (objects: [KubernetesObject], trees: PlacedTrees) { (scope.objects, trees) }
}
