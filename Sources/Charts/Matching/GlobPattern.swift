import SourceText

/// A glob of the gobwas library with `/` as separator: `*`, `**`, `?`, `[abc]`, `[!a-z]`, `{a,b}`, `\x`.
package struct GlobPattern: Sendable {
  /// The pattern is malformed.
  package struct BadPattern: Error, Hashable, Sendable {}

  private indirect enum Node: Sendable {
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
    var parser = Parser(runes: GoText.runes(pattern))
    nodes = try parser.sequence(isInside: false, depth: 0)
  }

  package func matches(_ name: ByteString) -> Bool {
    let text = GoText.runes(name)
    return Self.match(nodes[...], text, from: [0]).contains(text.count)
  }

  /// Every place where a match of `nodes` that starts at one of `starts` can end, in order.
  private static func match(_ nodes: ArraySlice<Node>, _ text: [Unicode.Scalar], from starts: [Int]) -> [Int] {
    var places = starts
    for node in nodes {
      if places.isEmpty { return [] }
      places = step(node, text, from: places)
    }
    return places
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

  private struct Parser {
    let runes: [Unicode.Scalar]
    var index = 0

    init(runes: [Unicode.Scalar]) { self.runes = runes }

    mutating func sequence(isInside: Bool, depth: Int) throws(BadPattern) -> [Node] {
      guard depth < 64 else { throw BadPattern() }
      var nodes: [Node] = []
      while index < runes.count {
        let rune = runes[index]
        if isInside && (rune == "," || rune == "}") { return nodes }
        index += 1
        switch rune {
        case "\\":
          guard index < runes.count else { throw BadPattern() }
          nodes.append(.rune(runes[index]))
          index += 1
        case "*":
          if index < runes.count && runes[index] == "*" {
            index += 1
            nodes.append(.superStar)
          } else {
            nodes.append(.star)
          }
        case "?": nodes.append(.single)
        case "[": nodes.append(try set())
        case "{": nodes.append(try alternatives(depth: depth))
        default: nodes.append(.rune(rune))
        }
      }
      if isInside { throw BadPattern() }
      return nodes
    }

    private mutating func alternatives(depth: Int) throws(BadPattern) -> Node {
      var branches: [[Node]] = []
      while true {
        branches.append(try sequence(isInside: true, depth: depth + 1))
        guard index < runes.count else { throw BadPattern() }
        index += 1
        if runes[index - 1] == "}" { return .alternatives(branches) }
      }
    }

    /// A list of characters or one range, behind its `[`.
    private mutating func set() throws(BadPattern) -> Node {
      var isNegated = false
      if index < runes.count && runes[index] == "!" {
        isNegated = true
        index += 1
      }
      if index + 3 < runes.count && runes[index + 1] == "-" && runes[index + 3] == "]" && runes[index] != "\\" {
        let (low, high) = (runes[index], runes[index + 2])
        guard low <= high else { throw BadPattern() }
        index += 4
        return .range(low, high, isNegated: isNegated)
      }
      var members: [Unicode.Scalar] = []
      while index < runes.count {
        var rune = runes[index]
        index += 1
        if rune == "]" {
          guard !members.isEmpty else { throw BadPattern() }
          return .set(members, isNegated: isNegated)
        }
        if rune == "\\" {
          guard index < runes.count else { throw BadPattern() }
          rune = runes[index]
          index += 1
        }
        members.append(rune)
      }
      throw BadPattern()
    }
  }
}
