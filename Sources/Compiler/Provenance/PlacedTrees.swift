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
  /// What the templates of the render say, and which parts of them did not run; nil for manifests.
  let coverage: Coverage?

  package init() { coverage = nil }
  init(coverage: Coverage?) { self.coverage = coverage }

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

  /// The place of one offset of a scalar's decoded text in the map's text, both ends of what stands there.
  func rawOffsets(of node: Node, at offset: Int) -> ByteRange {
    let place = place(of: node)
    guard node.isScalar, let map = map(of: node), let decoded = decoded(node, in: map),
      let raw = decoded.rawRange(of: offset..<offset)
    else { return place }
    return ByteRange(place.start + raw.lowerBound, place.start + raw.upperBound)
  }

  /// Where in the map's text the first node starts that stands behind a node and everything in it; nil for the last.
  func offset(behind node: Node) -> Int? {
    var node = node
    while let parent = node.parent {
      var isBehind = false
      for sibling in parent.children {
        if isBehind { return keyPlace(of: sibling)?.start ?? place(of: sibling).start }
        isBehind = sibling == node
      }
      node = parent
    }
    return nil
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
    guard let raw = decoded.rawRange(of: wanted) else { return [] }
    let rendered = ByteRange(place.start + raw.lowerBound, place.start + raw.upperBound)
    var empties = map.empties(in: rendered)[...]
    var result: [SourcedRange] = []
    var index = wanted.lowerBound
    func addEmpties(before end: Int) {
      while let empty = empties.first, empty.range.start < end {
        result.append(SourcedRange(index..<index, ValueSource(empty, map: map)))
        empties.removeFirst()
      }
    }
    for piece in map.pieces(in: rendered) {
      addEmpties(before: piece.range.end)
      let start = index
      while index < wanted.upperBound, place.start + decoded.starts[index] < piece.range.end { index += 1 }
      if index > start { result.append(SourcedRange(start..<index, ValueSource(piece, map: map))) }
    }
    addEmpties(before: rendered.end + 1)
    return result
  }
}

extension PlacedTrees {
  package func templates(printing key: Node) -> [String] {
    guard let map = map(of: key), let place = keyPlace(of: key) else { return [] }
    return map.pieces(in: place).first?.calls.map(\.template) ?? []
  }

  package func hasTemplate(_ name: String) -> Bool { coverage?.templates[ByteString(name)] != nil }
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
    case .value(nil, let place, _): self = .file(path: place.file.path)
    case .unknown: self = .unknown
    case .chart(let field, _): self = .chart(field: field)
    case .constant: self = .literal
    case .builtIn(let name): self = .builtIn(name.first == "." ? String(name.dropFirst()) : name)
    case .derived(let function, let inputs):
      self = .derived(function: function, inputs.map { ValueSource($0, map: map) })
    }
  }
}
