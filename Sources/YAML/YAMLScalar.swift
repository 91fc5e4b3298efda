import SourceText
import Values

/// What a scalar means to readers of YAML 1.1, as Helm and kubectl are.
package enum YAMLScalarValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// With a fraction or exponent, infinite, or an integer beyond 64 bits.
  case float(Double)
  case string
}

/// A scalar with its text decoded, and the way back from each decoded byte to the byte that wrote it.
package struct YAMLScalar: Sendable {
  package let style: YAMLScalarStyle
  /// Lines folded, escapes resolved, indentation stripped.
  package let text: ByteString
  package let value: YAMLScalarValue
  /// Where the text stands in the source, without quotes or header.
  package let contentRange: ByteRange
  /// Stretches of the decoded text and where they come from; empty when all stands in the source as it is.
  private let pieces: [DecodedPiece]

  init(_ token: Token, tag: ByteString?, in padded: [UInt8]) {
    style = token.style
    contentRange = ByteRange(Int(token.contentStart), Int(token.contentEnd))
    if token.isVerbatim {
      text = ByteString(Array(padded[contentRange.start..<contentRange.end]))
      pieces = []
    } else {
      (text, pieces) = padded.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return (ByteString(), []) }
        var decoder = ScalarDecoder(base, recordsPieces: true)
        decoder.decode(token)
        return (ByteString(decoder.bytes), decoder.pieces)
      }
    }
    value = YAMLScalar.value(text.bytes, style, tag)
  }

  private static func value(_ text: [UInt8], _ style: YAMLScalarStyle, _ tag: ByteString?) -> YAMLScalarValue {
    var resolved = Resolved.string
    if let tag {
      let isStandard = tag.hasPrefix("!!")
      resolved = isStandard ? YAMLTag.resolve(text, tag: YAMLTag.prefix + tag.bytes.dropFirst(2)) : .string
    } else if style == .plain {
      resolved = Resolution.resolve(text)
    }
    switch resolved {
    case .null: return .null
    case .bool(let bool): return .boolean(bool)
    case .integer(let integer): return .integer(integer)
    case .unsigned(let integer): return .float(Double(integer))
    case .float(let number): return .float(number)
    case .string: return .string
    }
  }

  /// The source offset of the byte that wrote the decoded byte at `offset`: for an escape the backslash, for a folded
  /// line break the break. `text.count` leads to the end of the scalar.
  package func sourceOffset(ofDecoded offset: Int) -> Int {
    guard offset < text.count else { return pieces.last.map { $0.source + $0.sourceCount } ?? contentRange.end }
    guard !pieces.isEmpty else { return contentRange.start + max(offset, 0) }
    let index = indexOfPiece(at: max(offset, 0))
    let piece = pieces[index]
    let start = index == 0 ? 0 : pieces[index - 1].end
    return piece.isVerbatim ? piece.source + max(offset, 0) - start : piece.source
  }

  /// The source range that wrote a range of decoded bytes.
  package func sourceRange(ofDecoded range: Range<Int>) -> ByteRange {
    let start = sourceOffset(ofDecoded: range.lowerBound)
    guard !range.isEmpty else { return ByteRange(start, start) }
    return ByteRange(start, max(start, endOfSource(ofDecoded: range.upperBound - 1)))
  }

  /// Where the source of the decoded byte at `offset` ends.
  private func endOfSource(ofDecoded offset: Int) -> Int {
    guard offset < text.count, !pieces.isEmpty else { return sourceOffset(ofDecoded: offset) + 1 }
    let piece = pieces[indexOfPiece(at: offset)]
    return piece.isVerbatim ? sourceOffset(ofDecoded: offset) + 1 : piece.source + piece.sourceCount
  }

  private func indexOfPiece(at offset: Int) -> Int {
    var low = 0
    var high = pieces.count - 1
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension YAMLNode {
  /// The decoded scalar; nil for mappings, sequences and aliases. Decoded anew at each use: keep it.
  package var scalar: YAMLScalar? { isScalar ? YAMLScalar(token, tag: tag, in: tree.padded) : nil }

  /// The decoded text of a scalar of any type.
  package var text: ByteString? { scalar?.text }

  /// The text of a scalar that is a string.
  package var string: String? {
    guard let scalar, scalar.value == .string else { return nil }
    return scalar.text.string
  }

  package var isNull: Bool { scalar?.value == .null }
}
