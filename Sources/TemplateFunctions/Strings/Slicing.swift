import SourceText
import TemplateLanguage
import Values

/// Functions that take a part of a text by position, counting bytes as Go does.
enum Slicing {
  static let functions: [Function] = [
    Function("trunc", [.int, .string], origins: .map, cost: .constant, body: truncate),
    Function("substr", [.int, .int, .string], origins: .map, body: substring),
    Function("abbrev", [.int, .string], origins: .map) { abbreviate($0, $1[1], offset: 0, width: $1.integer(0)) },
    Function("abbrevboth", [.int, .int, .string], origins: .map, body: abbreviateBoth),
    Function("initials", [.string], origins: .map, body: initials),
  ]

  private static func truncate(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let width = arguments.integer(0)
    guard let text = arguments[1].text else { return arguments[1] }
    if width >= 0 { return evaluator.slice(arguments[1], 0..<min(width, text.count)) }
    let start = text.count &+ width
    return start > 0 ? evaluator.slice(arguments[1], start..<text.count) : arguments[1]
  }

  private static func substring(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let (start, end, count) = (arguments.integer(0), arguments.integer(1), arguments.text(2).count)
    if start < 0 {
      guard end >= 0 else { throw outOfRange("[:\(end)]") }
      guard end <= count else { throw outOfRange("[:\(end)] with length \(count)") }
      return evaluator.slice(arguments[2], 0..<end)
    }
    if end < 0 || end > count {
      guard start <= count else { throw outOfRange("[\(start):\(count)]") }
      return evaluator.slice(arguments[2], start..<count)
    }
    guard start <= end else { throw outOfRange("[\(start):\(end)]") }
    return evaluator.slice(arguments[2], start..<end)
  }

  private static func outOfRange(_ place: String) -> FunctionError {
    FunctionError("runtime error: slice bounds out of range " + place)
  }

  // MARK: Abbreviations

  private static func abbreviateBoth(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    let (offset, width) = (arguments.integer(0), arguments.integer(1))
    if width < 4 || offset > 0 && width < 7 { return arguments[2] }
    return abbreviate(evaluator, arguments[2], offset: offset, width: width)
  }

  private static func abbreviate(_ evaluator: Evaluator, _ value: Value, offset: Int, width: Int) -> Value {
    guard let text = value.text, width >= 4, text.count > width else { return value }
    var offset = min(offset, text.count)
    if text.count - offset < width - 3 { offset = text.count - (width - 3) }
    var builder = evaluator.builder(capacity: width)
    let dots = "...".utf8
    if offset <= 4 {
      builder.append(text, 0..<(width - 3), origin: value.origin)
      builder.append(literal: dots)
    } else if offset + width - 3 < text.count {
      builder.append(literal: dots)
      // The middle piece is itself shortened to what is left of the width.
      if width - 3 >= 4 {
        builder.append(text, offset..<(offset + width - 6), origin: value.origin)
        builder.append(literal: dots)
      }
    } else {
      builder.append(literal: dots)
      builder.append(text, (text.count - (width - 3))..<text.count, origin: value.origin)
    }
    return Value(.string(builder.finish()), origin: value.origin)
  }

  /// The first byte of each word; bytes beyond ASCII are taken for Latin-1, as the library does.
  private static func initials(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    var mapper = RuneMapper(arguments[0], evaluator)
    var isFirst = true
    for (index, byte) in arguments.text(0).bytes.enumerated() {
      if Runes.isSpace(UInt32(byte)) {
        isFirst = true
      } else if isFirst {
        mapper.append(UInt32(byte), from: index..<(index + 1))
        isFirst = false
      }
    }
    return mapper.finish()
  }
}
