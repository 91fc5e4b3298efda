import Diagnostics
import SourceText

/// The suppressions that stand in one file as comments, and those that cannot be read.
package struct SuppressionScan: Sendable {
  /// What a file is, which decides what a comment in it reaches.
  package enum Ground: Sendable {
    /// A template: its comments are those between `{{/*` and `*/}}`, and YAML's.
    case template
    /// YAML as it is, with the offsets of its comments.
    case yaml(comments: Set<Int>)
    /// A script, or a CI file with scripts in it: the places of its commands, and the offsets of YAML's comments.
    case script(commands: [ByteRange], comments: Set<Int>)
  }

  package private(set) var suppressions: [Suppression] = []
  package private(set) var faults: [Diagnostic] = []

  static let keyword = Array("slipway:ignore".utf8)

  /// Quick to say no: most files have none.
  package static func mayHold(_ text: ByteString) -> Bool {
    text.bytes.withUnsafeBufferPointer { ByteSearch.offset(of: keyword, in: $0, from: 0) != nil }
  }

  package init(_ file: SourceFile, ground: Ground) {
    let bytes = file.text.bytes
    let text = CommentedText(bytes: bytes)
    var position = 0
    while let found = bytes.withUnsafeBufferPointer({ ByteSearch.offset(of: Self.keyword, in: $0, from: position) }) {
      position = found + Self.keyword.count
      guard let comment = text.comment(around: found), let reach = Self.reach(of: comment, in: text, ground) else {
        continue
      }
      position = max(position, comment.range.end)
      add(String(decoding: bytes[(found + Self.keyword.count)..<comment.textEnd], as: UTF8.self), comment, reach, file)
    }
  }

  private mutating func add(_ text: String, _ comment: CommentedText.Comment, _ reach: ByteRange, _ file: SourceFile) {
    let place = SourceRange(file, ByteRange(comment.range.start, comment.range.end))
    do throws(SuppressionDirective.Malformation) {
      let directive = try SuppressionDirective(text)
      suppressions.append(
        Suppression(
          rules: directive.rules, reason: directive.reason, until: directive.until, place: place,
          reach: .span(SourceRange(file, reach))))
    } catch {
      faults.append(EngineDiagnostics.malformed(error.message, at: place))
    }
  }

  /// What a comment is about; nil for a text that is no comment here.
  private static func reach(
    of comment: CommentedText.Comment, in text: CommentedText, _ ground: Ground
  ) -> ByteRange? {
    switch (ground, comment.form) {
    case (.template, .template): return text.reach(ofTemplateComment: comment.range)
    case (.template, .line): return text.reach(ofLineComment: comment.range)
    case (.yaml(let comments), .line):
      return comments.contains(comment.range.start) ? text.reach(ofLineComment: comment.range) : nil
    case (.script(let commands, let comments), .line):
      if comments.contains(comment.range.start) {
        return text.reach(ofLineComment: comment.range)
      }
      if text.isTrailing(comment.range) { return text.line(around: comment.range.start) }
      return commands.first { $0.start >= comment.range.end } ?? ByteRange(comment.range.end, comment.range.end)
    case (.yaml, .template), (.script, .template): return nil
    }
  }
}

/// Looks for a few bytes in many.
enum ByteSearch {
  static func offset(of wanted: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let first = wanted.first else { return nil }
    var index = start
    while let found = firstOffset(of: first, in: bytes, from: index) {
      guard found + wanted.count <= bytes.count else { return nil }
      if UnsafeBufferPointer(rebasing: bytes[found..<(found + wanted.count)]).elementsEqual(wanted) { return found }
      index = found + 1
    }
    return nil
  }
}
