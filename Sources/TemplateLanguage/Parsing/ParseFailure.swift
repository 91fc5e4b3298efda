import Diagnostics
import SourceText

/// A syntax error of a template: where it is, and Go's text for it.
package struct ParseFailure: Error, Hashable, Sendable {
  /// What is wrong; the raw value is the diagnostic's id.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    case unclosedAction = "template/unclosed-action"
    case unclosedComment = "template/unclosed-comment"
    case unterminatedString = "template/unterminated-string"
    case unbalancedParenthesis = "template/unbalanced-parenthesis"
    case badCharacter = "template/bad-character"
    case badNumber = "template/bad-number"
    case unknownFunction = "template/unknown-function"
    case undefinedVariable = "template/undefined-variable"
    case unexpectedEnd = "template/unexpected-end"
    case missingEnd = "template/missing-end"
    case missingValue = "template/missing-value"
    case duplicateDefinition = "template/duplicate-definition"
    case tooDeep = "template/too-deep"
    /// The template is larger than what is parsed.
    case limit = "template/limit"
    case syntax = "template/syntax"
  }

  package var code: Code
  /// Go's message without its prefix.
  package var message: ByteString
  /// The line that Go names, from 1.
  package var line: Int
  /// The name by which Go speaks of the file.
  package var templateName: String
  /// The wrong text.
  package var place: SourceRange
  /// What to do, where that is known: a similar function, an action that is not closed.
  package var note: String?

  /// The error as text/template prints it.
  package var goText: ByteString {
    ByteString("template: \(templateName):\(line): ") + message
  }

  /// The error as `helm template` prints it: only the last part of Go's message survives.
  package var helmText: ByteString {
    let parts = goText.bytes.split(separator: ": ".utf8)
    return ByteString("parse error at (") + ByteString(parts[1]) + ByteString("): ")
      + ByteString(parts[parts.count - 1])
  }

  /// The failure as lint shows it.
  package var diagnostic: Diagnostic {
    Diagnostic(
      id: DiagnosticID(code.rawValue), level: .error, message: message.string,
      primary: Label(place), notes: note.map { [Note(.fix, $0)] } ?? [])
  }
}
