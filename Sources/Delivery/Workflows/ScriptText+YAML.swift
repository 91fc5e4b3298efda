import SourceText
import YAML

extension ScriptText {
  /// The script that a scalar holds, with its way back to the file.
  init(_ file: SourceFile, decoding scalar: YAMLScalar) {
    let bytes = scalar.text.bytes
    var pieces: [Piece] = []
    // Line by line: inside a line most scalars stand as they are.
    var start = 0
    while start < bytes.count {
      let end = (bytes[start...].firstIndex(of: Ascii.newline) ?? bytes.count - 1) + 1
      ScriptText.append(start..<end, scalar, file, to: &pieces)
      start = end
    }
    self.init(file, bytes: bytes, pieces: pieces)
  }

  private static func append(
    _ range: Range<Int>, _ scalar: YAMLScalar, _ file: SourceFile, to pieces: inout [Piece]
  ) {
    let source = scalar.sourceRange(ofDecoded: range)
    if file[source].bytes.elementsEqual(scalar.text.bytes[range]) {
      pieces.append(Piece(end: range.upperBound, source: source, isVerbatim: true))
      return
    }
    // Escapes or folds in the line: byte by byte, joined where they run on.
    for offset in range {
      let place = scalar.sourceRange(ofDecoded: offset..<(offset + 1))
      let isVerbatim = place.count == 1 && file[place].bytes == [scalar.text.bytes[offset]]
      if let last = pieces.last, last.isVerbatim, isVerbatim, last.source.end == place.start {
        pieces[pieces.count - 1].end = offset + 1
        pieces[pieces.count - 1].source.end = place.end
      } else {
        pieces.append(Piece(end: offset + 1, source: place, isVerbatim: isVerbatim))
      }
    }
  }
}
