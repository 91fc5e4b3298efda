import SourceText

/// A replacement text as Go's `Expand` reads it: `$1`, `${name}`, `$$`.
package struct ReplacementTemplate: Sendable {
  package enum Piece: Sendable {
    case literal(ByteString)
    /// The first of these groups that took part in the match.
    case groups([Int])
  }

  package let pieces: [Piece]

  /// Whether any group is asked for.
  package var usesGroups: Bool {
    pieces.contains { if case .groups = $0 { true } else { false } }
  }

  package init(_ template: ByteString, for expression: RegularExpression) {
    var pieces: [Piece] = []
    var literal = ByteString()
    var rest = template.bytes[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      literal.append(rest[..<dollar])
      rest = rest[(dollar + 1)...]
      if rest.first == UInt8(ascii: "$") {
        literal.append(UInt8(ascii: "$"))
        rest = rest.dropFirst()
      } else if let (name, end) = ReplacementTemplate.name(rest) {
        rest = rest[end...]
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ByteString()
        pieces.append(.groups(ReplacementTemplate.groups(name, expression)))
      } else {
        literal.append(UInt8(ascii: "$"))
      }
    }
    literal.append(rest)
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    self.pieces = pieces
  }

  /// The longest name after a dollar, with or without braces, and where the text goes on.
  private static func name(_ text: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, end: Int)? {
    let isBraced = text.first == UInt8(ascii: "{")
    let start = text.startIndex + (isBraced ? 1 : 0)
    var end = start
    text.withUnsafeBufferPointer { bytes in
      while end < text.endIndex {
        let (scalar, width) = Scalars.decode(bytes, at: end - text.startIndex)
        guard isNamePart(scalar) else { break }
        end += width
      }
    }
    guard end > start else { return nil }
    if !isBraced { return (text[start..<end], end) }
    guard end < text.endIndex, text[end] == UInt8(ascii: "}") else { return nil }
    return (text[start..<end], end + 1)
  }

  private static func isNamePart(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return Scalars.isWord(UInt8(scalar)) }
    return UnicodeClasses.categories { $0.hasPrefix("L") || $0 == "Nd" }.contains(scalar)
  }

  private static func groups(_ name: ArraySlice<UInt8>, _ expression: RegularExpression) -> [Int] {
    if let number = number(name) { return number <= expression.groupCount ? [number] : [] }
    return expression.groupNames.indices.filter {
      expression.groupNames[$0].bytes.elementsEqual(name)
    }
  }

  /// The name as the number of a group; leading zeros make it a name.
  private static func number(_ name: ArraySlice<UInt8>) -> Int? {
    guard name.first != UInt8(ascii: "0") || name.count == 1 else { return nil }
    var value = 0
    for byte in name {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), value < 100_000_000 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }
}

extension RegularExpression {
  /// Go's template expansion for replacement texts: `$1`, `${name}`, `$$`.
  package func expand(_ template: ByteString, match: Match, in text: ByteString) -> ByteString {
    var out = ByteString()
    append(ReplacementTemplate(template, for: self), match: match, in: text, to: &out)
    return out
  }

  private func append(
    _ template: ReplacementTemplate, match: Match, in text: ByteString, to out: inout ByteString
  ) {
    for piece in template.pieces {
      switch piece {
      case .literal(let bytes): out.append(bytes)
      case .groups(let candidates):
        for group in candidates where group < match.count {
          guard let range = match[group] else { continue }
          out.append(text.bytes[range.start..<range.end])
          break
        }
      }
    }
  }

  /// Go's `ReplaceAll`.
  package func replaceAll(in text: ByteString, with template: ByteString) -> ByteString {
    let parsed = ReplacementTemplate(template, for: self)
    guard parsed.usesGroups else {
      return replace(ranges(in: text), in: text) { out, _ in
        for case .literal(let bytes) in parsed.pieces { out.append(bytes) }
      }
    }
    let matches = matches(in: text)
    return replace(matches.compactMap { $0.first ?? nil }, in: text) { out, index in
      append(parsed, match: matches[index], in: text, to: &out)
    }
  }

  /// Go's `ReplaceAllLiteral`.
  package func replaceAllLiteral(in text: ByteString, with replacement: ByteString) -> ByteString {
    replace(ranges(in: text), in: text) { out, _ in out.append(replacement) }
  }

  private func replace(
    _ ranges: [ByteRange], in text: ByteString, _ write: (inout ByteString, Int) -> Void
  ) -> ByteString {
    guard !ranges.isEmpty else { return text }
    var out = ByteString()
    out.bytes.reserveCapacity(text.count)
    var position = 0
    for (index, range) in ranges.enumerated() {
      out.append(text.bytes[position..<range.start])
      write(&out, index)
      position = range.end
    }
    out.append(text.bytes[position...])
    return out
  }
}
