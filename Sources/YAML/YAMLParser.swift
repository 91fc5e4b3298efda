import Diagnostics
import SourceText

/// Parses YAML for tools that look at how it is written: every node with its place, every comment, and no fault that
/// stops it for longer than to the end of the document.
package enum YAMLParser {
  package static func parse(_ file: SourceFile) -> ParsedYAML { parse(file.text.bytes) }

  /// Parses rendered text; places are offsets in it.
  package static func parse(_ text: Text) -> ParsedYAML { parse(text.bytes) }

  private static func parse(_ bytes: [UInt8]) -> ParsedYAML {
    bytes.withUnsafeBufferPointer { buffer in
      var builder = TreeBuilder(buffer)
      builder.readDocuments()
      return builder.finish(buffer)
    }
  }
}

/// Turns events into the rows of a tree.
private struct TreeBuilder: ~Copyable {
  private var parser: EventParser
  private var rows: [YAMLTree.Row] = []
  private var open: [Level] = []
  private var anchors: [ByteString: Int32] = [:]
  private var documents: [(range: ByteRange, root: Int32?, isComplete: Bool)] = []
  private var errors: [YAMLError] = []
  private var root: Int32?

  /// An open collection, its last child, and in a mapping the key that waits for its value.
  private struct Level {
    var index: Int32
    var lastChild: Int32 = -1
    var key: Int32 = -1
  }

  init(_ text: UnsafeBufferPointer<UInt8>) {
    parser = EventParser(text)
    parser.scanner.recordsComments = true
  }

  mutating func readDocuments() {
    var start = 0
    while true {
      do {
        let first = try parser.next()
        guard first.kind == .documentStart else { return }
        start = Int(first.start)
        let end = try readDocument()
        documents.append((ByteRange(start, end), root, true))
      } catch {
        errors.append(error)
        if root != nil || !open.isEmpty {
          closeAll(at: error.offset)
          documents.append((ByteRange(start, max(start, error.offset)), root, false))
        }
        guard let next = parser.scanner.nextDocument(from: min(max(error.offset, start + 1), parser.scanner.position))
        else { return }
        parser.restart(at: next)
        start = next
      }
      (root, open, anchors) = (nil, [], [:])
    }
  }

  /// Reads up to the end of the document, and gives that.
  private mutating func readDocument() throws(YAMLError) -> Int {
    (root, open, anchors) = (nil, [], [:])
    while true {
      let event = try parser.next()
      switch event.kind {
      case .documentEnd, .streamEnd: return Int(event.end)
      case .documentStart: break
      case .scalar: _ = add(event, .scalar)
      case .alias: _ = add(event, .alias)
      case .mappingStart: begin(event, .mapping)
      case .sequenceStart: begin(event, .sequence)
      case .mappingEnd, .sequenceEnd: close(event)
      }
    }
  }

  private mutating func begin(_ event: Event, _ kind: YAMLNode.Kind) {
    open.append(Level(index: add(event, kind)))
  }

  /// A block collection ends with its last node, not with the white space behind it.
  private mutating func close(_ event: Event) {
    guard let level = open.popLast() else { return }
    let index = Int(level.index)
    if level.key >= 0 { rows[index].end = max(rows[index].end, rows[Int(level.key)].end) }
    if rows[index].isFlow && event.end > event.start {
      rows[index].end = event.end
    } else if level.lastChild >= 0 {
      rows[index].end = max(rows[index].end, rows[Int(level.lastChild)].end)
    }
  }

  private mutating func closeAll(at offset: Int) {
    while let level = open.popLast() {
      let last = level.lastChild >= 0 ? rows[Int(level.lastChild)].end : rows[Int(level.index)].end
      rows[Int(level.index)].end = max(rows[Int(level.index)].end, last)
    }
  }

  private func name(_ span: Span) -> ByteString {
    ByteString(
      UnsafeBufferPointer(start: parser.scanner.text + Int(span.start), count: Int(span.end - span.start)))
  }

  private mutating func add(_ event: Event, _ kind: YAMLNode.Kind) -> Int32 {
    let index = Int32(truncatingIfNeeded: rows.count)
    var row = YAMLTree.Row(
      kind: kind, isFlow: event.isExplicit && kind != .scalar, parent: open.last?.index ?? -1, start: event.start,
      end: event.end, token: event.token, anchor: event.anchor, tag: event.tag)
    if kind == .alias {
      let target = anchors[name(Span(start: event.token.contentStart, end: event.token.contentEnd))]
      // A collection that is still open holds the alias: following it would lead round in a circle.
      row.target = target.map { target in open.contains { $0.index == target } ? -1 : target } ?? -1
    }
    if let level = open.indices.last {
      link(&row, index, level)
    } else if root == nil {
      root = index
    }
    rows.append(row)
    if !event.anchor.isEmpty { anchors[name(event.anchor)] = index }
    return index
  }

  /// Makes a row the next item, key or value of the innermost collection.
  private mutating func link(_ row: inout YAMLTree.Row, _ index: Int32, _ level: Int) {
    let parent = Int(open[level].index)
    if rows[parent].kind == .mapping {
      guard open[level].key >= 0 else {
        row.isKey = true
        open[level].key = index
        return
      }
      row.key = open[level].key
      open[level].key = -1
    }
    rows[parent].childCount += 1
    if open[level].lastChild < 0 {
      rows[parent].firstChild = index
    } else {
      rows[Int(open[level].lastChild)].nextSibling = index
    }
    open[level].lastChild = index
  }

  consuming func finish(_ text: UnsafeBufferPointer<UInt8>) -> ParsedYAML {
    let tree = YAMLTree(padded: Array(text) + Array(repeating: 0, count: Scanner.padding), rows: rows)
    let documents = documents.map { document in
      YAMLDocument(
        range: document.range, root: document.root.map { YAMLNode(tree: tree, index: $0) },
        isComplete: document.isComplete)
    }
    return ParsedYAML(documents: documents, comments: parser.scanner.comments, errors: errors, tree: tree)
  }
}

extension Scanner {
  /// The first line from `offset` on that starts a document; nil when there is none.
  func nextDocument(from offset: Int) -> Int? {
    var at = max(offset, 0)
    while at < count {
      if text[at] == UInt8(ascii: "-"), at == 0 || text[at - 1] == 0x0a || text[at - 1] == 0x0d,
        isDocumentIndicator(at)
      {
        return at
      }
      at += 1
    }
    return nil
  }
}

extension EventParser {
  /// Forgets everything and goes on at the start of a line.
  mutating func restart(at offset: Int) {
    scanner.restart(at: offset)
    reset()
  }
}

extension YAMLError {
  /// The error as a finding in the file whose text was parsed, on the byte where it shows.
  package func diagnostic(in file: SourceFile) -> Diagnostic {
    var reason = Substring(message)
    if reason.hasPrefix("yaml: ") { reason = reason.dropFirst("yaml: ".count) }
    if reason.hasPrefix("line "), let colon = reason.firstIndex(of: ":") { reason = reason[colon...].dropFirst(2) }
    let start = min(max(offset, 0), file.text.count)
    let place = SourceRange(file, ByteRange(start, min(start + 1, file.text.count)))
    return Diagnostic(id: "yaml/syntax", level: .error, message: String(reason), primary: Label(place))
  }
}
