import SourceText

/// The text of a word as far as it is known before the script runs: literal pieces and holes.
package struct ResolvedText: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    case literal(ByteString)
    /// What only the run knows, by the text that stands for it: `$NAME`, `$(date)`, `${{ github.sha }}`.
    /// Two holes with one text are taken to hold one value.
    case hole(ByteString)
  }

  /// Without empty or neighbouring literals.
  package private(set) var pieces: [Piece] = []

  package init() {}
  package init(_ literal: ByteString) { append(literal) }
  package init(hole text: ByteString) { append(.hole(text)) }

  /// The whole text when it has no holes.
  package var constant: ByteString? {
    switch pieces.count {
    case 0: return ""
    case 1: if case .literal(let text) = pieces[0] { return text }
    default: break
    }
    return nil
  }

  package var isConstant: Bool { constant != nil }
  package var isEmpty: Bool { pieces.isEmpty }

  /// The text with each hole as it is written, for messages and comparison.
  package var shown: ByteString {
    pieces.reduce(into: ByteString()) { text, piece in
      switch piece {
      case .literal(let literal): text.append(literal)
      case .hole(let hole): text.append(hole)
      }
    }
  }

  /// How long `shown` is.
  var byteCount: Int {
    pieces.reduce(0) { count, piece in
      switch piece {
      case .literal(let text), .hole(let text): count + text.count
      }
    }
  }

  /// The literal bytes at the start.
  package var literalPrefix: ByteString {
    if case .literal(let text)? = pieces.first { return text }
    return ""
  }

  package mutating func append(_ literal: ByteString) { append(.literal(literal)) }

  package mutating func append(_ piece: Piece) {
    guard case .literal(let text) = piece else {
      pieces.append(piece)
      return
    }
    if text.isEmpty { return }
    if case .literal(let before)? = pieces.last {
      pieces[pieces.count - 1] = .literal(before + text)
    } else {
      pieces.append(piece)
    }
  }

  package mutating func append(_ other: ResolvedText) {
    for piece in other.pieces { append(piece) }
  }

  /// The parts between occurrences of `separator` in the literal pieces.
  package func split(at separator: Unicode.Scalar) -> [ResolvedText] {
    var parts = [ResolvedText()]
    for piece in pieces {
      guard case .literal(let text) = piece else {
        parts[parts.count - 1].append(piece)
        continue
      }
      let slices = text.bytes.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
      for (index, slice) in slices.enumerated() {
        if index > 0 { parts.append(ResolvedText()) }
        parts[parts.count - 1].append(ByteString(slice))
      }
    }
    return parts
  }

  /// The text without its first `count` bytes, which must be literal.
  func dropping(_ count: Int) -> ResolvedText {
    guard case .literal(let text)? = pieces.first, text.count >= count else { return self }
    var rest = ResolvedText(text[count..<text.count])
    for piece in pieces.dropFirst() { rest.append(piece) }
    return rest
  }
}

/// A word of a command with the place that wrote it.
package struct ResolvedWord: Hashable, Sendable {
  package var text: ResolvedText
  /// The word in the file. A word that a variable supplied has the place of its use.
  package var range: ByteRange
  /// Part of the text is the default of a variable that the script never sets, and a caller may override.
  package var isAssumed: Bool

  package init(_ text: ResolvedText, range: ByteRange, isAssumed: Bool = false) {
    self.text = text
    self.range = range
    self.isAssumed = isAssumed
  }
}
