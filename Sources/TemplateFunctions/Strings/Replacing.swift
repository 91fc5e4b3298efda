import SourceText
import TemplateLanguage
import Values

/// Functions that look for a text in another, and those that repeat or choose one.
enum Replacing {
  static let functions: [Function] = [
    Function("replace", [.string, .string, .string], origins: .map, body: replace),
    Function("repeat", [.int, .string], origins: .map, cost: .constant, body: repeated),
    Function("plural", [.string, .string, .int], origins: .copy, cost: .constant) { $1[$1.integer(2) == 1 ? 0 : 1] },
    Function("contains", [.string, .string], origins: .summary) {
      .bool(ByteSearch.contains($1.text(0).bytes, in: $1.text(1).bytes))
    },
    Function("hasPrefix", [.string, .string], origins: .summary) { .bool($1.bytes(1).hasPrefix($1.bytes(0))) },
    Function("hasSuffix", [.string, .string], origins: .summary) { .bool($1.bytes(1).hasSuffix($1.bytes(0))) },
    Function("toString", [.any], origins: .map, cost: .constant) { $0.string($1[0]) },
    Function("hello", origins: .none) { _, _ in "Hello!" },
  ]

  private static func replace(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let (old, new, source) = (arguments.text(0), arguments.text(1), arguments.text(2))
    let places = old.isEmpty ? boundaries(of: source.bytes) : ByteSearch.all(old.bytes, in: source.bytes)
    if places.isEmpty { return arguments[2] }
    let (added, overflow) = places.count.multipliedReportingOverflow(by: new.count)
    guard !overflow, added <= Limit.bytes else { throw .tooLarge }
    var builder = evaluator.builder(capacity: source.count - places.count * old.count + added)
    var done = 0
    for place in places {
      builder.append(source, done..<place, origin: arguments[2].origin)
      builder.append(new, origin: arguments[1].origin)
      done = place + old.count
    }
    builder.append(source, done..<source.count, origin: arguments[2].origin)
    return Value(.string(builder.finish()), origin: arguments[2].origin)
  }

  /// Before each code point and at the end: where Go finds the empty text.
  private static func boundaries(of bytes: [UInt8]) -> [Int] {
    bytes.withUnsafeBufferPointer { bytes in
      var places = [0]
      var index = 0
      while index < bytes.count {
        index += Runes.decode(bytes, at: index).width
        places.append(index)
      }
      return places
    }
  }

  private static func repeated(_ evaluator: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let count = arguments.integer(0)
    guard count >= 0 else { throw FunctionError("strings: negative Repeat count") }
    let text = arguments.text(1)
    let (size, overflow) = text.count.multipliedReportingOverflow(by: count)
    guard !overflow, size <= Limit.bytes else { throw FunctionError("strings: Repeat output length overflow") }
    var builder = evaluator.builder(capacity: size)
    if size > 0 { for _ in 0..<count { builder.append(text, origin: arguments[1].origin) } }
    return Value(.string(builder.finish()), origin: arguments[1].origin)
  }
}
