import SourceText

@testable import Charts

/// A disk in memory: absolute paths to contents. Directories exist where files are below them.
struct MemoryDisk: FileSystem {
  var files: [String: ByteString]
  var input: ByteString = ""

  init(_ files: [String: String]) { self.files = files.mapValues { ByteString($0) } }

  /// A chart directory `/c` with a Chart.yaml of its own unless one is given.
  static func chart(_ files: [String: String]) -> MemoryDisk {
    var all = ["Chart.yaml": "{apiVersion: v2, name: c, version: 0.1.0}"]
    all.merge(files) { $1 }
    return MemoryDisk(Dictionary(uniqueKeysWithValues: all.map { ("/c/" + $0.key, $0.value) }))
  }

  func read(_ path: String) throws(FileError) -> ByteString {
    if let content = files[path] { return content }
    throw FileError(path: path, message: isDirectory(path) ? "is a directory" : "no such file or directory")
  }

  func kind(of path: String) throws(FileError) -> FileKind {
    if files[path] != nil { return .file }
    if isDirectory(path) { return .directory }
    throw FileError(path: path, message: "no such file or directory")
  }

  func list(_ path: String) throws(FileError) -> [String] {
    let names = files.keys.filter { $0.hasPrefix(path + "/") }.compactMap { name in
      name.dropFirst(path.count + 1).split(separator: "/").first.map(String.init)
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func resolve(_ path: String) throws(FileError) -> String {
    _ = try kind(of: path)
    return path
  }

  func absolute(_ path: String) -> String { path }
  func readStandardInput() -> ByteString { input }

  private func isDirectory(_ path: String) -> Bool { files.keys.contains { $0.hasPrefix(path + "/") } }
}
