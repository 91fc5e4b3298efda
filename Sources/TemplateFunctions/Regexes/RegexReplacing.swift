import RegularExpressions
import SourceText
import TemplateLanguage
import Values

/// `regexReplaceAll`: what is not matched, and what a group brings back, keeps its origin.
enum RegexReplacing {
  static func replaceAll(
    _ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression
  ) throws(FunctionError) -> Value {
    let pieces = ReplacementPiece.read(arguments.text(2).bytes, groupNames: expression.groupNames)
    return try replace(evaluator, arguments, expression, pieces)
  }

  static func replaceLiterally(
    _ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression
  ) throws(FunctionError) -> Value {
    try replace(evaluator, arguments, expression, [.literal(0..<arguments.text(2).count)])
  }

  private static func replace(
    _ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression, _ pieces: [ReplacementPiece]
  ) throws(FunctionError) -> Value {
    let source = arguments.text(1)
    let matches = expression.matches(in: source.byteString, limit: -1)
    if matches.isEmpty { return arguments[1] }
    var builder = evaluator.builder(capacity: source.count)
    var done = 0
    for match in matches {
      guard let whole = match[0] else { continue }
      builder.append(source, done..<whole.start, origin: arguments[1].origin)
      for piece in pieces {
        switch piece {
        case .literal(let range): builder.append(arguments.text(2), range, origin: arguments[2].origin)
        case .group(let index):
          guard match.indices.contains(index), let group = match[index] else { continue }
          builder.append(source, group.start..<group.end, origin: arguments[1].origin)
        }
      }
      done = whole.end
      guard builder.count <= Limit.bytes else { throw .tooLarge }
    }
    builder.append(source, done..<source.count, origin: arguments[1].origin)
    return Value(.string(builder.finish()), origin: arguments[1].origin)
  }
}

/// A piece of a replacement text.
private enum ReplacementPiece {
  /// These bytes of the replacement itself.
  case literal(Range<Int>)
  case group(Int)

  private static let dollar = UInt8(ascii: "$")

  /// Cuts a replacement at `$1`, `${1}`, `$name`, `${name}` and `$$`; an unknown name stands for nothing.
  static func read(_ bytes: [UInt8], groupNames: [ByteString]) -> [ReplacementPiece] {
    var pieces: [ReplacementPiece] = []
    var start = 0
    var index = 0
    while let place = bytes[index...].firstIndex(of: dollar) {
      if place + 1 < bytes.count, bytes[place + 1] == dollar {
        pieces.append(.literal(start..<(place + 1)))
        index = place + 2
        start = index
      } else if let (name, end) = name(bytes, after: place) {
        pieces.append(.literal(start..<place))
        if let group = group(named: bytes[name], groupNames) { pieces.append(.group(group)) }
        index = end
        start = end
      } else {
        // A dollar that begins no name is text.
        index = place + 1
      }
    }
    return pieces + [.literal(start..<bytes.count)]
  }

  /// The name behind the dollar at `place`, and where the text goes on.
  private static func name(_ bytes: [UInt8], after place: Int) -> (name: Range<Int>, end: Int)? {
    let isBraced = place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "{")
    let start = place + (isBraced ? 2 : 1)
    let end = bytes.withUnsafeBufferPointer { buffer in
      var end = start
      while end < buffer.count {
        let (rune, width) = Runes.decode(buffer, at: end)
        guard rune == UInt32(UInt8(ascii: "_")) || RuneClass.isLetter(rune) || RuneClass.isDigit(rune) else { break }
        end += width
      }
      return end
    }
    guard end > start else { return nil }
    if !isBraced { return (start..<end, end) }
    return end < bytes.count && bytes[end] == UInt8(ascii: "}") ? (start..<end, end + 1) : nil
  }

  private static func group(named name: ArraySlice<UInt8>, _ groupNames: [ByteString]) -> Int? {
    if name.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), name.count == 1 || name.first != UInt8(ascii: "0") {
      // From 100 million on Go gives up counting, and takes the digits for a name.
      if name.count < 9 { return name.reduce(0) { $0 * 10 + Int($1) - 0x30 } }
    }
    return groupNames.lastIndex { $0.bytes.elementsEqual(name) }
  }
}
