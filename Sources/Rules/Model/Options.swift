import RegularExpressions
import SourceText

/// The declaration of one option of a rule.
package struct OptionSpecification: Sendable {
  package let name: String
  package let type: OptionType
  /// As written in the rule's file; read by the type's own reader.
  package let defaultTexts: [String]
  package let documentation: String

  package init(_ name: String, _ type: OptionType, default texts: [String], _ documentation: String) {
    self.name = name
    self.type = type
    self.defaultTexts = texts
    self.documentation = documentation
  }
}

/// What an option may hold.
package indirect enum OptionType: Hashable, Sendable {
  case boolean
  case integer
  case number
  /// One of a few words.
  case choice([String])
  case word
  /// A glob over names: `*` and `?`.
  case glob
  /// A regular expression that must match the whole text.
  case regex
  case list(OptionType)
  /// Free keys, each with a value.
  case table(OptionType)
}

/// An option's value after reading.
package enum OptionValue: Sendable {
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case word(String)
  case glob(Glob)
  case regex(RegularExpression)
  case list([OptionValue])
  /// With the texts of the values as they were written.
  case table([(key: String, text: String, value: OptionValue)])
}

/// Why a text is no value of an option.
package struct OptionError: Error, Hashable, Sendable {
  package let message: String
}

extension OptionType {
  /// Reads the scalars of a configuration: one for a single value, any number for a list, keys and values by turns for
  /// a table.
  package func read(_ texts: [String]) throws(OptionError) -> OptionValue {
    if case .table(let element) = self {
      guard texts.count.isMultiple(of: 2) else { throw OptionError(message: "must have a value for each key") }
      var entries: [(key: String, text: String, value: OptionValue)] = []
      for index in stride(from: 0, to: texts.count, by: 2) {
        entries.append((texts[index], texts[index + 1], try element.read([texts[index + 1]])))
      }
      return .table(entries)
    }
    if case .list(let element) = self {
      var values: [OptionValue] = []
      for text in texts { values.append(try element.read([text])) }
      return .list(values)
    }
    guard let text = texts.first, texts.count == 1 else { throw OptionError(message: "must be one \(name)") }
    return try readScalar(text)
  }

  private func readScalar(_ text: String) throws(OptionError) -> OptionValue {
    switch self {
    case .boolean:
      guard text == "true" || text == "false" else { throw mismatch(text) }
      return .boolean(text == "true")
    case .integer:
      guard let number = Int(text) else { throw mismatch(text) }
      return .integer(number)
    case .number:
      guard let number = Double(text), number.isFinite else { throw mismatch(text) }
      return .number(number)
    case .choice(let words):
      guard words.contains(text) else {
        throw OptionError(message: "`\(text)` is not one of \(words.joined(separator: ", "))")
      }
      return .word(text)
    case .word: return .word(text)
    case .glob: return .glob(Glob(text))
    case .regex:
      do { return .regex(try RegularExpression(ByteString("^(?:\(text))$"))) } catch {
        throw OptionError(message: error.message)
      }
    case .list, .table: throw mismatch(text)
    }
  }

  private func mismatch(_ text: String) -> OptionError { OptionError(message: "`\(text)` is not a \(name)") }

  /// As a page or a message names the type.
  package var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .choice(let words): words.joined(separator: "|")
    case .word: "word"
    case .glob: "glob"
    case .regex: "regular expression"
    case .list(let element): "list of \(element.name)s"
    case .table(let element): "mapping of keys to \(element.name)s"
    }
  }
}

/// The options of one rule in one run: what the configuration sets, else the defaults.
package struct Options: Sendable {
  private var values: [String: OptionValue] = [:]

  /// Reads the defaults; `settings` wins over them.
  init(_ specifications: [OptionSpecification], settings: [String: OptionValue]) {
    for specification in specifications {
      values[specification.name] =
        settings[specification.name] ?? (try? specification.type.read(specification.defaultTexts))
    }
  }

  package func boolean(_ name: String) -> Bool {
    guard case .boolean(let flag)? = values[name] else { return false }
    return flag
  }

  package func integer(_ name: String) -> Int {
    guard case .integer(let number)? = values[name] else { return 0 }
    return number
  }

  /// Nil for the word that says that no number is set.
  package func optionalInteger(_ name: String) -> Int? {
    switch values[name] {
    case .integer(let number): number
    case .word(let text): Int(text)
    default: nil
    }
  }

  package func number(_ name: String) -> Double {
    switch values[name] {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: 0
    }
  }

  package func word(_ name: String) -> String {
    guard case .word(let text)? = values[name] else { return "" }
    return text
  }

  package func integers(_ name: String) -> [Int] {
    list(name).compactMap { if case .integer(let number) = $0 { number } else { nil } }
  }

  package func words(_ name: String) -> [String] {
    list(name).compactMap { if case .word(let text) = $0 { text } else { nil } }
  }

  package func globs(_ name: String) -> [Glob] {
    list(name).compactMap { if case .glob(let glob) = $0 { glob } else { nil } }
  }

  package func regexes(_ name: String) -> [RegularExpression] {
    list(name).compactMap { if case .regex(let pattern) = $0 { pattern } else { nil } }
  }

  package func regexTable(_ name: String) -> [(key: String, pattern: String, regex: RegularExpression)] {
    guard case .table(let entries)? = values[name] else { return [] }
    return entries.compactMap { entry in
      guard case .regex(let regex) = entry.value else { return nil }
      return (entry.key, entry.text, regex)
    }
  }

  private func list(_ name: String) -> [OptionValue] {
    guard case .list(let values)? = values[name] else { return [] }
    return values
  }
}
