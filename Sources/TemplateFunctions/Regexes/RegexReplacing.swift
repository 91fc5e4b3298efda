import RegularExpressions
import SourceText
import TemplateLanguage
import Values

/// `regexReplaceAll`: what is not matched, and what a group brings back, keeps its origin.
enum RegexReplacing {
  static func replaceAll(
    _ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression
  ) throws(FunctionError) -> Value {
    guard arguments.text(2).bytes.contains(UInt8(ascii: "$")) else {
      return try replaceLiterally(evaluator, arguments, expression)
    }
    let template = ReplacementTemplate(arguments.bytes(2), for: expression)
    let source = arguments.text(1)
    // Groups are found by following all threads at once, each of as many instructions as the pattern has.
    try evaluator.spend((source.count >> 4) * min(expression.size, 1 << 16))
    let matches = expression.matches(in: source.byteString)
    let ranges = matches.compactMap { $0.first ?? nil }
    return try replace(ranges, in: arguments[1], evaluator) { builder, index in
      for piece in template.pieces {
        switch piece {
        case .literal(let bytes): builder.append(literal: bytes.bytes, origin: arguments[2].origin)
        case .groups(let candidates):
          let taken = candidates.lazy.compactMap { $0 < matches[index].count ? matches[index][$0] : nil }.first
          if let taken { builder.append(source, taken.start..<taken.end, origin: arguments[1].origin) }
        }
      }
    }
  }

  static func replaceLiterally(
    _ evaluator: Evaluator, _ arguments: [Value], _ expression: RegularExpression
  ) throws(FunctionError) -> Value {
    let ranges = expression.ranges(in: arguments.bytes(1))
    return try replace(ranges, in: arguments[1], evaluator) { builder, _ in
      builder.append(arguments.text(2), origin: arguments[2].origin)
    }
  }

  /// `value` with what `write` appends in place of each range.
  private static func replace(
    _ ranges: [ByteRange], in value: Value, _ evaluator: Evaluator, _ write: (inout TextBuilder, Int) -> Void
  ) throws(FunctionError) -> Value {
    guard let source = value.text, !ranges.isEmpty else { return value }
    var builder = evaluator.builder(capacity: source.count)
    var done = 0
    for (index, range) in ranges.enumerated() {
      builder.append(source, done..<range.start, origin: value.origin)
      write(&builder, index)
      done = range.end
      guard builder.count <= Limit.bytes else { throw .tooLarge }
    }
    builder.append(source, done..<source.count, origin: value.origin)
    return Value(.string(builder.finish()), origin: value.origin)
  }
}
