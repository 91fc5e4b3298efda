import SourceText
import TemplateLanguage
import Values

/// `wrap` and `wrapWith`: lines of at most so many bytes, broken at spaces.
enum Wrapping {
  static let functions: [Function] = [
    Function("wrap", [.int, .string], origins: .map) {
      wrap($0, $1[1], width: $1.integer(0), separator: "\n", breaksWords: false)
    },
    Function("wrapWith", [.int, .string, .string], origins: .map) {
      wrap($0, $1[2], width: $1.integer(0), separator: $1[1], breaksWords: true)
    },
  ]

  private static let space = UInt8(ascii: " ")

  private static func wrap(
    _ evaluator: Evaluator, _ value: Value, width: Int, separator: Value, breaksWords: Bool
  ) -> Value {
    guard let text = value.text, !text.isEmpty else { return value }
    let width = max(width, 1)
    let given = separator.text ?? Text()
    let newline = given.isEmpty ? Text("\n") : given
    var builder = evaluator.builder(capacity: text.count + text.count / width)
    var start = 0
    while text.count - start > width {
      if text.bytes[start] == space {
        start += 1
        continue
      }
      let line = line(of: text.bytes, from: start, width: width, breaksWords: breaksWords)
      builder.append(text, start..<line.end, origin: value.origin)
      start = line.next
      if line.isBroken { builder.append(newline, origin: separator.origin) }
    }
    builder.append(text, start..<text.count, origin: value.origin)
    return Value(.string(builder.finish()), origin: value.origin)
  }

  /// Where the line that begins at `start` ends and the next begins.
  private static func line(
    of bytes: [UInt8], from start: Int, width: Int, breaksWords: Bool
  ) -> (end: Int, next: Int, isBroken: Bool) {
    if let place = bytes[start..<(start + width + 1)].lastIndex(of: space) { return (place, place + 1, true) }
    if breaksWords { return (start + width, start + width, true) }
    if let place = bytes[(start + width)...].firstIndex(of: space) { return (place, place + 1, true) }
    return (bytes.count, bytes.count, false)
  }
}
