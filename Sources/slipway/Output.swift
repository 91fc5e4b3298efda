import LocalDisk
import Reports
import SourceText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output and standard error.
enum Output {
  /// Writes all bytes to standard output; false when nobody reads them any more.
  @discardableResult
  static func print(_ bytes: [UInt8]) -> Bool { Disk.write(bytes, to: STDOUT_FILENO) }

  @discardableResult
  static func print(_ text: String) -> Bool { Disk.write(Array(text.utf8), to: STDOUT_FILENO) }

  /// Writes a line (or lines) to standard error.
  static func tell(_ text: String) { Disk.write(Array((text + "\n").utf8), to: STDERR_FILENO) }

  /// Writes to standard error without a line end.
  static func write(_ text: String) { Disk.write(Array(text.utf8), to: STDERR_FILENO) }

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

  /// Puts a file in place, whole or not at all.
  static func file(_ path: String, _ bytes: [UInt8]) throws(CommandFailure) {
    do throws(FileError) {
      try Disk.replace(path, with: bytes)
    } catch {
      throw CommandFailure("cannot write \(path): \(error.message)")
    }
  }
}
