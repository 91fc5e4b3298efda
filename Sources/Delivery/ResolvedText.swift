import SourceText

/// The text of a word as far as it is known before the script runs: literal pieces and holes.
///
/// It knows for each byte where it was written: at the command, or at the assignment that it came from. Places do not
/// count when texts are compared.
package struct ResolvedText: Sendable {
  package enum Piece: Hashable, Sendable {
    case literal(ByteString)
    /// What only the run knows, by the text that stands for it: `$NAME`, `$(date)`, `${{ github.sha }}`.
    /// Two holes with one text are taken to hold one value.
    case hole(ByteString)

    var bytes: ByteString {
      switch self {
      case .literal(let text), .hole(let text): text
      }
    }
  }

  /// A stretch of `shown` with the place that wrote it; verbatim when both are equally long.
  private struct Span: Sendable {
    var count: Int
    var place: SourceRange?

    /// The place of some of the stretch's bytes; of all where the stretch is not written as it reads.
    func narrowed(_ range: Range<Int>) -> SourceRange? {
      guard let place, place.range.count == count else { return place }
      let start = place.range.start
      return SourceRange(place.file, ByteRange(start + range.lowerBound, start + range.upperBound))
    }
  }

  /// Without empty or neighbouring literals.
  package private(set) var pieces: [Piece] = []
  private var spans: [Span] = []

  package init() {}
  package init(_ literal: ByteString, at place: SourceRange? = nil) { append(.literal(literal), at: place) }
  package init(hole text: ByteString, at place: SourceRange? = nil) { append(.hole(text), at: place) }

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

  /// The texts of the holes.
  package var holes: [ByteString] {
    pieces.compactMap { piece in
      if case .hole(let text) = piece { return text }
      return nil
    }
  }

  /// The text with each hole as it is written, for messages and comparison.
  package var shown: ByteString { pieces.reduce(into: ByteString()) { $0.append($1.bytes) } }

  /// How long `shown` is.
  package var byteCount: Int { pieces.reduce(0) { $0 + $1.bytes.count } }

  /// The literal bytes at the start.
  package var literalPrefix: ByteString {
    if case .literal(let text)? = pieces.first { return text }
    return ""
  }

  package mutating func append(_ literal: ByteString) { append(.literal(literal)) }

  package mutating func append(_ piece: Piece, at place: SourceRange? = nil) {
    let count = piece.bytes.count
    if count > 0 { spans.append(Span(count: count, place: place)) }
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
    for piece in other.pieces {
      if case .literal(let text)? = pieces.last, case .literal(let next) = piece {
        pieces[pieces.count - 1] = .literal(text + next)
      } else {
        pieces.append(piece)
      }
    }
    spans += other.spans
  }
}

extension ResolvedText: Hashable {
  package static func == (left: ResolvedText, right: ResolvedText) -> Bool { left.pieces == right.pieces }
  package func hash(into hasher: inout Hasher) { hasher.combine(pieces) }
}

// MARK: - Parts

extension ResolvedText {
  /// The part of the text that a range of `shown` covers; a hole belongs to the part in which it begins.
  package func slice(_ range: Range<Int>) -> ResolvedText {
    var result = ResolvedText()
    var offset = 0
    for piece in pieces {
      let count = piece.bytes.count
      defer { offset += count }
      switch piece {
      case .literal(let text):
        let start = max(range.lowerBound, offset)
        let end = min(range.upperBound, offset + count)
        if start < end { result.appendLiteral(text[(start - offset)..<(end - offset)], spans(in: start..<end)) }
      case .hole:
        if range.contains(offset) { result.append(piece, at: place(of: offset..<(offset + count))) }
      }
    }
    return result
  }

  private mutating func appendLiteral(_ text: ByteString, _ parts: [Span]) {
    if case .literal(let before)? = pieces.last {
      pieces[pieces.count - 1] = .literal(before + text)
    } else {
      pieces.append(.literal(text))
    }
    spans += parts
  }

  private func spans(in range: Range<Int>) -> [Span] {
    var result: [Span] = []
    var offset = 0
    for span in spans {
      let start = max(range.lowerBound, offset)
      let end = min(range.upperBound, offset + span.count)
      if start < end {
        result.append(Span(count: end - start, place: span.narrowed((start - offset)..<(end - offset))))
      }
      offset += span.count
    }
    return result
  }

  /// Where the bytes of a range of `shown` are written: from the first to the last of them that stand in one file.
  /// Nil when no place is known.
  package func place(of range: Range<Int>) -> SourceRange? {
    let places = spans(in: range).compactMap(\.place)
    guard let first = places.first else { return nil }
    let near = places.prefix { $0.file == first.file && $0.range.start >= first.range.start }
    return SourceRange(first.file, near.reduce(first.range) { $0.union($1.range) })
  }

  /// More parts than anybody writes; such a text stays whole.
  private static let mostParts = 256

  /// The parts between occurrences of `separator` in the literal pieces.
  package func split(at separator: Unicode.Scalar) -> [ResolvedText] {
    let offsets = offsets(of: separator)
    guard offsets.count < Self.mostParts else { return [self] }
    var parts: [ResolvedText] = []
    var start = 0
    for offset in offsets {
      parts.append(slice(start..<offset))
      start = offset + 1
    }
    parts.append(slice(start..<max(start, byteCount)))
    return parts
  }

  /// The offsets in `shown` at which a character stands in a literal piece.
  package func offsets(of character: Unicode.Scalar) -> [Int] {
    var result: [Int] = []
    var offset = 0
    for piece in pieces {
      if case .literal(let text) = piece {
        for index in 0..<text.count where text[index] == UInt8(ascii: character) { result.append(offset + index) }
      }
      offset += piece.bytes.count
    }
    return result
  }

  /// The text without its first `count` bytes, which must be literal.
  package func dropping(_ count: Int) -> ResolvedText { slice(count..<max(count, byteCount)) }
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
