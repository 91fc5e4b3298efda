import SourceText
import TemplateLanguage
import Values

/// `quote`, `squote` and `cat`: values as text, side by side.
enum Quoting {
  static let functions: [Function] = [
    Function("quote", variadic: .any, origins: .join, cost: .constant, body: quote),
    Function("squote", variadic: .any, origins: .join, cost: .constant, body: singleQuote),
    Function("cat", variadic: .any, origins: .join, body: concatenate),
  ]

  private static func quote(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    joined(evaluator, arguments) { builder, value in
      let value = evaluator.string(value)
      guard let text = value.text else { return }
      builder.append(byte: UInt8(ascii: "\""))
      builder.append(escaped: text, origin: value.origin)
      builder.append(byte: UInt8(ascii: "\""))
    }
  }

  private static func singleQuote(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    joined(evaluator, arguments) { builder, value in
      builder.append(byte: UInt8(ascii: "'"))
      GoFormat.print(value, to: &builder)
      builder.append(byte: UInt8(ascii: "'"))
    }
  }

  private static func concatenate(_ evaluator: Evaluator, _ arguments: [Value]) -> Value {
    joined(evaluator, arguments) { builder, value in GoFormat.print(value, to: &builder) }
  }

  /// What `write` makes of each value that is not nil, separated by spaces.
  private static func joined(
    _ evaluator: Evaluator, _ arguments: [Value], _ write: (inout TextBuilder, Value) -> Void
  ) -> Value {
    var builder = evaluator.builder(capacity: 32)
    var isFirst = true
    for value in arguments where !value.isNone {
      if !isFirst { builder.append(byte: 0x20) }
      isFirst = false
      write(&builder, value)
    }
    return .string(builder.finish())
  }
}

extension TextBuilder {
  /// Appends a text as it stands between Go's double quotes.
  mutating func append(escaped text: Text, origin: OriginID) {
    text.bytes.withUnsafeBufferPointer { bytes in
      var done = 0
      while let (range, replacement) = GoQuote.nextEscape(in: bytes, from: done) {
        append(text, done..<range.lowerBound, origin: origin)
        append(mapped: replacement, from: text, range, origin: origin)
        done = range.upperBound
      }
      append(text, done..<bytes.count, origin: origin)
    }
  }
}
