import SourceText

/// Reads the files of a chart directory in Helm's order, following symbolic links.
struct DirectoryWalk {
  /// One file as it was found: its path inside the chart, and its content.
  typealias Entry = ChartFile

  /// More directories inside each other than any path of the operating system can hold.
  private static let depthLimit = 2048

  private let fileSystem: any FileSystem
  /// The absolute path of the chart, without a slash at the end.
  private let root: String
  /// How the user would write the chart's path, in front of each file's.
  private let displayRoot: String
  private let rules: IgnoreRules
  private let limits: ChartLimits
  private var remaining: Int
  private var files: [Entry] = []
  private var log: [LogLine] = []

  static func files(
    in root: String, shownAs displayRoot: String, fileSystem: any FileSystem, limits: ChartLimits = ChartLimits(),
    log: inout [LogLine]
  ) throws(ChartError) -> [Entry] {
    let ignoreFile = regularFile(root + "/.helmignore", fileSystem).map {
      SourceFile(path: displayRoot + ".helmignore", text: $0)
    }
    var walk = DirectoryWalk(
      fileSystem: fileSystem, root: root, displayRoot: displayRoot, rules: try IgnoreRules(ignoreFile),
      limits: limits)
    defer { log += walk.log }
    try walk.visitChildren(of: root, prefix: "", depth: 0)
    return walk.files
  }

  /// The content of a file; nil where there is none, or a pipe or device that may never end.
  private static func regularFile(_ path: String, _ fileSystem: any FileSystem) -> ByteString? {
    guard let resolved = try? fileSystem.resolve(path) else { return nil }
    return (try? fileSystem.kind(of: resolved)) == .file ? try? fileSystem.read(resolved) : nil
  }

  private init(
    fileSystem: any FileSystem, root: String, displayRoot: String, rules: IgnoreRules, limits: ChartLimits
  ) {
    self.limits = limits
    remaining = limits.chartBytes
    self.fileSystem = fileSystem
    self.root = root
    self.displayRoot = displayRoot
    self.rules = rules
  }

  /// - Parameter prefix: what the names in `folder` get in front to be paths inside the chart.
  private mutating func visitChildren(of folder: String, prefix: String, depth: Int) throws(ChartError) {
    guard depth < Self.depthLimit else { throw ChartError("lstat \(folder): file name too long") }
    let entries: [DirectoryEntry]
    do {
      entries = try fileSystem.entries(of: folder)
    } catch {
      throw ChartError("open \(root)/\(prefix.dropLast()): \(error.message)")
    }
    for entry in entries {
      try visit(prefix + entry.name, kind: entry.kind, depth: depth)
    }
  }

  private mutating func visit(_ path: String, kind given: FileKind?, depth: Int) throws(ChartError) {
    let absolute = root + "/" + path
    var kind: FileKind
    if let given { kind = given } else { kind = try self.kind(of: absolute) }
    if kind == .symbolicLink {
      let resolved: String
      do {
        resolved = try fileSystem.resolve(absolute)
      } catch {
        throw ChartError("error evaluating symlink \(absolute): lstat \(error.path): \(error.message)")
      }
      log.append(
        LogLine(
          .info, "found symbolic link in path. Contents of linked file included and used",
          ["path": ByteString(absolute), "resolved": ByteString(resolved)]))
      kind = try self.kind(of: resolved)
    }
    if rules.ignores(ByteString(path), isDirectory: kind == .directory) { return }
    switch kind {
    case .directory: try visitChildren(of: absolute, prefix: path + "/", depth: depth + 1)
    case .file: try read(path, at: absolute)
    case .other, .symbolicLink:
      throw ChartError("cannot load irregular file \(absolute) as it has file mode type bits set")
    }
  }

  private func kind(of path: String) throws(ChartError) -> FileKind {
    do {
      return try fileSystem.kind(of: path)
    } catch {
      throw ChartError("lstat \(path): \(error.message)")
    }
  }

  private mutating func read(_ path: String, at absolute: String) throws(ChartError) {
    let content: ByteString
    do {
      content = try fileSystem.read(absolute)
    } catch {
      throw ChartError("error reading \(path): open \(absolute): \(error.message)")
    }
    if content.count > limits.fileBytes {
      let name = GoText.quoted(GoPath.base(ByteString(path)))
      throw ChartError("chart file " + name + ByteString(" is larger than the maximum file size \(limits.fileBytes)"))
    }
    remaining -= content.count
    if remaining <= 0 {
      throw ChartError("error reading \(path): chart exceeds maximum decompressed size of \(limits.chartBytes) bytes")
    }
    files.append(
      ChartFile(
        name: ByteString(path),
        source: SourceFile(path: displayRoot + path, text: ByteOrderMark.removed(from: content))))
  }
}

/// The UTF-8 byte order mark, which Helm cuts from the start of every file of a chart.
enum ByteOrderMark {
  static func removed(from text: ByteString) -> ByteString {
    text.starts(with: "\u{FEFF}") ? text[3..<text.count] : text
  }
}
