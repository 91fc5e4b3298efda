import Diagnostics
import Kubernetes
import Rules
import SourceText

/// Turns the places that findings name into labels on what a person edits: a values file or an argument where a value
/// supplied the bytes, the action where a function made them, the template's text where it was typed there.
struct Placement {
  let trees: PlacedTrees

  /// A place in source: where to point, and what else a reader wants to see.
  struct Placed: Hashable {
    var primary: SourceRange
    var related: [Label] = []
  }

  /// Nil when the node belongs to no text that is known.
  func placed(_ place: Place) -> Placed? {
    switch place {
    case .value(let node) where node.isScalar: scalar(node, nil) ?? placed(.key(node))
    case .value(let node): key(of: node)
    case .bytes(let node, let range) where range.isEmpty:
      nothing(in: node, at: range.lowerBound) ?? scalar(node, range) ?? placed(.value(node))
    case .bytes(let node, let range): scalar(node, range) ?? placed(.value(node))
    case .key(let node): key(of: node)
    case .valuesKey(let path, let node, let range):
      valuesKey(path, of: node, range) ?? scalar(node, range) ?? placed(.value(node))
    case .include(let node): include(of: node) ?? key(of: node)
    case .absent(let key, let node): absent(key, under: node)
    case .object(let node): object(node)
    case .script(let place): Placed(primary: place)
    }
  }

  private func scalar(_ node: Node, _ range: Range<Int>?) -> Placed? {
    trees.map(of: node).flatMap { placed($0, trees.rawRange(of: node, in: range)) }
  }

  /// The value that was printed at an offset of a scalar's text and is empty.
  private func nothing(in node: Node, at offset: Int) -> Placed? {
    guard let map = trees.map(of: node) else { return nil }
    let empties = map.empties(in: trees.rawOffsets(of: node, at: offset))
    guard let piece = empties.first(where: \.isFromLeaf) ?? empties.first else { return nil }
    // A leaf without bytes, such as an empty document, cannot be pointed at; its action can.
    if let place = piece.innermostPlace, !place.range.isEmpty {
      return Placed(primary: place, related: unique(explanation(of: piece), without: place))
    }
    guard case .action(let place) = piece.printer else { return nil }
    return Placed(primary: place, related: unique(explanation(of: piece), without: place))
  }

  private func valuesKey(_ path: String, of node: Node, _ range: Range<Int>) -> Placed? {
    guard let map = trees.map(of: node) else { return nil }
    for piece in map.pieces(in: trees.rawRange(of: node, in: range)) {
      for case .value(path, let place, _) in piece.source?.leaves ?? [] {
        if let key = ValuesKeys.key(of: place) {
          return Placed(primary: key, related: unique(explanation(of: piece), without: key))
        }
        guard case .action(let action) = piece.printer else { continue }
        return Placed(primary: action, related: [Label(place, "set here")])
      }
    }
    return nil
  }

  private func include(of node: Node) -> Placed? {
    guard let map = trees.map(of: node), let key = trees.keyPlace(of: node), let piece = map.pieces(in: key).first,
      let call = piece.calls.last?.place, let own = self.key(of: node)
    else { return nil }
    let inner = [Label(own.primary, "the key is written here")] + own.related
    return Placed(primary: call, related: unique(inner, without: call))
  }

  /// The mapping that lacks a key, and the branch that would have written it.
  private func absent(_ key: String, under node: Node) -> Placed? {
    guard var placed = self.key(of: node) else { return nil }
    if let branch = branch(writing: key, into: node), branch != placed.primary {
      placed.related.insert(Label(branch, "`\(key)` would be written here, had this gone the other way"), at: 0)
    }
    return placed
  }

  private func branch(writing key: String, into mapping: Node) -> SourceRange? {
    guard let coverage = trees.coverage, let map = trees.map(of: mapping) else { return nil }
    let starts = mapping.children.lazy.compactMap { trees.keyPlace(of: $0)?.start }
    guard let start = starts.compactMap({ map.literal(at: $0) }).first(where: { _ in true }) else { return nil }
    let next = trees.offset(behind: mapping).flatMap { map.literal(at: $0) }
    let isNext = next.map { next in
      next.place.file == start.place.file && next.frame == start.frame
        && next.place.range.start > start.place.range.start
    }
    let end = isNext == true ? next?.place.range.start : coverage.endOfLoop(around: start.place)
    return coverage.branch(
      writing: key, from: start.place, to: end ?? start.place.file.text.count, in: start.frame)
  }

  /// The key that names a node; an item of a sequence is known by its name, a whole object by its kind.
  private func key(of node: Node) -> Placed? {
    guard let map = trees.map(of: node) else { return nil }
    if let key = trees.keyPlace(of: node) { return placed(map, key) }
    guard node.parent != nil else { return node.isMapping ? object(node) : placed(map, trees.place(of: node)) }
    guard node.isMapping, let entry = node["name"] ?? Array(node.children).first, let key = trees.keyPlace(of: entry)
    else {
      return placed(map, trees.place(of: node)) ?? node.parent.flatMap { self.key(of: $0) }
    }
    return entry.isScalar ? line(map, key, through: trees.place(of: entry)) : placed(map, key)
  }

  private func object(_ node: Node) -> Placed? {
    guard let map = trees.map(of: node) else { return nil }
    guard let kind = node["kind"], let key = trees.keyPlace(of: kind) else {
      return placed(map, Array(node.children).first.flatMap { trees.keyPlace(of: $0) } ?? trees.place(of: node))
    }
    return line(map, key, through: trees.place(of: kind))
  }

  /// The place of a range of a map's text; nil for an empty one.
  static func placed(_ map: SourceMap, _ range: ByteRange) -> Placed? {
    Placement(trees: PlacedTrees()).placed(map, range)
  }

  /// A key together with its value where both are typed side by side, else the key.
  private func line(_ map: SourceMap, _ key: ByteRange, through value: ByteRange) -> Placed? {
    let pieces = map.pieces(in: ByteRange(key.start, max(key.end, value.end)))
    return pieces.allSatisfy(\.isTemplateText)
      ? placed(map, ByteRange(key.start, max(key.end, value.end))) : placed(map, key)
  }

  // MARK: Choosing

  private func placed(_ map: SourceMap, _ range: ByteRange) -> Placed? {
    let pieces = map.pieces(in: range)
    guard let chosen = pieces.first(where: \.isFromLeaf) ?? pieces.first(where: { !$0.isTemplateText }) ?? pieces.first
    else { return nil }
    guard let primary = chosen.isTemplateText ? union(of: pieces) : chosen.innermostPlace else { return nil }
    var related = explanation(of: chosen)
    for piece in pieces where piece != chosen && piece.isFromLeaf {
      if let place = piece.innermostPlace { related.append(Label(place, "another part of the same text")) }
    }
    return Placed(primary: primary, related: unique(related, without: primary))
  }

  /// From the first to the last byte of template text, as far as it stands in one file.
  private func union(of pieces: [SourcePiece]) -> SourceRange? {
    let places = pieces.compactMap(\.innermostPlace)
    guard let first = places.first else { return nil }
    let same = places.prefix { $0.file == first.file && $0.range.start >= first.range.start }
    return SourceRange(first.file, same.reduce(first.range) { $0.union($1.range) })
  }

  /// The way from the primary place to the manifest: the action that printed a value, the values that a function was
  /// given, the includes.
  private func explanation(of piece: SourcePiece) -> [Label] {
    var labels: [Label] = []
    if case .action(let action) = piece.printer, piece.isFromLeaf {
      labels.append(Label(action, "printed by this action", isOnTheWay: true))
    }
    if case .derived? = piece.source {
      for leaf in piece.source?.leaves ?? [] {
        if let place = leaf.place { labels.append(Label(place, "made from this value")) }
      }
    }
    for call in piece.calls.prefix(3) {
      if let place = call.place { labels.append(Label(place, "included from here", isOnTheWay: true)) }
    }
    return labels
  }

  private func unique(_ labels: [Label], without primary: SourceRange) -> [Label] {
    var seen: Set<SourceRange> = [primary]
    return labels.filter { seen.insert($0.place).inserted }
  }
}

extension SourcePiece {
  var isTemplateText: Bool {
    if case .templateText = printer { return source == nil }
    return false
  }

  /// True when a value, and not a constant or a function, supplied the bytes.
  var isFromLeaf: Bool {
    switch source {
    case .value, .chart: true
    case .constant, .builtIn, .derived, .unknown, nil: false
    }
  }
}
