import SourceText

/// A file system that holds what a test gives it.
package struct MemoryFiles: FileSystem {
  package var files: [String: ByteString]
  package var standardInput: ByteString = ""

  /// Paths are relative; folders come into being with the files in them.
  package init(_ files: [String: ByteString]) { self.files = files }

  package func read(_ path: String) throws(FileError) -> ByteString {
    if let content = files[clean(path)] { return content }
    throw FileError(path: path, message: isFolder(path) ? "is a directory" : "no such file or directory")
  }

  package func kind(of path: String) throws(FileError) -> FileKind {
    if files[clean(path)] != nil { return .file }
    if isFolder(path) { return .directory }
    throw FileError(path: path, message: "no such file or directory")
  }

  package func list(_ path: String) throws(FileError) -> [String] {
    guard isFolder(path) else { throw FileError(path: path, message: "no such file or directory") }
    let prefix = clean(path) == "." ? "" : clean(path) + "/"
    let names = files.keys.filter { $0.hasPrefix(prefix) }.compactMap {
      $0.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  package func resolve(_ path: String) throws(FileError) -> String {
    _ = try kind(of: path)
    return clean(path)
  }

  package func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : GoPath.join("/home", ByteString(path)).string
  }

  package func readStandardInput() -> ByteString { standardInput }

  private func clean(_ path: String) -> String {
    let clean = GoPath.clean(ByteString(path)).string
    if clean == "/home" { return "." }
    return clean.hasPrefix("/home/") ? String(clean.dropFirst("/home/".count)) : clean
  }

  private func isFolder(_ path: String) -> Bool {
    let folder = clean(path)
    return folder == "." || files.keys.contains { $0.hasPrefix(folder + "/") }
  }
}
