import SourceText

/// A glob of the gobwas library with `/` as separator: `*`, `**`, `?`, `[abc]`, `[!a-z]`, `{a,b}`, `\x`.
package struct GlobPattern: Sendable {
  /// The pattern is malformed.
  package struct BadPattern: Error, Hashable, Sendable {}

  fileprivate indirect enum Node: Sendable {
    case rune(Unicode.Scalar)
    /// `*`: anything but the separator.
    case star
    /// `**`: anything.
    case superStar
    /// `?`: one character that is no separator.
    case single
    case set([Unicode.Scalar], isNegated: Bool)
    case range(Unicode.Scalar, Unicode.Scalar, isNegated: Bool)
    case alternatives([[Node]])
  }

  private let nodes: [Node]

  package init(_ pattern: ByteString) throws(BadPattern) {
    var parser = GlobParser(runes: GoText.runes(pattern))
    nodes = try parser.sequence(level: 0)
  }

  package func matches(_ name: ByteString) -> Bool {
    let text = GoText.runes(name)
    return Self.match(nodes[...], text, from: [0]).contains(text.count)
  }

  /// Every place where a match of `nodes` that starts at one of `starts` can end, in order.
  private static func match(_ nodes: ArraySlice<Node>, _ text: [Unicode.Scalar], from starts: [Int]) -> [Int] {
    var places = starts
    for (index, node) in zip(nodes.indices, nodes) {
      if places.isEmpty { return [] }
      let hasFixedNeighbour =
        (index > nodes.startIndex && supposedLength(of: nodes[index - 1]) != nil)
        || (index + 1 < nodes.endIndex && supposedLength(of: nodes[index + 1]) != nil)
      if case .alternatives = node, hasFixedNeighbour, let length = supposedLength(of: node) {
        // The library cuts neighbours of supposedly fixed length apart by counting; at zero it loses count.
        places = places.filter { length > 0 && step(node, text, from: [$0]).contains($0 + length) }
        places = places.map { $0 + length }
      } else {
        places = step(node, text, from: places)
      }
    }
    return places
  }

  /// How many characters the library believes a node to match; nil when it knows that this varies.
  ///
  /// Of alternatives it forgets that the first may vary: in `x{*,b}` it takes the braces for one character.
  private static func supposedLength(of node: Node) -> Int? {
    switch node {
    case .rune, .single, .set, .range: return 1
    case .star, .superStar: return nil
    case .alternatives(let branches):
      var length: Int?
      for branch in branches {
        let own = supposedLength(of: branch)
        guard let known = length else {
          length = own
          continue
        }
        if own != known { return nil }
      }
      return length
    }
  }

  private static func supposedLength(of nodes: [Node]) -> Int? {
    var sum = 0
    for node in nodes {
      guard let length = supposedLength(of: node) else { return nil }
      sum += length
    }
    return sum
  }

  private static func step(_ node: Node, _ text: [Unicode.Scalar], from places: [Int]) -> [Int] {
    switch node {
    case .rune(let rune): return places.filter { $0 < text.count && text[$0] == rune }.map { $0 + 1 }
    case .single: return places.filter { $0 < text.count && text[$0] != "/" }.map { $0 + 1 }
    case .set(let runes, let isNegated):
      return places.filter { $0 < text.count && runes.contains(text[$0]) != isNegated }.map { $0 + 1 }
    case .range(let low, let high, let isNegated):
      return places.filter { $0 < text.count && (low <= text[$0] && text[$0] <= high) != isNegated }.map { $0 + 1 }
    case .superStar: return places.first.map { Array($0...text.count) } ?? []
    case .star:
      var reached: [Int] = []
      for place in places where place > (reached.last ?? -1) {
        var end = place
        reached.append(end)
        while end < text.count && text[end] != "/" {
          end += 1
          reached.append(end)
        }
      }
      return reached
    case .alternatives(let branches):
      return Set(branches.flatMap { match($0[...], text, from: places) }).sorted()
    }
  }
}

/// Reads a pattern as gobwas does, whose lexer knows only whether it stands inside braces: braces may stay open, a
/// `}` or `,` outside of them is a plain character, and a `\` at the end vanishes.
private struct GlobParser {
  private let runes: [Unicode.Scalar]
  private var index = 0

  init(runes: [Unicode.Scalar]) { self.runes = runes }

  private var next: Unicode.Scalar? { index < runes.count ? runes[index] : nil }

  /// Nodes up to the end, or up to a `,` or `}` inside braces; `level` counts those that are open.
  mutating func sequence(level: Int) throws(GlobPattern.BadPattern) -> [GlobPattern.Node] {
    guard level < 64 else { throw GlobPattern.BadPattern() }
    var nodes: [GlobPattern.Node] = []
    while let rune = next {
      if level > 0 && (rune == "," || rune == "}") { return nodes }
      switch rune {
      case "*":
        index += 1
        nodes.append(next == "*" ? .superStar : .star)
        if next == "*" { index += 1 }
      case "?":
        index += 1
        nodes.append(.single)
      case "[":
        index += 1
        nodes.append(try set())
      case "{":
        index += 1
        nodes.append(try alternatives(level: level + 1))
      default: nodes += text(endingAt: level > 0 ? "?*[{}," : "?*[{").map { .rune($0) }
      }
    }
    return nodes
  }

  private mutating func alternatives(level: Int) throws(GlobPattern.BadPattern) -> GlobPattern.Node {
    var branches: [[GlobPattern.Node]] = []
    while true {
      branches.append(try sequence(level: level))
      guard let rune = next else { return .alternatives(branches) }
      index += 1
      if rune == "}" { return .alternatives(branches) }
    }
  }

  /// A list of characters or one range, behind its `[`.
  private mutating func set() throws(GlobPattern.BadPattern) -> GlobPattern.Node {
    var isNegated = false
    if next == "!" {
      isNegated = true
      index += 1
    }
    if index + 1 < runes.count && runes[index + 1] == "-" {
      guard index + 3 < runes.count, runes[index + 3] == "]" else { throw GlobPattern.BadPattern() }
      let (low, high) = (runes[index], runes[index + 2])
      guard low <= high, low != "\0" else { throw GlobPattern.BadPattern() }
      index += 4
      return .range(low, high, isNegated: isNegated)
    }
    let members = text(endingAt: "]")
    guard next == "]", !members.isEmpty else { throw GlobPattern.BadPattern() }
    index += 1
    return .set(members, isNegated: isNegated)
  }

  /// Characters up to one of `stops`; a `\` takes the next one literally.
  private mutating func text(endingAt stops: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    while let rune = next, !stops.unicodeScalars.contains(rune) {
      index += 1
      guard rune == "\\" else {
        result.append(rune)
        continue
      }
      if let escaped = next {
        result.append(escaped)
        index += 1
      }
    }
    return result
  }
}
