import SourceText

/// Why a chart or its values cannot be used: Helm's own text, and the place in the input that is to blame.
package struct ChartError: Error, Sendable {
  /// The text as Helm prints it after `Error: `.
  package var message: ByteString
  /// The part of a chart file, values file or argument to edit, where one can be named.
  package var place: SourceRange?
  /// What is wrong at the place, where the text speaks of more than it; may be empty.
  package var placeMessage = ""
  /// True once Helm has made a release object: it then appends its hint about `--debug` to the error.
  package var isReleaseMade: Bool

  package init(_ message: ByteString, at place: SourceRange? = nil, isReleaseMade: Bool = false) {
    self.message = message
    self.place = place
    self.isReleaseMade = isReleaseMade
  }

  package init(_ message: String, at place: SourceRange? = nil) {
    self.init(ByteString(message), at: place)
  }

  /// The same error with text in front, as Go's `fmt.Errorf("…: %w", err)` builds it.
  func prefixed(_ prefix: ByteString) -> ChartError {
    var copy = self
    copy.message = prefix + message
    return copy
  }
}

/// A line that Helm logs on standard error in Go's slog text format.
package struct LogLine: Hashable, Sendable {
  package enum Level: String, Hashable, Sendable {
    case debug = "DEBUG"
    case info = "INFO"
    case warning = "WARN"
    case error = "ERROR"
  }
  package struct Attribute: Hashable, Sendable {
    package var key: String
    package var value: ByteString
  }

  package var level: Level
  package var message: ByteString
  package var attributes: [Attribute]

  package init(_ level: Level, _ message: ByteString, _ attributes: KeyValuePairs<String, ByteString> = [:]) {
    self.level = level
    self.message = message
    self.attributes = attributes.map { Attribute(key: $0.key, value: $0.value) }
  }

  /// `level=WARN msg="this chart is deprecated"`, without a line end.
  package var text: ByteString {
    var out = ByteString("level=\(level.rawValue) msg=")
    out.append(GoText.quotedForLog(message))
    for attribute in attributes {
      out.append(" \(attribute.key)=")
      out.append(GoText.quotedForLog(attribute.value))
    }
    return out
  }
}
