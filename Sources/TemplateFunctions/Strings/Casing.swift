import SourceText
import TemplateLanguage
import Values

/// Functions that change letters to upper or lower case.
enum Casing {
  static let functions: [Function] = [
    Function("upper", [.string], origins: .map) { upper($1[0], $0) },
    Function("lower", [.string], origins: .map) { lower($1[0], $0) },
    Function("title", [.string], origins: .map) { title($1[0], $0) },
    Function("untitle", [.string], origins: .map) { untitle($1[0], $0) },
    Function("swapcase", [.string], origins: .map) { swapCase($1[0], $0) },
  ]

  private static func upper(_ value: Value, _ evaluator: Evaluator) -> Value {
    change(value, evaluator, ascii: { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, RuneClass.upper)
  }

  private static func lower(_ value: Value, _ evaluator: Evaluator) -> Value {
    change(value, evaluator, ascii: { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }, RuneClass.lower)
  }

  private static func change(
    _ value: Value, _ evaluator: Evaluator, ascii: (UInt8) -> UInt8, _ change: (UInt32) -> UInt32
  ) -> Value {
    let text = value.text ?? Text()
    guard text.bytes.allSatisfy({ $0 < 0x80 }) else { return RuneMapper.map(value, evaluator, change) }
    guard text.bytes.contains(where: { ascii($0) != $0 }) else { return value }
    var builder = evaluator.builder()
    builder.append(mapped: text.bytes.map(ascii), from: text, 0..<text.count, origin: value.origin)
    return Value(.string(builder.finish()), origin: value.origin)
  }

  /// `strings.Title`: whatever is not a letter, digit or underscore begins a new word, an apostrophe too.
  private static func title(_ value: Value, _ evaluator: Evaluator) -> Value {
    var previous: UInt32 = 0x20
    return RuneMapper.map(value, evaluator) { rune in
      defer { previous = rune }
      return isSeparator(previous) ? RuneClass.title(rune) : rune
    }
  }

  private static func isSeparator(_ rune: UInt32) -> Bool {
    if rune < 0x80 { return !RuneClass.isLetter(rune) && !RuneClass.isDigit(rune) && rune != 0x5F }
    return !RuneClass.isLetter(rune) && !RuneClass.isDigit(rune) && Runes.isSpace(rune)
  }

  private static func untitle(_ value: Value, _ evaluator: Evaluator) -> Value {
    var isFirst = true
    return RuneMapper.map(value, evaluator) { rune in
      if Runes.isSpace(rune) {
        isFirst = true
      } else if isFirst {
        isFirst = false
        return RuneClass.lower(rune)
      }
      return rune
    }
  }

  private static func swapCase(_ value: Value, _ evaluator: Evaluator) -> Value {
    var isFirst = true
    return RuneMapper.map(value, evaluator) { rune in
      if RuneClass.isUpper(rune) || RuneClass.isTitle(rune) {
        isFirst = false
        return RuneClass.lower(rune)
      }
      guard RuneClass.isLower(rune) else {
        isFirst = Runes.isSpace(rune)
        return rune
      }
      defer { isFirst = false }
      return isFirst ? RuneClass.title(rune) : RuneClass.upper(rune)
    }
  }
}
