import SourceText

/// A node of a parsed text: knows where it stands, how it is written, and what is around it.
package struct YAMLNode: Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case mapping, sequence, scalar, alias
  }

  let tree: YAMLTree
  let index: Int32

  private var row: YAMLTree.Row { tree.rows[Int(index)] }
  private func node(_ index: Int32) -> YAMLNode? { index < 0 ? nil : YAMLNode(tree: tree, index: index) }

  package var kind: Kind { row.kind }
  package var isMapping: Bool { row.kind == .mapping }
  package var isSequence: Bool { row.kind == .sequence }
  package var isScalar: Bool { row.kind == .scalar }
  package var isAlias: Bool { row.kind == .alias }

  // MARK: Places

  /// The node itself, with its quotes, brackets, anchor and tag; a block scalar with its header and all its lines.
  package var range: ByteRange { ByteRange(Int(row.start), Int(row.end)) }

  /// What a scalar holds, without anchor, tag and quotes: the place of its text, or for a block scalar of its lines.
  package var contentRange: ByteRange {
    isScalar ? ByteRange(Int(row.token.contentStart), Int(row.token.contentEnd)) : range
  }

  /// The key that names this node in its mapping, and its place.
  package var key: YAMLNode? { node(row.key) }
  package var keyRange: ByteRange? { key?.range }

  // MARK: Around it

  package var parent: YAMLNode? { node(row.parent) }
  /// True for a key of a mapping.
  package var isKey: Bool { row.isKey }
  /// Items of a sequence, entries of a mapping.
  package var childCount: Int { Int(row.childCount) }

  /// The items of a sequence or the values of a mapping, in the order of the text.
  package var children: Children { Children(tree: tree, upcoming: row.firstChild) }

  /// The entries of a mapping in the order of the text; none for anything else.
  package var entries: [(key: YAMLNode, value: YAMLNode)] {
    guard isMapping else { return [] }
    return children.compactMap { value in value.key.map { ($0, value) } }
  }

  /// The items of a sequence; none for anything else.
  package var items: [YAMLNode] { isSequence ? Array(children) : [] }

  /// The value at a key: the last of several, or what a merge key brings in. Aliases are followed.
  package subscript(key: String) -> YAMLNode? {
    let wanted = Array(key.utf8)
    return lookUp(wanted, depth: 0)?.resolved
  }

  /// The item of a sequence; nil when there is none.
  package subscript(position: Int) -> YAMLNode? {
    guard isSequence, position >= 0 else { return nil }
    var rest = position
    for child in children {
      if rest == 0 { return child.resolved }
      rest -= 1
    }
    return nil
  }

  private static let maximumMergeDepth = 16

  private func lookUp(_ key: [UInt8], depth: Int) -> YAMLNode? {
    guard isMapping, depth < YAMLNode.maximumMergeDepth else { return nil }
    var found: YAMLNode?
    var merged: [YAMLNode] = []
    for child in children {
      guard let name = child.key else { continue }
      if name.hasText(key) { found = child }
      if name.isMergeKey { merged.append(child.resolved) }
    }
    if let found { return found }
    for source in merged.reversed() {
      for map in source.isSequence ? source.items.map(\.resolved) : [source] {
        if let value = map.lookUp(key, depth: depth + 1) { return value }
      }
    }
    return nil
  }

  /// What an alias stands for; the node itself when it is none, or when the alias leads nowhere or to a node that
  /// it is a part of.
  package var resolved: YAMLNode {
    guard isAlias, let target = node(row.target) else { return self }
    return target
  }

  // MARK: How it is written

  /// Brackets or braces rather than indentation.
  package var isFlow: Bool { row.isFlow }
  /// The name of the anchor, without `&`; the name of an alias, without `*`.
  package var anchor: ByteString? {
    if isAlias { return tree.bytes(row.token.contentStart, row.token.contentEnd) }
    return row.anchor.isEmpty ? nil : tree.bytes(row.anchor.start, row.anchor.end)
  }
  /// The tag as written: `!!str`, `!reference`.
  package var tag: ByteString? { row.tag.isEmpty ? nil : tree.bytes(row.tag.start, row.tag.end) }
  package var tagRange: ByteRange? { row.tag.isEmpty ? nil : row.tag.range }

  var token: Token { row.token }

  /// `<<` without quotes.
  package var isMergeKey: Bool { isScalar && row.token.style == .plain && row.tag.isEmpty && hasText([0x3c, 0x3c]) }

  /// True when this is a scalar with exactly this text.
  private func hasText(_ wanted: [UInt8]) -> Bool {
    guard isScalar else { return false }
    let token = row.token
    guard token.isVerbatim else { return scalar?.text.bytes == wanted }
    return tree.padded[Int(token.contentStart)..<Int(token.contentEnd)].elementsEqual(wanted)
  }
}

extension YAMLNode: KeyedNode {}

extension YAMLNode: Hashable {
  package static func == (left: YAMLNode, right: YAMLNode) -> Bool {
    left.index == right.index && left.tree === right.tree
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(index)
    hasher.combine(ObjectIdentifier(tree))
  }
}

extension YAMLNode {
  /// The children of a node; walks them without building an array.
  package struct Children: Sequence, IteratorProtocol, Sendable {
    let tree: YAMLTree
    var upcoming: Int32

    package mutating func next() -> YAMLNode? {
      guard upcoming >= 0 else { return nil }
      let node = YAMLNode(tree: tree, index: upcoming)
      upcoming = tree.rows[Int(upcoming)].nextSibling
      return node
    }
  }
}
