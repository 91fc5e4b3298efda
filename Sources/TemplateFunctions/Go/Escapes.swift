import SourceText
import TemplateLanguage
import Values

extension GoFunctions {
  static let escapes: [Function] = [
    escape("html", Escape.html), escape("js", Escape.javaScript), escape("urlquery", Escape.query),
  ]

  /// A function that prints its arguments and escapes the result, character by character.
  private static func escape(
    _ name: String, _ rule: @escaping @Sendable (_ rune: UTF8Rune, _ bytes: ArraySlice<UInt8>) -> [UInt8]?
  ) -> Function {
    Function(name, variadic: .any, origins: .map) { (evaluator, arguments) throws(FunctionError) in
      let text: Text
      var origin = OriginID.none
      if arguments.count == 1, let only = arguments[0].text {
        text = only
        origin = arguments[0].origin
      } else {
        text = GoFormat.sprint(
          arguments.map { $0.isNone ? "<no value>" : $0 }, tracking: evaluator.origins.isTracking,
          limit: evaluator.textLimit)
      }
      try evaluator.spend(text.count)
      var builder = evaluator.builder(capacity: text.count)
      var offset = 0
      while offset < text.count, !builder.isFull {
        let rune = UTF8Rune.decode(text.bytes, at: offset)
        let range = offset..<(offset + rune.width)
        if let escaped = rule(rune, text.bytes[range]) {
          builder.append(mapped: escaped, from: text, range, origin: origin)
        } else {
          builder.append(text, range, origin: origin)
        }
        offset += rune.width
      }
      return .string(builder.finish())
    }
  }
}

/// How single characters are escaped; nil leaves a character as it is.
private enum Escape {
  static func html(_ rune: UTF8Rune, _ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    guard rune.width == 1 else { return nil }
    switch bytes[bytes.startIndex] {
    case 0: return Array("\u{FFFD}".utf8)
    case UInt8(ascii: "\""): return Array("&#34;".utf8)
    case UInt8(ascii: "'"): return Array("&#39;".utf8)
    case UInt8(ascii: "&"): return Array("&amp;".utf8)
    case UInt8(ascii: "<"): return Array("&lt;".utf8)
    case UInt8(ascii: ">"): return Array("&gt;".utf8)
    default: return nil
    }
  }

  static func javaScript(_ rune: UTF8Rune, _ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    if rune.isInvalid { return Array("\u{FFFD}".utf8) }
    if rune.scalar >= 0x80 {
      if Runes.isPrintable(rune.scalar) { return nil }
      return Array("\\u".utf8) + hexadecimal(rune.scalar)
    }
    switch UInt8(rune.scalar) {
    case UInt8(ascii: "\\"): return Array("\\\\".utf8)
    case UInt8(ascii: "'"): return Array("\\'".utf8)
    case UInt8(ascii: "\""): return Array("\\\"".utf8)
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "="):
      return Array("\\u".utf8) + hexadecimal(rune.scalar)
    case 0..<0x20: return Array("\\u".utf8) + hexadecimal(rune.scalar)
    default: return nil
    }
  }

  /// At least four upper-case digits.
  private static func hexadecimal(_ scalar: UInt32) -> [UInt8] {
    let digits = Array(String(scalar, radix: 16, uppercase: true).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 4 - digits.count)) + digits
  }

  static func query(_ rune: UTF8Rune, _ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    if rune.scalar == 0x20 { return [UInt8(ascii: "+")] }
    if rune.scalar < 0x80 {
      let byte = UInt8(rune.scalar)
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        return nil
      default: break
      }
    }
    return bytes.flatMap { byte -> [UInt8] in
      let digits = Array(String(byte, radix: 16, uppercase: true).utf8)
      return [UInt8(ascii: "%")] + (digits.count == 1 ? [UInt8(ascii: "0")] : []) + digits
    }
  }
}
