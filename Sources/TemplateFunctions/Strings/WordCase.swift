import SourceText
import TemplateLanguage
import Values

/// `camelcase`, `snakecase` and `kebabcase`, as huandu/xstrings defines words.
enum WordCase {
  static let functions: [Function] = [
    Function("camelcase", [.string], origins: .map) { camel($1[0], $0) },
    Function("snakecase", [.string], origins: .map) { joined($1[0], $0, by: UInt8(ascii: "_")) },
    Function("kebabcase", [.string], origins: .map) { joined($1[0], $0, by: UInt8(ascii: "-")) },
  ]

  static func isConnector(_ rune: UInt32) -> Bool {
    rune == UInt32(UInt8(ascii: "-")) || rune == UInt32(UInt8(ascii: "_")) || Runes.isSpace(rune)
  }

  // MARK: camelcase

  private static func camel(_ value: Value, _ evaluator: Evaluator) -> Value {
    let runes = decode(value.text ?? Text())
    var mapper = RuneMapper(value, evaluator)
    // Connectors in front stay.
    var index = 0
    while index < runes.count, isConnector(runes[index].rune) {
      mapper.append(runes[index].rune, from: runes[index].range)
      index += 1
    }
    guard index < runes.count else {
      // Of nothing but connectors the library writes the last one twice.
      if let last = runes.last { mapper.append(last.rune, from: last.range) }
      return mapper.finish()
    }
    var previous = runes[index]
    var isFirstUpper = RuneClass.isUpper(previous.rune)
    previous.rune = RuneClass.upper(previous.rune)
    for var current in runes[(index + 1)...] {
      if isConnector(previous.rune) {
        // Of several connectors all but the last stay.
        if isConnector(current.rune) {
          mapper.append(previous.rune, from: previous.range)
        } else {
          isFirstUpper = RuneClass.isUpper(current.rune)
          current.rune = RuneClass.upper(current.rune)
        }
      } else {
        if isFirstUpper, RuneClass.isUpper(current.rune) {
          current.rune = RuneClass.lower(current.rune)
        } else {
          isFirstUpper = false
        }
        mapper.append(previous.rune, from: previous.range)
      }
      previous = current
    }
    mapper.append(previous.rune, from: previous.range)
    return mapper.finish()
  }

  private static func decode(_ text: Text) -> [(rune: UInt32, range: Range<Int>)] {
    text.bytes.withUnsafeBufferPointer { bytes in
      var runes: [(UInt32, Range<Int>)] = []
      var index = 0
      while index < bytes.count {
        let (rune, width) = Runes.decode(bytes, at: index)
        runes.append((rune, index..<(index + width)))
        index += width
      }
      return runes
    }
  }

  // MARK: snakecase, kebabcase

  private static func joined(_ value: Value, _ evaluator: Evaluator, by connector: UInt8) -> Value {
    let text = value.text ?? Text()
    guard !text.isEmpty else { return value }
    var writer = WordWriter(value, evaluator, connector: connector)
    text.bytes.withUnsafeBufferPointer { bytes in
      var scanner = WordScanner(bytes)
      var word = scanner.next()
      while !scanner.isAtEnd {
        if word.kind != .connector { writer.append(word, of: bytes) }
        let previous = word
        word = scanner.next()
        switch previous.kind {
        case .number: writer.continueNumber(&word, &scanner, bytes)
        case .connector: writer.append(previous, of: bytes)
        case .punctuation: break
        case .invalid, .upper, .alphabet, .other: writer.followWord(&word, &scanner, bytes)
        }
      }
      writer.append(word, of: bytes)
    }
    return writer.mapper.finish()
  }
}

/// Writes words in lower case with connectors between them.
private struct WordWriter {
  var mapper: RuneMapper
  let connector: UInt8

  init(_ value: Value, _ evaluator: Evaluator, connector: UInt8) {
    mapper = RuneMapper(value, evaluator)
    self.connector = connector
  }

  mutating func append(_ word: Word, of bytes: UnsafeBufferPointer<UInt8>) {
    var index = word.range.lowerBound
    let changes = word.kind == .upper || word.kind == .connector
    while index < word.range.upperBound {
      var (rune, width) = Runes.decode(bytes, at: index)
      if changes, WordCase.isConnector(rune) {
        rune = UInt32(connector)
      } else if changes, RuneClass.isUpper(rune) {
        rune = RuneClass.lower(rune)
      }
      if rune == Runes.invalid, width == 1, !changes {
        mapper.insert(bytes[index])
      } else {
        mapper.append(rune, from: index..<(index + width))
      }
      index += width
    }
  }

  /// After a number: letters and further numbers belong to the same word.
  mutating func continueNumber(
    _ word: inout Word, _ scanner: inout WordScanner, _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    while word.kind == .alphabet || word.kind == .number {
      append(word, of: bytes)
      word = scanner.next()
    }
    if word.kind != .invalid, word.kind != .punctuation, word.kind != .connector { mapper.insert(connector) }
  }

  /// After letters: a number belongs to them unless small letters follow it.
  mutating func followWord(_ word: inout Word, _ scanner: inout WordScanner, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard word.kind == .number else {
      if word.kind != .connector, word.kind != .punctuation { mapper.insert(connector) }
      return
    }
    guard !scanner.isAtEnd else { return }
    let number = word
    word = scanner.next()
    if word.kind == .alphabet {
      mapper.insert(connector)
      append(number, of: bytes)
      continueNumber(&word, &scanner, bytes)
    } else {
      append(number, of: bytes)
      if word.kind != .connector, word.kind != .punctuation { mapper.insert(connector) }
    }
  }
}
