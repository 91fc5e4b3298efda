import Diagnostics
import Kubernetes
import Rules
import SourceText

/// The documents of a lint, each with the way from its bytes back to source.
package struct PlacedTrees: Sendable {
  private struct Entry {
    /// Keeps the tree alive, so that its identity stays its own.
    var tree: NodeTree
    var map: SourceMap
    /// Where in the map's text the text starts that the tree was read from.
    var base: Int
  }
  private var entries: [ObjectIdentifier: Entry] = [:]

  package init() {}

  /// Adds a tree that was read from the text of `map`, from `base` on.
  package mutating func add(_ tree: NodeTree, of map: SourceMap, from base: Int = 0) {
    entries[ObjectIdentifier(tree)] = Entry(tree: tree, map: map, base: base)
  }

  /// Adds all trees of another collection.
  mutating func add(_ other: PlacedTrees) { entries.merge(other.entries) { first, _ in first } }

  package func map(of node: Node) -> SourceMap? { entries[ObjectIdentifier(node.tree)]?.map }

  /// Where a node's value stands in the text of its map.
  func place(of node: Node) -> ByteRange { moved(node.place, of: node) }

  /// Where the key that names a node stands in the text of its map.
  func keyPlace(of node: Node) -> ByteRange? { node.keyPlace.map { moved($0, of: node) } }

  private func moved(_ range: ByteRange, of node: Node) -> ByteRange {
    let base = entries[ObjectIdentifier(node.tree)]?.base ?? 0
    return ByteRange(range.start + base, range.end + base)
  }

  /// The bytes in the map's text that a range of a scalar's decoded text stands for; all of the scalar's content,
  /// without its quotes, for nil.
  func rawRange(of node: Node, in range: Range<Int>? = nil) -> ByteRange {
    let place = place(of: node)
    guard node.isScalar, let map = map(of: node), let decoded = decoded(node, in: map),
      let raw = decoded.rawRange(of: range ?? 0..<decoded.bytes.count), !raw.isEmpty
    else { return place }
    return ByteRange(place.start + raw.lowerBound, place.start + raw.upperBound)
  }

  /// The scalar's text decoded once more, with the place of each byte; nil when that gives another text than the
  /// parser's.
  private func decoded(_ node: Node, in map: SourceMap) -> DecodedScalar? {
    let place = place(of: node)
    let end = min(place.end, map.text.count)
    let decoded = DecodedScalar(raw: map.text.bytes[min(place.start, end)..<end])
    return decoded?.bytes == node.scalarBytes?.bytes ? decoded : nil
  }
}

extension PlacedTrees: Provenance {
  package func sources(of node: Node, in range: Range<Int>?) -> [SourcedRange]? {
    guard let map = map(of: node), map.isRendered, let decoded = decoded(node, in: map) else { return nil }
    let place = place(of: node)
    let wanted = (range ?? 0..<decoded.bytes.count).clamped(to: 0..<decoded.bytes.count)
    guard let raw = decoded.rawRange(of: wanted), !raw.isEmpty else { return [] }
    let pieces = map.pieces(
      in: ByteRange(place.start + raw.lowerBound, place.start + raw.upperBound))
    var result: [SourcedRange] = []
    var index = wanted.lowerBound
    for piece in pieces {
      let start = index
      while index < wanted.upperBound, place.start + decoded.starts[index] < piece.range.end { index += 1 }
      if index > start { result.append(SourcedRange(start..<index, ValueSource(piece, map: map))) }
    }
    return result
  }
}

extension ValueSource {
  /// What supplied a piece, in the words of the rules.
  fileprivate init(_ piece: SourcePiece, map: SourceMap) {
    if let source = piece.source {
      self.init(source, map: map)
    } else if case .templateText = piece.printer {
      self = .literal
    } else {
      self = .unknown
    }
  }

  private init(_ source: Trace.Source, map: SourceMap) {
    switch source {
    case .value(let path?, let place, _):
      self =
        place.file.kind == .argument
        ? .argument(key: path) : .value(key: path, isVendorDefault: map.isVendorDefault(place))
    case .value(nil, _, _), .unknown: self = .unknown
    case .chart(let field, _): self = .chart(field: field)
    case .constant: self = .literal
    case .builtIn(let name): self = .builtIn(name.first == "." ? String(name.dropFirst()) : name)
    case .derived(let function, let inputs):
      self = .derived(function: function, inputs.map { ValueSource($0, map: map) })
    }
  }
}
