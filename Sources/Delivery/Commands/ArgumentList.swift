import SourceText

/// The words of a command sorted into flags and arguments, by a program's own grammar.
package struct ArgumentList: Sendable {
  package struct Flag: Sendable {
    /// With its dashes; short names in the grammar's long form.
    package var name: String
    /// Nil for a flag that takes no value, or has none here.
    package var value: ResolvedWord?
    package var range: ByteRange
  }

  package private(set) var flags: [Flag] = []
  package fileprivate(set) var arguments: [ResolvedWord] = []

  /// Sorts `words` (without the program).
  init(_ words: ArraySlice<ResolvedWord>, grammar: FlagGrammar) {
    var rest = words
    while let word = rest.popFirst() {
      let prefix = word.text.literalPrefix
      if word.text.constant == "--" {
        arguments += rest
        return
      }
      guard prefix.bytes.first == UInt8(ascii: "-"), prefix.count > 1 else {
        arguments.append(word)
        continue
      }
      if prefix[1] == UInt8(ascii: "-") {
        readLong(word, &rest, grammar)
      } else {
        readShort(word, &rest, grammar)
      }
    }
  }

  private mutating func readLong(
    _ word: ResolvedWord, _ rest: inout ArraySlice<ResolvedWord>, _ grammar: FlagGrammar
  ) {
    let prefix = word.text.literalPrefix
    if let equals = prefix.bytes.firstIndex(of: UInt8(ascii: "=")) {
      let value = ResolvedWord(
        word.text.dropping(equals + 1),
        range: ByteRange(min(word.range.start + equals + 1, word.range.end), word.range.end),
        isAssumed: word.isAssumed)
      flags.append(Flag(name: ByteString(prefix.bytes[..<equals]).string, value: value, range: word.range))
      return
    }
    let name = prefix.string
    let value = grammar.valued.contains(name) ? rest.popFirst() : nil
    flags.append(Flag(name: name, value: value, range: value.map { word.range.union($0.range) } ?? word.range))
  }

  /// `-n prod`, `-nprod`, `-n=prod`, and letters bundled as in `-Rf`.
  private mutating func readShort(
    _ word: ResolvedWord, _ rest: inout ArraySlice<ResolvedWord>, _ grammar: FlagGrammar
  ) {
    let prefix = word.text.literalPrefix
    for index in 1..<prefix.count {
      let letter = "-" + String(Character(Unicode.Scalar(prefix[index])))
      let name = grammar.short[letter] ?? letter
      guard grammar.valued.contains(name) else {
        flags.append(Flag(name: name, value: nil, range: word.range))
        // `-h=…` and digits as in `-v5` are no bundles.
        if index + 1 < prefix.count, !Ascii.isLetter(prefix[index + 1]) { return }
        continue
      }
      var value = word.text.dropping(index + 1)
      if value.literalPrefix.bytes.first == UInt8(ascii: "=") { value = value.dropping(1) }
      let attached = value.isEmpty ? rest.popFirst() : ResolvedWord(value, range: word.range, isAssumed: word.isAssumed)
      flags.append(
        Flag(name: name, value: attached, range: attached.map { word.range.union($0.range) } ?? word.range))
      return
    }
  }

  /// The line without its first arguments.
  func dropping(arguments count: Int) -> ArgumentList {
    var line = self
    line.arguments.removeFirst(min(count, arguments.count))
    return line
  }

  /// The last value of a flag.
  package func value(_ name: String) -> ResolvedWord? { flags.last { $0.name == name }?.value }

  /// All values of a flag, in order.
  package func values(_ name: String) -> [ResolvedWord] { flags.filter { $0.name == name }.compactMap(\.value) }

  package func flag(_ name: String) -> Flag? { flags.last { $0.name == name } }

  /// True when a flag that means yes or no is given and not switched off.
  package func isSet(_ name: String) -> Bool {
    guard let flag = flag(name) else { return false }
    return flag.value?.text.constant != "false"
  }
}

/// Which flags of a program take the next word for their value.
struct FlagGrammar: Sendable {
  /// Long names, or the letter where there is no long one.
  var valued: Set<String>
  /// The long name of a letter.
  var short: [String: String]
}
