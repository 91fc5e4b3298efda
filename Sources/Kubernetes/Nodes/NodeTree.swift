import SourceText

/// The tree of one YAML document as the API server would read it: aliases and merge keys resolved, the last of
/// several equal keys winning. Immutable once built, so that views may be handed about freely.
package final class NodeTree: Sendable {
  /// How a scalar was written; decides what its text means.
  package enum ScalarForm: Hashable, Sendable {
    /// Plain text, to be resolved to a number, boolean, null or string.
    case plain
    /// Quoted or a block: always a string.
    case string
  }

  package enum Kind: Hashable, Sendable {
    case mapping
    case sequence
    case scalar(ScalarForm)
  }

  /// One node. `place` and `keyPlace` are the bytes of the text that was parsed, for the compiler to map back.
  struct Row: Sendable {
    var kind: Kind
    var parent: Int32
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    var childCount: Int32 = 0
    /// Position among the siblings.
    var position: Int32 = 0
    var key: String = ""
    var text: ByteString = ByteString()
    var place: ByteRange
    var keyPlace: ByteRange?
  }

  let rows: [Row]

  init(rows: [Row]) { self.rows = rows }

  /// The top of the document.
  package var root: Node { Node(tree: self, index: 0) }
}

/// Builds a `NodeTree` from parse events in document order.
package struct NodeTreeBuilder {
  private var rows: [NodeTree.Row] = []
  private var open: [(index: Int32, lastChild: Int32)] = []

  package init() {}

  /// Adds a scalar; `key` is nil for sequence items and the root.
  package mutating func scalar(
    _ text: ByteString, form: NodeTree.ScalarForm, key: String? = nil, place: ByteRange, keyPlace: ByteRange? = nil
  ) {
    _ = add(.scalar(form), key: key, text: text, place: place, keyPlace: keyPlace)
  }

  /// Opens a mapping or sequence; what follows is inside until `close()`.
  package mutating func begin(
    _ kind: NodeTree.Kind, key: String? = nil, place: ByteRange, keyPlace: ByteRange? = nil
  ) {
    let index = add(kind, key: key, text: ByteString(), place: place, keyPlace: keyPlace)
    open.append((index, -1))
  }

  package mutating func close() { _ = open.popLast() }

  /// The finished tree; nil when nothing was added.
  package func finish() -> NodeTree? { rows.isEmpty ? nil : NodeTree(rows: rows) }

  private mutating func add(
    _ kind: NodeTree.Kind, key: String?, text: ByteString, place: ByteRange, keyPlace: ByteRange?
  ) -> Int32 {
    let index = Int32(truncatingIfNeeded: rows.count)
    var row = NodeTree.Row(kind: kind, parent: open.last?.index ?? -1, place: place, keyPlace: keyPlace)
    row.key = key ?? ""
    row.text = text
    if let level = open.indices.last {
      let parent = Int(open[level].index)
      row.position = rows[parent].childCount
      rows[parent].childCount += 1
      if open[level].lastChild < 0 {
        rows[parent].firstChild = index
      } else {
        rows[Int(open[level].lastChild)].nextSibling = index
      }
      open[level].lastChild = index
    }
    rows.append(row)
    return index
  }
}
