import SourceText

/// What a path is to the linter.
package enum LintInput: Hashable, Sendable {
  /// A chart's folder or archive.
  case chart(String)
  /// Files of Kubernetes objects, YAML or JSON, that are looked at together. Complete when they are all that a folder
  /// holds: what is not among them does not exist.
  case manifests([String], isComplete: Bool)
  /// A shell script, Makefile or CI file.
  case script(String)
  /// Objects on standard input.
  case standardInput
}

/// A path that cannot be linted, and why.
package struct UnusableInput: Hashable, Sendable {
  package var path: String
  package var reason: String
}

/// Finds what is to be linted below the paths that a user gave.
package struct LintInputs: Sendable {
  /// In the order of the paths, below each in bytewise order; each thing once. Manifests that were named one by one
  /// come last, as one input.
  package private(set) var inputs: [LintInput] = []
  package private(set) var unusable: [UnusableInput] = []

  var charts: [String] {
    inputs.compactMap { if case .chart(let path) = $0 { path } else { nil } }
  }

  var scripts: [String] {
    inputs.compactMap { if case .script(let path) = $0 { path } else { nil } }
  }

  /// Folders are walked; charts in them are inputs as a whole. A file inside a chart stands for its chart.
  package init(paths: [String], files: any FileSystem) {
    var walk = InputWalk(files: files)
    for path in paths { walk.add(path) }
    walk.finish()
    inputs = walk.inputs
    unusable = walk.unusable
  }
}

private struct InputWalk {
  let files: any FileSystem
  private(set) var inputs: [LintInput] = []
  private(set) var unusable: [UnusableInput] = []
  private var seen: Set<LintInput> = []
  private var seenManifests: Set<String> = []
  /// The manifests of the folder that is being walked.
  private var walked: [String] = []
  /// Whether the folder that is being walked holds anything, be it known already.
  private var hasFound = false
  /// The manifests that were named.
  private var named: [String] = []

  init(files: any FileSystem) { self.files = files }

  /// Deeper folders are taken for a loop.
  private static let deepest = 64

  mutating func add(_ path: String) {
    if path == "-" { return add(.standardInput) }
    do {
      switch try files.kind(of: files.resolve(path)) {
      case .directory:
        walked = []
        hasFound = false
        chart(enclosing: path).map { add(.chart($0)) } ?? walk(path, depth: 0)
        if !walked.isEmpty { add(.manifests(walked, isComplete: true)) }
        if !hasFound {
          unusable.append(UnusableInput(path: path, reason: "holds no chart, manifest, script or CI file"))
        }
      case .file: addFile(path)
      case .other, .symbolicLink: unusable.append(UnusableInput(path: path, reason: "not a file or a folder"))
      }
    } catch {
      unusable.append(UnusableInput(path: path, reason: error.message))
    }
  }

  private mutating func add(_ input: LintInput) {
    hasFound = true
    if seen.insert(input).inserted { inputs.append(input) }
  }

  /// A file that was named: whatever it is, it is to be linted.
  private mutating func addFile(_ path: String) {
    if path.hasSuffix(".tgz") || path.hasSuffix(".tar.gz") { return add(.chart(path)) }
    if let chart = chart(enclosing: Path.directory(path)) { return add(.chart(chart)) }
    switch InputKind.kind(of: path, files: files) {
    case .script: add(.script(path))
    case .manifest: addManifest(path, to: \.named)
    case nil where [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }: addManifest(path, to: \.named)
    case nil:
      unusable.append(UnusableInput(path: path, reason: "neither a chart, a manifest, a script nor a CI file"))
    }
  }

  private mutating func addManifest(_ path: String, to group: WritableKeyPath<InputWalk, [String]>) {
    hasFound = true
    if seenManifests.insert(path).inserted { self[keyPath: group].append(path) }
  }

  /// Adds what was gathered over all paths.
  mutating func finish() {
    if !named.isEmpty { add(.manifests(named, isComplete: false)) }
  }

  private mutating func walk(_ folder: String, depth: Int) {
    guard depth < Self.deepest, let names = try? files.list(folder) else { return }
    if names.contains("Chart.yaml") { return add(.chart(folder)) }
    for name in names {
      let path = Path.join(folder, name)
      switch try? files.kind(of: path) {
      case .directory where !InputKind.isIgnoredFolder(name): walk(path, depth: depth + 1)
      case .file, .symbolicLink:
        switch InputKind.kind(of: path, files: files) {
        case .script: add(.script(path))
        case .manifest: addManifest(path, to: \.walked)
        case nil: break
        }
      case .directory, .other, nil: break
      }
    }
  }

  // MARK: Charts

  /// The chart that a folder belongs to: the nearest one upward and, of a subchart, its outermost parent.
  private func chart(enclosing folder: String) -> String? {
    var candidate = folder
    for _ in 0..<Self.deepest {
      if isChart(candidate) { return outermost(candidate) }
      guard let parent = Path.parent(of: candidate, files: files) else { return nil }
      candidate = parent
    }
    return nil
  }

  private func outermost(_ chart: String) -> String {
    var chart = chart
    for _ in 0..<Self.deepest {
      guard let charts = Path.parent(of: chart, files: files), files.absolute(charts).hasSuffix("/charts"),
        let parent = Path.parent(of: charts, files: files), isChart(parent)
      else { break }
      chart = parent
    }
    return chart
  }

  private func isChart(_ folder: String) -> Bool {
    (try? files.kind(of: files.resolve(Path.join(folder, "Chart.yaml")))) == .file
  }
}

/// Paths as the file system takes them.
enum Path {
  static func clean(_ path: String) -> String { GoPath.clean(ByteString(path)).string }
  static func join(_ folder: String, _ name: String) -> String {
    GoPath.join(ByteString(folder), ByteString(name)).string
  }
  static func base(_ path: String) -> String { GoPath.base(ByteString(path)).string }
  static func directory(_ path: String) -> String { GoPath.directory(ByteString(path)).string }

  /// The parent as a user would write it: shorter where that is possible, else absolute.
  static func parent(of folder: String, files: any FileSystem) -> String? {
    let clean = Path.clean(folder)
    if clean != ".", clean != "/", base(clean) != ".." { return directory(clean) }
    let absolute = files.absolute(clean)
    return absolute == "/" ? nil : directory(absolute)
  }
}
