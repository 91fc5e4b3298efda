import SourceText
import Synchronization

/// Reads the files of a chart directory in Helm's order, following symbolic links.
///
/// With several workers the folders are walked first and the files read then, on all of them; folders with many
/// folders in them (`charts/`) are walked and read side by side. What comes out, or fails, is what a walk in order
/// would have met first.
struct DirectoryWalk {
  /// One file as it was found: its path inside the chart, and its content.
  typealias Entry = ChartFile

  /// More directories inside each other than any path of the operating system can hold.
  private static let depthLimit = 2048
  /// So many folders in one are worth starting threads.
  private static let worthwhileFolders = 8
  /// What a file has, roughly, before it is read.
  private static let usualBytes = 2048

  private let fileSystem: any FileSystem
  /// The absolute path of the chart, without a slash at the end.
  private let root: String
  /// How the user would write the chart's path, in front of each file's.
  private let displayRoot: String
  private let rules: IgnoreRules
  private let limits: ChartLimits
  private let workers: Workers
  /// What all workers together have read.
  private let meter: Meter
  private var files: [Entry] = []
  /// The places in `files` whose content is still to be read.
  private var unread: [Unread] = []
  private var log: [LogLine] = []

  private struct Unread: Sendable {
    var place: Int
    var path: String
    var absolute: String
    /// How many lines the log had when the file was found.
    var logCount: Int
  }

  static func files(
    in root: String, shownAs displayRoot: String, fileSystem: any FileSystem, limits: ChartLimits = ChartLimits(),
    workers: Workers = .alone, log: inout [LogLine]
  ) throws(ChartError) -> [Entry] {
    let ignoreFile = regularFile(root + "/.helmignore", fileSystem).map {
      SourceFile(path: displayRoot + ".helmignore", text: $0)
    }
    let rules = try IgnoreRules(ignoreFile)
    for workers in workers.count > 1 ? [workers, .alone] : [.alone] {
      var walk = DirectoryWalk(
        fileSystem: fileSystem, root: root, displayRoot: displayRoot, rules: rules, limits: limits, workers: workers)
      let result = walk.run()
      // Only a walk in order can tell which file is the first that is too much.
      if walk.meter.isFull, workers.count > 1 { continue }
      log += walk.log
      return try result.get()
    }
    return []
  }

  /// The content of a file; nil where there is none, or a pipe or device that may never end.
  private static func regularFile(_ path: String, _ fileSystem: any FileSystem) -> ByteString? {
    guard let resolved = try? fileSystem.resolve(path) else { return nil }
    return (try? fileSystem.kind(of: resolved)) == .file ? try? fileSystem.read(resolved) : nil
  }

  private init(
    fileSystem: any FileSystem, root: String, displayRoot: String, rules: IgnoreRules, limits: ChartLimits,
    workers: Workers
  ) {
    self.limits = limits
    self.fileSystem = fileSystem
    self.root = root
    self.displayRoot = displayRoot
    self.rules = rules
    self.workers = workers
    meter = Meter(limit: limits.chartBytes)
  }

  /// A part of the same walk on one thread.
  private init(partOf other: DirectoryWalk) {
    fileSystem = other.fileSystem
    root = other.root
    displayRoot = other.displayRoot
    rules = other.rules
    limits = other.limits
    workers = .alone
    meter = other.meter
  }

  private mutating func run() -> Result<[Entry], ChartError> {
    var failure: ChartError?
    do throws(ChartError) {
      try visitChildren(of: root, prefix: "", depth: 0)
    } catch {
      failure = error
    }
    do throws(ChartError) {
      try readTheRest()
      if let failure { throw failure }
      return .success(files)
    } catch {
      return .failure(error)
    }
  }

  // MARK: Walking

  /// - Parameter prefix: what the names in `folder` get in front to be paths inside the chart.
  private mutating func visitChildren(of folder: String, prefix: String, depth: Int) throws(ChartError) {
    guard depth < Self.depthLimit else { throw ChartError("lstat \(folder): file name too long") }
    let entries: [DirectoryEntry]
    do {
      entries = try fileSystem.entries(of: folder)
    } catch {
      throw ChartError("open \(root)/\(prefix.dropLast()): \(error.message)")
    }
    if workers.count > 1, entries.count(where: { $0.kind == .directory }) >= Self.worthwhileFolders {
      return try visitSideBySide(entries, prefix: prefix, depth: depth)
    }
    for entry in entries {
      try visit(prefix + entry.name, kind: entry.kind, depth: depth)
    }
  }

  /// Visits each entry on any worker.
  private mutating func visitSideBySide(
    _ entries: [DirectoryEntry], prefix: String, depth: Int
  ) throws(ChartError) {
    let whole = self
    let parts = workers.map(entries, bytes: .max) { entry in
      var part = DirectoryWalk(partOf: whole)
      do throws(ChartError) {
        try part.visit(prefix + entry.name, kind: entry.kind, depth: depth)
        return Part(files: part.files, log: part.log, failure: nil)
      } catch {
        return Part(files: part.files, log: part.log, failure: error)
      }
    }
    for part in parts {
      files += part.files
      log += part.log
      if let failure = part.failure { throw failure }
    }
  }

  private struct Part: Sendable {
    var files: [Entry]
    var log: [LogLine]
    var failure: ChartError?
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
    case .file: try add(path, at: absolute)
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

  // MARK: Reading

  /// Reads a file that was found, or notes that it is to be read.
  private mutating func add(_ path: String, at absolute: String) throws(ChartError) {
    if workers.count > 1 {
      unread.append(Unread(place: files.count, path: path, absolute: absolute, logCount: log.count))
      files.append(ChartFile(name: ByteString(path), source: Self.nothing))
    } else {
      files.append(try read(path, at: absolute))
    }
  }

  private static let nothing = SourceFile(path: "", text: "")

  private func read(_ path: String, at absolute: String) throws(ChartError) -> Entry {
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
    meter.add(content.count)
    if meter.isFull {
      throw ChartError("error reading \(path): chart exceeds maximum decompressed size of \(limits.chartBytes) bytes")
    }
    return ChartFile(
      name: ByteString(path),
      source: SourceFile(path: displayRoot + path, text: ByteOrderMark.removed(from: content)))
  }

  /// Reads what was noted; the first failure in the order of the walk counts.
  private mutating func readTheRest() throws(ChartError) {
    let whole = self
    let results = workers.map(unread, bytes: unread.count * Self.usualBytes) { file -> Result<Entry, ChartError> in
      do throws(ChartError) {
        return .success(try whole.read(file.path, at: file.absolute))
      } catch {
        return .failure(error)
      }
    }
    for (file, result) in zip(unread, results) {
      switch result {
      case .success(let entry): files[file.place] = entry
      case .failure(let error):
        log.removeSubrange(file.logCount...)
        throw error
      }
    }
  }

  /// Counts bytes on all workers.
  private final class Meter: Sendable {
    private let count = Atomic(0)
    private let limit: Int
    init(limit: Int) { self.limit = limit }
    var isFull: Bool { count.load(ordering: .relaxed) >= limit }
    func add(_ bytes: Int) { count.wrappingAdd(bytes, ordering: .relaxed) }
  }
}

/// The UTF-8 byte order mark, which Helm cuts from the start of every file of a chart.
enum ByteOrderMark {
  static func removed(from text: ByteString) -> ByteString {
    text.starts(with: "\u{FEFF}") ? text[3..<text.count] : text
  }
}
