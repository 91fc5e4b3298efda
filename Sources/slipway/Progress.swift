#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A line on a terminal that says what a long run is doing; gone when the run ends.
struct Progress {
  private let start = Progress.now
  private var lastShown = 0.0
  private var isShown = false

  /// Seconds before anything is shown, and between two showings.
  private static let patience = 1.0
  private static let interval = 0.25

  /// True when somebody sees standard error.
  static var hasReader: Bool { isatty(STDERR_FILENO) == 1 }

  /// Called often; shows something now and then.
  mutating func show(files: Int, path: String?) {
    let now = Self.now
    guard now - start >= Self.patience, now - lastShown >= Self.interval else { return }
    lastShown = now
    isShown = true
    let name = path.map { ", reading \(Self.printable($0))" } ?? ""
    Output.write("\r\u{1B}[K\(Int(now - start)) s, \(files) files read\(name)")
  }

  /// Takes the line away.
  mutating func erase() {
    if isShown { Output.write("\r\u{1B}[K") }
    isShown = false
  }

  /// The end of a path, without what could move the cursor.
  private static func printable(_ path: String) -> String {
    let plain = String(
      String.UnicodeScalarView(path.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 0x20 ? " " : $0 }))
    return plain.count > 60 ? "…" + plain.suffix(59) : plain
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }
}
