import SourceText

/// What a token is. The order follows Go's template lexer; keywords come last.
enum TokenKind: UInt8 {
  case error
  case bool
  /// A printable ASCII character that is no other token, such as a comma.
  case char
  case charConstant
  case comment
  /// A complex constant such as `1+2i`; imaginary ones are `number`.
  case complex
  case assign
  case declare
  case endOfFile
  /// `.name`
  case field
  case identifier
  case leftDelimiter
  case leftParenthesis
  case number
  case pipe
  case rawString
  case rightDelimiter
  case rightParenthesis
  case space
  case string
  case text
  /// `$` or `$name`
  case variable
  case blockKeyword, breakKeyword, continueKeyword
  case dot
  case defineKeyword, elseKeyword, endKeyword, ifKeyword
  case nilKeyword
  case rangeKeyword, templateKeyword, withKeyword

  /// True for what Go's messages show in angle brackets.
  var isKeyword: Bool { rawValue >= TokenKind.blockKeyword.rawValue }

  /// True for tokens that can start an operand of a pipeline.
  var startsOperand: Bool {
    switch self {
    case .bool, .charConstant, .complex, .dot, .field, .identifier, .number, .nilKeyword, .rawString, .string,
      .variable, .leftParenthesis:
      true
    default: false
    }
  }
}

/// A stretch of template source. Its bytes are `start..<end`.
struct Token {
  var kind: TokenKind
  // Small, so that a token travels in registers.
  private let first: Int32
  private let last: Int32

  init(kind: TokenKind, start: Int, end: Int) {
    self.kind = kind
    first = Int32(truncatingIfNeeded: start)
    last = Int32(truncatingIfNeeded: end)
  }

  var start: Int { Int(first) }
  var end: Int { Int(last) }
  var range: ByteRange { ByteRange(start, end) }

  static let none = Token(kind: .endOfFile, start: 0, end: 0)
}

/// A fault of the lexer or parser: Go's message without its `template: name:line: ` prefix.
struct ParseFault: Error {
  var code: ParseFailure.Code
  var message: ByteString
  var line: Int
  var range: ByteRange
}
