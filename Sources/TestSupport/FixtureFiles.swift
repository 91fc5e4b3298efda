import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the fixtures of the repository.
package enum FixtureFiles {
  /// The root of the repository, seen from this source file.
  package static let root = GoPath.join(GoPath.directory(#filePath), "../..").string

  /// All files below a folder, by their path within it; empty when the folder does not exist.
  package static func read(_ folder: String) -> [String: ByteString] {
    var result: [String: ByteString] = [:]
    read(folder, prefix: "", into: &result)
    return result
  }

  /// The names of the folders in a folder, sorted.
  package static func folders(in folder: String) -> [String] { entries(of: folder).filter(\.isFolder).map(\.name) }

  private static func read(_ folder: String, prefix: String, into result: inout [String: ByteString]) {
    for entry in entries(of: folder) {
      let path = folder + "/" + entry.name
      if entry.isFolder {
        read(path, prefix: prefix + entry.name + "/", into: &result)
      } else if let content = content(of: path) {
        result[prefix + entry.name] = content
      }
    }
  }

  private static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted().map { name in
      var status = stat()
      return (name, stat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR)
    }
  }

  private static func content(of path: String) -> ByteString? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { result += buffer[..<count] }
    return ByteString(result)
  }
}
