import SourceText

/// Texts of a workflow with `${{ … }}` in them.
enum ExpressionText {
  private static let opening: [UInt8] = [Ascii.dollar, Ascii.openBrace, Ascii.openBrace]

  /// The text with its expressions as holes.
  static func resolved(_ text: ByteString) -> ResolvedText {
    var result = ResolvedText()
    var rest = text.bytes[...]
    while let start = rest.indices.first(where: { rest[$0...].starts(with: opening) }) {
      guard let end = end(of: start, in: rest) else { break }
      result.append(ByteString(rest[..<start]))
      result.append(.hole("${{ " + trimmed(rest[(start + 3)..<(end - 2)]) + " }}"))
      rest = rest[end...]
    }
    result.append(ByteString(rest))
    return result
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
