import SourceText

/// What can be wrong with a pattern, by the words of Go's `regexp/syntax`.
enum PatternFault: String {
  case invalidCharacterRange = "invalid character class range"
  case invalidEscape = "invalid escape sequence"
  case invalidNamedCapture = "invalid named capture"
  case invalidPerlOperator = "invalid or unsupported Perl syntax"
  case invalidRepeatOperator = "invalid nested repetition operator"
  case invalidRepeatSize = "invalid repeat count"
  case invalidUTF8 = "invalid UTF-8"
  case missingBracket = "missing closing ]"
  case missingParenthesis = "missing closing )"
  case missingRepeatArgument = "missing argument to repetition operator"
  case trailingBackslash = "trailing backslash at end of expression"
  case unexpectedParenthesis = "unexpected )"
  case nestingDepth = "expression nests too deeply"
  case tooLarge = "expression too large"

  func error(_ expression: ArraySlice<UInt8>) -> RegularExpressionError {
    let shown = String(decoding: expression, as: UTF8.self)
    return RegularExpressionError(message: "error parsing regexp: \(rawValue): `\(shown)`")
  }
}
