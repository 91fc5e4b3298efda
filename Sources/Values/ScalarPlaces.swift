import SourceText

/// Where the scalars of a text that is read (JSON, YAML, TOML) get their origins from.
package enum ScalarPlaces {
  /// Origins are not tracked.
  case untracked
  /// Each scalar is a leaf of a file.
  case file(SourceFile, OriginTable)
  /// The text is itself a value with runs, and each scalar is a part of it.
  case text(Text, OriginID)

  /// The origin of a value that was read from `range`.
  package func origin(of range: Range<Int>) -> OriginID {
    switch self {
    case .untracked: .none
    case .file(let file, let table): table.leaf(file, ByteRange(range.lowerBound, range.upperBound))
    case .text(let text, let origin):
      text.run(at: range.lowerBound).map { $0.run.origin == .none ? origin : $0.run.origin } ?? origin
    }
  }

  /// A string that stands in the source byte for byte.
  package func verbatim(_ bytes: [UInt8], _ range: Range<Int>) -> Value {
    switch self {
    case .untracked: return .string(Text(bytes))
    case .file: return .string(Text(bytes), origin: origin(of: range))
    case .text(let text, let origin):
      var builder = TextBuilder(tracking: true)
      builder.append(text, range, origin: origin)
      return .string(builder.finish(), origin: self.origin(of: range))
    }
  }

  /// A string that was decoded piece by piece from `range`; `pieces` in order, each a stretch of decoded bytes and
  /// where its source begins.
  package func decoded(_ bytes: [UInt8], pieces: [DecodedPiece], of range: Range<Int>) -> Value {
    switch self {
    case .untracked: return .string(Text(bytes))
    case .file:
      let origin = origin(of: range)
      var runs: [TextRun] = []
      for piece in pieces {
        runs.append(
          TextRun(
            end: UInt32(piece.end), offset: UInt32(piece.source - range.lowerBound), site: .none, frame: .none,
            origin: origin))
      }
      return .string(Text(bytes, runs: runs), origin: origin)
    case .text(let text, let origin):
      var builder = TextBuilder(tracking: true)
      var start = 0
      for piece in pieces {
        let mapped = Array(bytes[start..<piece.end])
        let length = piece.isVerbatim ? mapped.count : piece.sourceCount
        builder.append(mapped: mapped, from: text, piece.source..<(piece.source + length), origin: origin)
        start = piece.end
      }
      return .string(builder.finish(), origin: self.origin(of: range))
    }
  }
}

/// A stretch of a decoded string.
package struct DecodedPiece {
  /// Where the stretch ends in the decoded bytes.
  package var end: Int
  /// Where its source begins, and how long that is.
  package var source: Int
  package var sourceCount: Int
  /// The same bytes stand in the source.
  package var isVerbatim: Bool

  package init(end: Int, source: Int, sourceCount: Int, isVerbatim: Bool) {
    self.end = end
    self.source = source
    self.sourceCount = sourceCount
    self.isVerbatim = isVerbatim
  }
}
