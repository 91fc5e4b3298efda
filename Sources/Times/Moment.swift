import SourceText

/// A point in time as people write it on a command line.
package struct Moment: Hashable, Sendable {
  /// Since 1970-01-01 UTC.
  package let seconds: Int64
  package let nanoseconds: Int32

  /// The forms that are read besides Unix seconds; without a zone the time is UTC.
  private static let layouts: [ByteString] = [
    "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
    "2006-01-02T15:04", "2006-01-02",
  ]

  /// Nil when the text is no time.
  package init?(_ text: String) {
    if let seconds = Int64(text) {
      (self.seconds, nanoseconds) = (seconds, 0)
      return
    }
    let times = Self.layouts.lazy.compactMap { layout in
      try? GoTime(parsing: ByteString(text), layout: layout, local: .utc)
    }
    guard let time = times.first else { return nil }
    (seconds, nanoseconds) = (time.seconds, time.nanoseconds)
  }
}
