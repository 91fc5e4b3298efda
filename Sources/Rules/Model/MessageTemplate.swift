/// A message with holes: `{name}` takes a text; `{ and `{name}` too}` is printed only when each hole in it is filled.
package struct MessageTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(stringLiteral text: String) { self.init(text) }
  package var description: String { text }

  enum Piece: Hashable, Sendable {
    case literal(String)
    case hole(String)
    case optional([Piece])
  }

  /// The message with its holes filled; an unfilled hole outside an optional part prints nothing.
  package func filled(_ holes: [Hole]) -> String {
    var values: [String: String] = [:]
    for hole in holes { values[hole.name] = hole.text }
    return Self.print(pieces, values)
  }

  /// The names of all holes, in order of appearance.
  package var holeNames: [String] { Self.names(in: pieces) }

  /// The holes that the message puts in backticks: the texts it quotes, not what it says of them.
  package var quotedHoles: Set<String> { Set(holeNames.filter { text.contains("`{\($0)}`") }) }

  var pieces: [Piece] {
    var rest = Substring(text)
    return Self.parse(&rest, isNested: false)
  }

  private static func parse(_ rest: inout Substring, isNested: Bool) -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case "{":
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
        pieces.append(parseBraces(&rest))
      case "}" where isNested:
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return pieces
      default: literal.append(character)
      }
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    return pieces
  }

  /// What stands behind an opening brace: a bare word is a hole, anything else an optional part.
  private static func parseBraces(_ rest: inout Substring) -> Piece {
    let word = rest.prefix { $0.isLetter || $0.isNumber }
    if !word.isEmpty, rest.dropFirst(word.count).first == "}" {
      rest.removeFirst(word.count + 1)
      return .hole(String(word))
    }
    return .optional(parse(&rest, isNested: true))
  }

  private static func print(_ pieces: [Piece], _ values: [String: String]) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .literal(let text): result += text
      case .hole(let name): result += values[name] ?? ""
      case .optional(let inner):
        if names(in: inner).allSatisfy({ values[$0] != nil }) { result += print(inner, values) }
      }
    }
    return result
  }

  private static func names(in pieces: [Piece]) -> [String] {
    pieces.flatMap { piece -> [String] in
      switch piece {
      case .literal: []
      case .hole(let name): [name]
      case .optional(let inner): names(in: inner)
      }
    }
  }
}

/// What fills a hole of a message.
package struct Hole: Hashable, Sendable {
  package let name: String
  package let text: String
  package init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}
