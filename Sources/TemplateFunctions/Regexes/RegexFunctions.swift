import RegularExpressions
import SourceText
import TemplateLanguage
import Values

/// Regular expressions. A bad pattern panics in the plain functions and is an error in the `must…` ones; only
/// `regexMatch` swallows it.
enum RegexFunctions {
  /// A text is searched a byte at a time.
  private static let cost = Cost(perUnit: 4)

  static let functions: [Function] =
    [
      Function("regexMatch", [.string, .string], origins: .summary, cost: cost) { evaluator, arguments in
        let expression = try? compile(evaluator, arguments, panics: false)
        return .bool(expression?.isMatch(arguments.bytes(1)) ?? false)
      },
      Function("mustRegexMatch", [.string, .string], origins: .summary, cost: cost) {
        (evaluator, arguments) throws(FunctionError) in
        .bool(try compile(evaluator, arguments, panics: false).isMatch(arguments.bytes(1)))
      },
      Function("regexQuoteMeta", [.string], origins: .map) { quoteMeta($1[0], $0) },
    ]
    + twins("regexFind", [.string, .string], find) + twins("regexFindAll", [.string, .string, .int], findAll)
    + twins("regexSplit", [.string, .string, .int], split)
    + twins("regexReplaceAll", [.string, .string, .string], RegexReplacing.replaceAll)
    + twins("regexReplaceAllLiteral", [.string, .string, .string], RegexReplacing.replaceLiterally)

  private typealias Search = @Sendable (Evaluator, [Value], RegularExpression) throws(FunctionError) -> Value

  private static func twins(_ name: String, _ parameters: [ParameterType], _ search: @escaping Search) -> [Function] {
    [(name, true), (Function.twinName(of: name), false)].map { name, panics in
      Function(name, parameters, origins: .map, cost: cost) { (evaluator, arguments) throws(FunctionError) in
        try search(evaluator, arguments, try compile(evaluator, arguments, panics: panics))
      }
    }
  }

  /// The compiled patterns of a render: most charts use few of them, many times.
  private final class Memory: FunctionMemory {
    var expressions = TextCache<RegularExpression>()
  }

  private static func compile(
    _ evaluator: Evaluator, _ arguments: [Value], panics: Bool
  ) throws(FunctionError) -> RegularExpression {
    let pattern = arguments.bytes(0)
    do {
      return try evaluator.memory(Memory.self).expressions.result(of: pattern) {
        (pattern) throws(RegularExpressionError) in
        let expression = try RegularExpression(pattern)
        // What the pattern may cost shows first when it is read; it ends the render at this call.
        try? evaluator.spend(expression.size)
        return expression
      }
    } catch {
      guard panics else { throw FunctionError(error.message) }
      throw FunctionError(
        bytes: "regexp: Compile(" + Self.quoted(pattern) + ByteString("): " + error.message))
    }
  }

  /// A pattern in a panic: between backquotes where Go could write it so.
  private static func quoted(_ pattern: ByteString) -> ByteString {
    let fits = pattern.bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        index += width
        let isControl = rune < 0x20 && rune != 0x09 || rune == 0x7F
        if isControl || rune == 0x60 || rune == 0xFEFF || rune == Runes.invalid && width == 1 { return false }
      }
      return true
    }
    return fits ? "`" + pattern + "`" : GoQuote.quoted(pattern)
  }

  // MARK: Searching

  private static func find(_ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression) -> Value {
    let range = expression.ranges(in: arguments.bytes(1), limit: 1).first ?? ByteRange(0, 0)
    return evaluator.slice(arguments[1], range.start..<range.end)
  }

  private static func findAll(
    _ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression
  ) -> Value {
    let ranges = expression.ranges(in: arguments.bytes(1), limit: arguments.integer(2))
    try? evaluator.spend(8 * ranges.count)
    return list(ranges, of: arguments[1], evaluator, isNil: ranges.isEmpty)
  }

  private static func split(_ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression) -> Value {
    let limit = arguments.integer(2)
    let ranges = expression.split(arguments.bytes(1), limit: limit)
    return list(ranges, of: arguments[1], evaluator, isNil: limit == 0)
  }

  private static func list(_ ranges: [ByteRange], of value: Value, _ evaluator: Evaluator, isNil: Bool) -> Value {
    let pieces = ranges.map { evaluator.slice(value, $0.start..<$0.end) }
    return Value(.list(ListValue(pieces, type: .string, isNil: isNil)), origin: value.origin)
  }

  private static func quoteMeta(_ value: Value, _ evaluator: Evaluator) -> Value {
    let special = Array("\\.+*?()|[]{}^$".utf8)
    let text = value.text ?? Text()
    var builder = evaluator.builder(capacity: text.count)
    var done = 0
    for (index, byte) in text.bytes.enumerated() where special.contains(byte) {
      builder.append(text, done..<index, origin: value.origin)
      builder.append(byte: UInt8(ascii: "\\"))
      done = index
    }
    builder.append(text, done..<text.count, origin: value.origin)
    return Value(.string(builder.finish()), origin: value.origin)
  }
}
