import Configuration
import Delivery
import Diagnostics
import Kubernetes
import Rules
import SourceText

/// The scripts of the input, and all objects that they may deliver: those of its manifests and of its charts.
struct DeliveryScope {
  private(set) var scripts: [DeliveryScript] = []
  private var diagnostics: [Diagnostic] = []
  private var objects = DeliveredObjects()
  private var trees = PlacedTrees()
  private var scans: [SuppressionScan] = []

  init(_ files: [SourceFile]) {
    let library = ScriptLibrary(files)
    for file in files {
      let (script, faults) = Delivery.read(file, library: library)
      scripts.append(script)
      diagnostics += faults
      if let scan = SuppressionScan.script(file, script) { scans.append(scan) }
      if script.kind == .other { diagnostics.append(Self.passedOver(file)) }
    }
  }

  /// Nobody may take a silent report for a look at the file.
  private static func passedOver(_ file: SourceFile) -> Diagnostic {
    Diagnostic(
      id: "script/not-read", level: .note,
      message: "no commands are read from files of this kind yet",
      primary: Label(
        SourceRange(file, ByteRange(0, file.text.bytes.firstIndex(of: UInt8(ascii: "\n")) ?? file.text.count))))
  }

  /// Adds the objects of manifests as they are.
  mutating func add(_ scope: ManifestScope) {
    if scripts.isEmpty { return }
    for (path, found) in scope.fileObjects { objects.add(found, ofFile: path) }
    trees.add(scope.content.trees)
  }

  /// Adds what a chart renders.
  mutating func add(_ scope: ManifestScope, ofChart path: String, release: String) {
    if scripts.isEmpty { return }
    objects.add(scope.content.objects, ofChart: path, release: release)
    trees.add(scope.content.trees)
  }

  func inspect(_ settings: Settings, _ request: LintRequest, _ configuration: Configuration) -> LintResult {
    guard !scripts.isEmpty else { return LintResult() }
    let namespace = request.options.namespace.string
    var scope = ManifestScope(scripts: scripts, delivering: objects, trees, namespace: namespace)
    scope.configure(configuration, ignoresVendorDefaults: configuration.ignoresVendorDefaults)
    for scan in scans { scope.add(scan) }
    var result = scope.inspect(settings, request.control)
    result.diagnostics = diagnostics + result.diagnostics
    return result
  }
}
