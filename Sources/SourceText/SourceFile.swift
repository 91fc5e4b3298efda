/// A half-open range of UTF-8 offsets in one file. Lines and columns exist only in `Reports`.
package struct ByteRange: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  package var count: Int { end - start }
  package var isEmpty: Bool { start == end }
  package func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
  /// The smallest range that covers both.
  package func union(_ other: ByteRange) -> ByteRange {
    ByteRange(min(start, other.start), max(end, other.end))
  }
}

/// One input as it was read: a file, standard input, or the text of a command-line argument.
///
/// Identity is by reference, so that a million positions cost no string comparison.
package final class SourceFile: Sendable {
  /// What kind of input this is; decides how a report names it.
  package enum Kind: Hashable, Sendable {
    /// A file on disk or in an archive; `path` is how the user would write it.
    case file
    /// The text of a command-line argument such as `--set image.tag=x`; `path` is the flag.
    case argument
    /// Text made at run time that a template engine parsed (`tpl`); `path` is the template's name.
    case generated
  }

  /// The path as a diagnostic shows it.
  package let path: String
  package let kind: Kind
  package let text: ByteString

  package init(path: String, kind: Kind = .file, text: ByteString) {
    self.path = path
    self.kind = kind
    self.text = text
  }

  /// The bytes of `range`, clamped to the text.
  package subscript(range: ByteRange) -> ByteString {
    let end = min(range.end, text.count)
    return text[min(range.start, end)..<end]
  }
}

extension SourceFile: Hashable {
  package static func == (left: SourceFile, right: SourceFile) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A range of one file.
package struct SourceRange: Hashable, Sendable {
  package var file: SourceFile
  package var range: ByteRange

  package init(_ file: SourceFile, _ range: ByteRange) {
    self.file = file
    self.range = range
  }

  /// The bytes under the range.
  package var text: ByteString { file[range] }
}

/// A place by what a user knows of it, so that a file that was read twice is one file.
package struct PlaceKey: Hashable, Sendable {
  private let path: String
  /// The text of an argument: many have the same flag.
  private let argument: ByteString?
  private let range: ByteRange

  package init(_ place: SourceRange) {
    path = place.file.path
    argument = place.file.kind == .argument ? place.file.text : nil
    range = place.range
  }
}
