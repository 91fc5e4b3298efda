import SourceText

/// Answers conditions whose words are all known, so that a script that is called with `up` is not read as if it were
/// called with `down`.
struct ConstantTest {
  private let expansion: WordExpansion

  init(_ expansion: WordExpansion) { self.expansion = expansion }

  /// Nil when the answer is not known before the script runs.
  func answer(to condition: ShellList) -> Bool? {
    guard condition.statements.count == 1, let statement = condition.statements.first, statement.rest.isEmpty,
      statement.first.stages.count == 1, let stage = statement.first.stages.first
    else { return nil }
    return answer(stage.command).map { $0 != statement.first.isNegated }
  }

  private func answer(_ command: ShellCommand) -> Bool? {
    switch command {
    case .simple(let simple):
      switch simple.words.first?.bare {
      case "true", ":": return simple.words.count == 1 ? true : nil
      case "false": return simple.words.count == 1 ? false : nil
      case "[": return simple.words.last?.bare == "]" ? answer(simple.words.dropFirst().dropLast()) : nil
      case "test": return answer(simple.words.dropFirst())
      default: return nil
      }
    // Signs such as `&&` are no words; what has the length of one comparison may still be two.
    case .test(let words): return answer(words[...])
    default: return nil
    }
  }

  private func answer(_ words: ArraySlice<ShellWord>) -> Bool? {
    var words = words
    var isNegated = false
    if words.first?.bare == "!" {
      words = words.dropFirst()
      isNegated = true
    }
    let answer: Bool?
    switch words.count {
    case 2: answer = unary(words.first?.bare, words.last)
    case 3: answer = comparison(words.first, words.dropFirst().first?.bare, words.last)
    default: answer = nil
    }
    return answer.map { $0 != isNegated }
  }

  private func unary(_ sign: ByteString?, _ word: ShellWord?) -> Bool? {
    guard let text = word.flatMap(constant) else { return nil }
    switch sign {
    case "-z": return text.isEmpty
    case "-n": return !text.isEmpty
    default: return nil
    }
  }

  private func comparison(_ left: ShellWord?, _ sign: ByteString?, _ right: ShellWord?) -> Bool? {
    guard let left = left.flatMap(constant), let right, let text = constant(right), !isPattern(right) else {
      return nil
    }
    switch sign {
    case "=", "==": return left == text
    case "!=": return left != text
    default: return nil
    }
  }

  /// Whether the subject of a `case` matches one of the patterns.
  func matches(_ subject: ShellWord, _ patterns: [ShellWord]) -> Bool? {
    if patterns.contains(where: { $0.bare == "*" }) { return true }
    guard let text = constant(subject) else { return nil }
    var isUndecided = false
    for pattern in patterns {
      guard let wanted = constant(pattern), !isPattern(pattern) else {
        isUndecided = true
        continue
      }
      if wanted == text { return true }
    }
    return isUndecided ? nil : false
  }

  /// The text that a word has in every run.
  private func constant(_ word: ShellWord) -> ByteString? {
    let (text, isAssumed) = expansion.text(word)
    return isAssumed ? nil : text.constant
  }

  private func isPattern(_ word: ShellWord) -> Bool {
    word.parts.contains { part in
      guard case .literal(let text, _) = part else { return false }
      return text.bytes.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == Ascii.openBracket }
    }
  }
}
