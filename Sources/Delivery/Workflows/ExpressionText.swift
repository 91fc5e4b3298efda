import SourceText
import YAML

/// Texts of a workflow with `${{ … }}` in them.
enum ExpressionText {
  private static let opening: [UInt8] = [Ascii.dollar, Ascii.openBrace, Ascii.openBrace]

  /// The text with its expressions as holes; `place` gives the place of a range of it.
  static func resolved(_ text: ByteString, _ place: (Range<Int>) -> SourceRange? = { _ in nil }) -> ResolvedText {
    var result = ResolvedText()
    var rest = text.bytes[...]
    func append(_ part: ArraySlice<UInt8>) {
      result.append(.literal(ByteString(part)), at: place(part.startIndex..<part.endIndex))
    }
    while let start = start(in: rest) {
      guard let end = end(of: start, in: rest) else { break }
      append(rest[..<start])
      result.append(.hole("${{ " + trimmed(rest[(start + 3)..<(end - 2)]) + " }}"), at: place(start..<end))
      rest = rest[end...]
    }
    append(rest)
    return result
  }

  /// The text of a scalar, which knows where it stands.
  static func resolved(_ node: YAMLNode, in file: SourceFile) -> ResolvedText? {
    guard let scalar = node.scalar else { return nil }
    return resolved(scalar.text) { SourceRange(file, scalar.sourceRange(ofDecoded: $0)) }
  }

  private static func start(in bytes: ArraySlice<UInt8>) -> Int? {
    var offset = bytes.startIndex
    while offset + 2 < bytes.endIndex {
      if bytes[offset] == opening[0], bytes[offset + 1] == opening[1], bytes[offset + 2] == opening[2] { return offset }
      offset += 1
    }
    return nil
  }

  /// The bytes without blanks around them.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ByteString {
    guard let first = bytes.firstIndex(where: { $0 != Ascii.space }),
      let last = bytes.lastIndex(where: { $0 != Ascii.space })
    else { return "" }
    return ByteString(bytes[first...last])
  }

  private static func end(of start: Int, in bytes: ArraySlice<UInt8>) -> Int? {
    var offset = start + 3
    while offset + 1 < bytes.endIndex {
      if bytes[offset] == Ascii.closeBrace, bytes[offset + 1] == Ascii.closeBrace { return offset + 2 }
      offset += 1
    }
    return nil
  }
}
