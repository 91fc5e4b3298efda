import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The repository on disk, as far as a developer's tool needs it.
struct Folder: FileSystem {
  func read(_ path: String) throws(FileError) -> ByteString {
    guard let file = fopen(path, "rb") else { throw failure(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return ByteString(bytes) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  func list(_ path: String) throws(FileError) -> [String] {
    guard let directory = opendir(path) else { throw failure(path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  func kind(of path: String) throws(FileError) -> FileKind {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw failure(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    case S_IFLNK: return .symbolicLink
    default: return .other
    }
  }

  func resolve(_ path: String) throws(FileError) -> String { path }
  func absolute(_ path: String) -> String { path }
  func readStandardInput() -> ByteString { ByteString() }

  /// Writes a file and the folders above it.
  func write(_ text: String, to path: String) throws(FileError) {
    for index in path.indices where path[index] == "/" && index > path.startIndex {
      mkdir(String(path[..<index]), 0o777)
    }
    guard let file = fopen(path, "wb") else { throw failure(path) }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count else { throw failure(path) }
  }

  private func failure(_ path: String) -> FileError {
    FileError(path: path, message: String(cString: strerror(errno)).lowercased())
  }
}
