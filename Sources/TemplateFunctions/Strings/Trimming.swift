import SourceText
import TemplateLanguage
import Values

/// Functions that cut something off a text.
enum Trimming {
  static let functions: [Function] = [
    Function("trim", [.string], origins: .map, body: trimSpace),
    Function("trimAll", [.string, .string], origins: .map, body: trimAll),
    Function("trimall", [.string, .string], origins: .map, body: trimAll),
    Function("trimPrefix", [.string, .string], origins: .map, cost: .constant, body: trimPrefix),
    Function("trimSuffix", [.string, .string], origins: .map, cost: .constant, body: trimSuffix),
    Function("nospace", [.string], origins: .map, body: removeSpace),
  ]

  private static func trimSpace(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    trim(evaluator, arguments[0], where: Runes.isSpace)
  }

  private static func trimAll(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let cutset = arguments.text(0).bytes.withUnsafeBufferPointer { bytes in
      var runes: [UInt32] = []
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        runes.append(rune)
        index += width
      }
      return runes
    }
    return trim(evaluator, arguments[1]) { cutset.contains($0) }
  }

  private static func trim(_ evaluator: Evaluator, _ value: Value, where isCut: (UInt32) -> Bool) -> Value {
    let range = (value.text ?? Text()).bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: start)
        guard isCut(rune) else { break }
        start += width
      }
      var end = bytes.count
      while end > start {
        let (rune, width) = Runes.decodeLast(bytes, before: end)
        guard isCut(rune) else { break }
        end -= width
      }
      return start..<end
    }
    return evaluator.slice(value, range)
  }

  private static func trimPrefix(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let prefix = arguments.text(0)
    let text = arguments.text(1)
    guard text.bytes.starts(with: prefix.bytes) else { return arguments[1] }
    return evaluator.slice(arguments[1], prefix.count..<text.count)
  }

  private static func trimSuffix(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let text = arguments.text(1)
    guard text.byteString.hasSuffix(arguments.bytes(0)) else { return arguments[1] }
    return evaluator.slice(arguments[1], 0..<(text.count - arguments.text(0).count))
  }

  /// Takes each byte for a character of its own, as the library does: text beyond ASCII comes out as if it were
  /// Latin-1, but only when there was a space to remove.
  private static func removeSpace(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let bytes = arguments.text(0).bytes
    guard bytes.contains(where: { Runes.isSpace(UInt32($0)) }) else { return arguments[0] }
    var mapper = RuneMapper(arguments[0], evaluator)
    for (index, byte) in bytes.enumerated() where !Runes.isSpace(UInt32(byte)) {
      mapper.append(UInt32(byte), from: index..<(index + 1))
    }
    return mapper.finish()
  }
}
