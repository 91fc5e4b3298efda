import SourceText

/// A shell script as the shell gets it, and the way back to the file that holds it.
///
/// In a plain script both are the same. A script inside YAML was decoded (folded lines, indentation, escapes), and one
/// in a string of another script was unquoted.
struct ScriptText: Sendable {
  let file: SourceFile
  let bytes: [UInt8]
  private let map: Map

  private enum Map: Sendable {
    /// The text begins at this offset of the file and stands there as it is.
    case verbatim(Int)
    /// Pieces of the text in order.
    case pieces([Piece])
  }

  struct Piece: Sendable {
    /// Where the piece ends in the text.
    var end: Int
    var source: ByteRange
    /// The piece stands in the file byte for byte.
    var isVerbatim: Bool
  }

  init(_ file: SourceFile) {
    self.file = file
    bytes = file.text.bytes
    map = .verbatim(0)
  }

  init(_ file: SourceFile, bytes: [UInt8], pieces: [Piece]) {
    self.file = file
    self.bytes = bytes
    map = .pieces(pieces)
  }

  /// The place in the file of a range of the text.
  func place(_ range: ByteRange) -> ByteRange {
    switch map {
    case .verbatim(let start): return ByteRange(start + range.start, start + range.end)
    case .pieces(let pieces):
      guard let last = pieces.last else { return ByteRange(0, 0) }
      let start = offset(range.start, pieces, isEnd: false) ?? last.source.end
      if range.isEmpty { return ByteRange(start, start) }
      return ByteRange(start, max(start, offset(range.end - 1, pieces, isEnd: true) ?? last.source.end))
    }
  }

  private func offset(_ offset: Int, _ pieces: [Piece], isEnd: Bool) -> Int? {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    guard low < pieces.count else { return nil }
    let piece = pieces[low]
    guard piece.isVerbatim else { return isEnd ? piece.source.end : piece.source.start }
    let start = low == 0 ? 0 : pieces[low - 1].end
    return piece.source.start + offset - start + (isEnd ? 1 : 0)
  }

  subscript(range: ByteRange) -> ByteString {
    let end = min(range.end, bytes.count)
    return range.start < end ? ByteString(bytes[range.start..<end]) : ByteString()
  }
}
