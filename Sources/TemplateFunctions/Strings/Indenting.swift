import SourceText
import TemplateLanguage
import Values

/// `indent` and `nindent`: the busiest functions of most charts.
enum Indenting {
  static let functions: [Function] = [
    Function("indent", [.int, .string], origins: .map, cost: .constant) {
      (evaluator, arguments) throws(FunctionError) in
      try indent(evaluator, arguments, newline: false)
    },
    Function("nindent", [.int, .string], origins: .map, cost: .constant) {
      (evaluator, arguments) throws(FunctionError) in
      try indent(evaluator, arguments, newline: true)
    },
  ]

  private static let newline = UInt8(ascii: "\n")

  private static func indent(
    _ evaluator: Evaluator, _ arguments: [Value], newline startsLine: Bool
  ) throws(FunctionError) -> Value {
    let width = arguments.integer(0)
    guard width >= 0 else { throw FunctionError("strings: negative Repeat count") }
    guard let text = arguments[1].text else { return arguments[1] }
    let lines = text.bytes.withUnsafeBufferPointer { bytes in
      bytes.reduce(into: 1) { if $1 == Self.newline { $0 += 1 } }
    }
    let (padding, overflow) = lines.multipliedReportingOverflow(by: width)
    guard !overflow, padding <= Limit.bytes else { throw .tooLarge }
    let count = text.count + padding + (startsLine ? 1 : 0)
    if evaluator.origins.isTracking {
      let indented = tracked(evaluator, arguments[1], text, width, startsLine, capacity: count)
      return Value(.string(indented), origin: arguments[1].origin)
    }
    return .string(Text(plain(text.bytes, width, startsLine, count: count)))
  }

  /// Without origins: one allocation, each byte written once.
  private static func plain(_ source: [UInt8], _ width: Int, _ startsLine: Bool, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { out, written in
      source.withUnsafeBufferPointer { bytes in
        var end = 0
        if startsLine {
          out[end] = newline
          end += 1
        }
        var start = 0
        while true {
          let next = bytes[start...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
          out[end..<(end + width)].initialize(repeating: 0x20)
          end += width
          _ = out[end...].initialize(fromContentsOf: bytes[start..<next])
          end += next - start
          start = next
          // A text that ends in a newline has one more, empty line, which is padded too.
          guard start < bytes.count || bytes.last == newline else { break }
          if start == bytes.count {
            out[end..<(end + width)].initialize(repeating: 0x20)
            end += width
            break
          }
        }
        written = end
      }
    }
  }

  private static func tracked(
    _ evaluator: Evaluator, _ value: Value, _ text: Text, _ width: Int, _ startsLine: Bool, capacity: Int
  ) -> Text {
    let pad = [UInt8](repeating: 0x20, count: width)
    var builder = evaluator.builder(capacity: capacity)
    if startsLine { builder.append(byte: newline) }
    builder.append(literal: pad)
    var start = 0
    while let next = text.bytes[start...].firstIndex(of: newline) {
      builder.append(text, start..<(next + 1), origin: value.origin)
      builder.append(literal: pad)
      start = next + 1
    }
    builder.append(text, start..<text.count, origin: value.origin)
    return builder.finish()
  }
}
