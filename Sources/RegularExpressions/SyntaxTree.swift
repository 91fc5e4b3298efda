/// A condition on a place between two characters.
enum Assertion: UInt8, Hashable, Sendable {
  case beginLine = 1
  case endLine = 2
  case beginText = 4
  case endText = 8
  case wordBoundary = 16
  case noWordBoundary = 32

  /// The condition as it looks when the text is read from its end.
  var mirrored: Assertion {
    switch self {
    case .beginLine: .endLine
    case .endLine: .beginLine
    case .beginText: .endText
    case .endText: .beginText
    case .wordBoundary, .noWordBoundary: self
    }
  }
}

/// A parsed pattern.
indirect enum SyntaxTree: Sendable {
  case empty
  /// One character of a set.
  case set(ScalarSet)
  case assertion(Assertion)
  case capture(Int, Node)
  case concatenation([Node])
  case alternation([Node])
  /// `maximum` is nil when there is none.
  case repetition(Node, minimum: Int, maximum: Int?, isGreedy: Bool)

  /// A tree with the measures that limit patterns.
  struct Node: Sendable {
    let tree: SyntaxTree
    let height: Int
    /// How many instructions Go's compiler would make of it.
    let size: Int
    /// Whether a counted repetition is inside.
    let isCounted: Bool

    init(_ tree: SyntaxTree) {
      self.tree = tree
      let children = tree.children
      height = 1 + (children.map(\.height).max() ?? 0)
      size = max(1, tree.size)
      if case .repetition(_, let minimum, let maximum, _) = tree, minimum > 1 || (maximum ?? 0) > 1 {
        isCounted = true
      } else {
        isCounted = children.contains { $0.isCounted }
      }
    }
  }

  var children: [Node] {
    switch self {
    case .empty, .set, .assertion: []
    case .capture(_, let node), .repetition(let node, _, _, _): [node]
    case .concatenation(let nodes), .alternation(let nodes): nodes
    }
  }

  /// Saturates far above the limit.
  private var size: Int {
    switch self {
    case .empty, .set, .assertion: return 1
    case .capture(_, let node): return 2 + node.size
    case .concatenation(let nodes): return SyntaxTree.sum(nodes)
    case .alternation(let nodes): return SyntaxTree.sum(nodes) + nodes.count - 1
    case .repetition(let node, let minimum, let maximum, _):
      guard let maximum else {
        return minimum == 0 ? 2 + node.size : min(1 + minimum * node.size, SyntaxTree.hugeSize)
      }
      return min(maximum * node.size + maximum - minimum, SyntaxTree.hugeSize)
    }
  }

  private static let hugeSize = 1 << 40

  private static func sum(_ nodes: [Node]) -> Int {
    nodes.reduce(0) { min($0 + $1.size, hugeSize) }
  }

  /// Whether counted repetitions inside each other stay within `limit` in all.
  func repeats(within limit: Int) -> Bool {
    var limit = limit
    if case .repetition(_, let minimum, let maximum, _) = self {
      let count = maximum ?? minimum
      if maximum == 0 { return true }
      if count > limit { return false }
      if count > 0 { limit /= count }
    }
    for child in children where child.isCounted && !child.tree.repeats(within: limit) { return false }
    return true
  }
}
