import Diagnostics
import SourceText

/// What changed since a revision, read from a unified diff without context: which lines of which files.
package struct ChangedRanges: Sendable {
  private enum Lines: Sendable {
    case all
    /// The first and the last line of each stretch, counted from 1.
    case these([ClosedRange<Int>])
  }

  /// By absolute path.
  private var files: [String: Lines] = [:]

  package init() {}

  /// Adds a file that the revision did not have.
  package mutating func add(newFile path: String) { files[path] = .all }

  /// Adds the output of `git diff --unified=0 --no-prefix`; its paths are relative to `root`, an absolute path.
  package mutating func add(diff text: ByteString, root: String) {
    var path: String?
    /// Lines of the text of a hunk that are still to come: they may look like anything.
    var pending = 0
    for line in text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if pending > 0, line.first != UInt8(ascii: "\\") {
        pending -= 1
      } else if line.starts(with: Array("+++ ".utf8)) {
        // Git ends a name that has a blank in it with a tab.
        let name = String(decoding: line.dropFirst(4).prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
        path = name == "/dev/null" ? nil : GoPath.join(ByteString(root), ByteString(name)).string
      } else if let path, let hunk = Hunk(line) {
        pending = hunk.old + hunk.new.count
        add(hunk, of: path)
      }
    }
  }

  private mutating func add(_ hunk: Hunk, of path: String) {
    switch files[path] {
    case .all: break
    case .these(let known): files[path] = .these(known + [hunk.lines])
    case nil: files[path] = .these([hunk.lines])
    }
  }

  /// `@@ -10,2 +12,3 @@`
  private struct Hunk {
    /// How many lines were taken out.
    var old: Int
    /// The first line that was put in, and how many.
    var new: (first: Int, count: Int)

    init?(_ line: ArraySlice<UInt8>) {
      guard line.starts(with: Array("@@ -".utf8)) else { return nil }
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count >= 3, words[2].first == UInt8(ascii: "+"), let old = Self.numbers(words[1]),
        let new = Self.numbers(words[2])
      else { return nil }
      (self.old, self.new) = (old.count, new)
    }

    /// No file has more lines.
    private static let most = 1 << 40

    private static func numbers(_ word: ArraySlice<UInt8>) -> (first: Int, count: Int)? {
      let numbers = word.dropFirst().split(separator: UInt8(ascii: ",")).map {
        Int(String(decoding: $0, as: UTF8.self))
      }
      guard let first = numbers.first ?? nil, (0...most).contains(first) else { return nil }
      let count = numbers.count > 1 ? numbers[1] ?? -1 : 1
      return (0...most).contains(count) ? (first, count) : nil
    }

    /// The new lines; where lines were only taken out, those on both sides.
    var lines: ClosedRange<Int> { new.first...(new.count > 0 ? new.first + new.count - 1 : new.first + 1) }
  }

  /// True when a label of the diagnostic stands on a changed line; always for one without a place.
  func touch(_ diagnostic: Diagnostic, absolute: (String) -> String) -> Bool {
    let labels = (diagnostic.primary.map { [$0] } ?? []) + diagnostic.related
    return labels.isEmpty || labels.contains { touch($0.place, absolute: absolute) }
  }

  private func touch(_ place: SourceRange, absolute: (String) -> String) -> Bool {
    guard place.file.kind == .file, let lines = files[absolute(place.file.path)] else { return false }
    guard case .these(let stretches) = lines else { return true }
    let index = LineIndex(place.file.text)
    let first = index.position(of: place.range.start).line
    let last = index.position(of: max(place.range.start, place.range.end - 1)).line
    return stretches.contains { $0.overlaps(first...max(first, last)) }
  }
}
