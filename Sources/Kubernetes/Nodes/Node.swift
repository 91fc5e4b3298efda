import SourceText
import YAML

/// A read-only view of one YAML node of an object. Knows its parent, so that a finding can name it and print its path.
package struct Node: Sendable {
  package let tree: NodeTree
  let index: Int32

  private var row: NodeTree.Row { tree.rows[Int(index)] }

  package var kind: NodeTree.Kind { row.kind }
  package var isMapping: Bool { row.kind == .mapping }
  package var isSequence: Bool { row.kind == .sequence }
  package var isScalar: Bool { !isMapping && !isSequence }

  /// The bytes of the value in the text that was parsed.
  package var place: ByteRange { row.place }
  /// The bytes of the mapping key that names this node; nil for sequence items and the root.
  package var keyPlace: ByteRange? { row.keyPlace }

  package var parent: Node? { row.parent < 0 ? nil : Node(tree: tree, index: row.parent) }
  /// The mapping key that names this node; nil for sequence items and the root.
  package var key: String? {
    guard let parent, parent.isMapping else { return nil }
    return row.key
  }
  package var childCount: Int { Int(row.childCount) }

  /// The entries of a mapping or the items of a sequence, in document order.
  package var children: Children { Children(tree: tree, upcoming: row.firstChild) }

  /// The child of a mapping; nil when the key is missing or its value is null, which the API server treats alike.
  package subscript(key: String) -> Node? {
    guard let child = entry(key), !child.isNull else { return nil }
    return child
  }

  /// The child of a mapping even when it is null.
  package func entry(_ key: String) -> Node? {
    guard isMapping else { return nil }
    var next = row.firstChild
    while next >= 0 {
      let child = tree.rows[Int(next)]
      if child.key == key { return Node(tree: tree, index: next) }
      next = child.nextSibling
    }
    return nil
  }

  /// The items of a sequence; none for anything else.
  package var items: [Node] { isSequence ? Array(children) : [] }
}

extension Node: KeyedNode {}

extension Node: Hashable {
  package static func == (left: Node, right: Node) -> Bool {
    left.index == right.index && left.tree === right.tree
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(index)
    hasher.combine(ObjectIdentifier(tree))
  }
}

extension Node {
  /// The children of a node; walks the sibling links without building an array.
  package struct Children: Sequence, IteratorProtocol, Sendable {
    let tree: NodeTree
    var upcoming: Int32

    package mutating func next() -> Node? {
      guard upcoming >= 0 else { return nil }
      let node = Node(tree: tree, index: upcoming)
      upcoming = tree.rows[Int(upcoming)].nextSibling
      return node
    }
  }
}

// MARK: - Scalars

extension Node {
  /// The decoded bytes of a scalar; nil for mappings and sequences.
  package var scalarBytes: ByteString? { isScalar ? row.text : nil }

  /// The decoded text of a scalar, whatever its type; nil for mappings and sequences.
  package var scalar: String? { isScalar ? row.text.string : nil }

  /// What a plain scalar stands for.
  package var value: ScalarValue? {
    guard case .scalar(let form) = kind else { return nil }
    return form == .string ? .string : ScalarValue(plain: row.text)
  }

  package var isNull: Bool { value == .null }

  /// The text of a string scalar; nil when the scalar is a number, boolean or null, or no scalar.
  package var string: String? { value == .string ? row.text.string : nil }

  /// The number of an integer scalar; nil otherwise.
  package var integer: Int? {
    guard case .integer(let number)? = value else { return nil }
    return number
  }

  package var boolean: Bool? {
    guard case .boolean(let flag)? = value else { return nil }
    return flag
  }
}
