import Reports
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output, standard error and the files that a command writes.
enum Output {
  /// Writes all bytes to standard output; false when nobody reads them any more.
  @discardableResult
  static func print(_ bytes: [UInt8]) -> Bool { write(bytes, to: STDOUT_FILENO) }

  @discardableResult
  static func print(_ text: String) -> Bool { write(Array(text.utf8), to: STDOUT_FILENO) }

  /// Writes a line (or lines) to standard error.
  static func tell(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

  /// True when colour may be used on standard output: a terminal, and no wish against it.
  static var allowsColor: Bool {
    if let wish = getenv("NO_COLOR"), wish.pointee != 0 { return false }
    if let terminal = getenv("TERM"), String(cString: terminal) == "dumb" { return false }
    return isatty(STDOUT_FILENO) == 1
  }

  /// Ends the process at once: everything is written, and freeing each tree and text would only cost time.
  static func end(_ status: Int32) -> Never { _exit(status) }

  /// How reports look on standard output.
  static var style: Style { allowsColor ? .ansi(columns: columns) : .plain() }

  /// The width of the terminal; 120 where there is none.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 120 }
    return Int(size.ws_col)
  }

  @discardableResult
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
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
  static func write(_ bytes: [UInt8], toFile path: String, appending: Bool) throws(FileError) {
    try makeFolders(for: path)
    let mode = appending ? O_APPEND : O_TRUNC
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o644)
    guard descriptor >= 0 else { throw FileError(path: path, message: "open \(path): \(reason(errno))") }
    defer { close(descriptor) }
    guard write(bytes, to: descriptor) else {
      throw FileError(path: path, message: "write \(path): \(reason(errno))")
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
