/// How a scalar is written.
package enum YAMLScalarStyle: UInt8, Hashable, Sendable {
  case plain, singleQuoted, doubleQuoted, literal, folded

  /// `|` and `>`.
  package var isBlock: Bool { self == .literal || self == .folded }
}

/// What the scanner finds. Ranges are UTF-8 offsets in the text; nothing is decoded yet.
struct Token {
  enum Kind: UInt8 {
    case streamEnd
    case versionDirective, tagDirective, documentStart, documentEnd
    case blockSequenceStart, blockMappingStart, blockEnd
    case flowSequenceStart, flowSequenceEnd, flowMappingStart, flowMappingEnd
    case blockEntry, flowEntry, key, value
    case alias, anchor, tag, scalar
  }

  var kind: Kind
  var style: YAMLScalarStyle = .plain
  /// The scalar's content stands in the source byte for byte, at `contentStart..<contentEnd`.
  var isVerbatim = true
  /// Only in block scalars: what becomes of the line breaks at the end.
  var chomping: Chomping = .clip
  var start: Int32
  var end: Int32
  /// The line on which the token starts, from 0.
  var line: Int32
  /// Between the quotes of a quoted scalar, from the first line of a block scalar; the name of an anchor;
  /// where the suffix of a tag begins.
  var contentStart: Int32 = 0
  var contentEnd: Int32 = 0
  /// The count of spaces before each line of a block scalar; a directive's major version.
  var indent: Int32 = 0
}

/// What becomes of the line breaks at the end of a block scalar.
enum Chomping: UInt8 {
  case clip, strip, keep
}
