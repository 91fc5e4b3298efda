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
  }
  private var entries: [ObjectIdentifier: Entry] = [:]

  package init() {}

  /// Adds a tree whose places are offsets into the text of `map`.
  package mutating func add(_ tree: NodeTree, of map: SourceMap) {
    entries[ObjectIdentifier(tree)] = Entry(tree: tree, map: map)
  }

  package func map(of node: Node) -> SourceMap? { entries[ObjectIdentifier(node.tree)]?.map }

  /// The bytes in the parsed text that a range of a scalar's decoded text stands for; all of the scalar's content,
  /// without its quotes, for nil.
  func rawRange(of node: Node, in range: Range<Int>? = nil) -> ByteRange {
    guard node.isScalar, let map = map(of: node), let decoded = DecodedScalar(raw: raw(of: node, in: map)),
      decoded.bytes == node.scalarBytes?.bytes,
      let raw = decoded.rawRange(of: range ?? 0..<decoded.bytes.count), !raw.isEmpty
    else { return node.place }
    return ByteRange(node.place.start + raw.lowerBound, node.place.start + raw.upperBound)
  }

  private func raw(of node: Node, in map: SourceMap) -> ArraySlice<UInt8> {
    let end = min(node.place.end, map.text.count)
    return map.text.bytes[min(node.place.start, end)..<end]
  }
}

extension PlacedTrees: Provenance {
  package func sources(of node: Node, in range: Range<Int>?) -> [SourcedRange]? {
    guard let map = map(of: node), map.isRendered, let decoded = DecodedScalar(raw: raw(of: node, in: map)),
      decoded.bytes == node.scalarBytes?.bytes
    else { return nil }
    let wanted = (range ?? 0..<decoded.bytes.count).clamped(to: 0..<decoded.bytes.count)
    guard let raw = decoded.rawRange(of: wanted), !raw.isEmpty else { return [] }
    let pieces = map.pieces(
      in: ByteRange(node.place.start + raw.lowerBound, node.place.start + raw.upperBound))
    var result: [SourcedRange] = []
    var index = wanted.lowerBound
    for piece in pieces {
      let start = index
      while index < wanted.upperBound, node.place.start + decoded.starts[index] < piece.range.end { index += 1 }
      if index > start { result.append(SourcedRange(start..<index, ValueSource(piece))) }
    }
    return result
  }
}

extension ValueSource {
  /// What supplied a piece, in the words of the rules.
  fileprivate init(_ piece: SourcePiece) {
    if let source = piece.source {
      self.init(source)
    } else if case .templateText = piece.printer {
      self = .literal
    } else {
      self = .unknown
    }
  }

  private init(_ source: Trace.Source) {
    switch source {
    case .value(let path?, let place, _):
      self = place.file.kind == .argument ? .argument(key: path) : .value(key: path)
    case .value(nil, _, _), .unknown: self = .unknown
    case .chart(let field, _): self = .chart(field: field)
    case .constant: self = .literal
    case .builtIn(let name): self = .builtIn(name.first == "." ? String(name.dropFirst()) : name)
    case .derived(let function, let inputs):
      self = .derived(function: function, inputs.map { ValueSource($0) })
    }
  }
}
