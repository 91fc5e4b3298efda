import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Disk {
  /// Writes all bytes to an open file; false, with `errno` set, when that fails.
  @discardableResult
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty, let base = buffer.baseAddress {
        let count = Glibc.write(descriptor, base + rest.startIndex, rest.count)
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Writes a file, making its folders; throws the system's message as Go words it.
  package static func write(_ bytes: [UInt8], toFile path: String, appending: Bool) throws(FileError) {
    try makeFolders(for: path)
    let mode = appending ? O_APPEND : O_TRUNC
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o644)
    guard descriptor >= 0 else { throw FileError(path: path, message: "open \(path): \(reason(errno))") }
    defer { close(descriptor) }
    guard write(bytes, to: descriptor) else {
      throw FileError(path: path, message: "write \(path): \(reason(errno))")
    }
  }

  /// Puts a file in place of what is there, whole or not at all: it is written beside it first.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let draft = "\(path).\(getpid()).part"
    do throws(FileError) {
      // A device or pipe is written to, not replaced.
      var status = stat()
      let isSpecial = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
      try write(bytes, toFile: isSpecial ? path : draft, appending: false)
      guard !isSpecial, rename(draft, path) != 0 else { return }
      throw FileError(path: path, message: "rename \(path): \(reason(errno))")
    } catch {
      unlink(draft)
      throw error
    }
  }

  private static func makeFolders(for path: String) throws(FileError) {
    let folder = GoPath.directory(ByteString(path)).string
    var status = stat()
    if stat(folder, &status) == 0 { return }
    if errno != ENOENT { throw FileError(path: folder, message: "stat \(folder): \(reason(errno))") }
    var made = folder.hasPrefix("/") ? "" : "."
    for element in folder.split(separator: "/") {
      made += "/\(element)"
      if mkdir(made, 0o755) != 0, errno != EEXIST {
        throw FileError(path: made, message: "mkdir \(made): \(reason(errno))")
      }
    }
  }
}
