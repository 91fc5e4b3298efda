import SourceText

/// A list of statements: a whole script, or the body of a construct. Ranges are offsets in the script's text.
struct ShellList: Sendable {
  var statements: [ShellStatement] = []
  var range = ByteRange(0, 0)
}

/// Pipelines joined by `&&` and `||`.
struct ShellStatement: Sendable {
  var first: ShellPipeline
  var rest: [Link]
  /// The `&` that ends it.
  var background: ByteRange?
  var range: ByteRange

  struct Link: Sendable {
    var isAnd: Bool
    /// The `&&` or `||`.
    var sign: ByteRange
    var pipeline: ShellPipeline
  }
}

/// Commands joined by `|` or `|&`.
struct ShellPipeline: Sendable {
  /// Led by `!`.
  var isNegated = false
  var stages: [ShellStage]
  /// The signs between the stages.
  var pipes: [ByteRange] = []
  var range: ByteRange
}

/// A command with its redirections.
struct ShellStage: Sendable {
  var command: ShellCommand
  var redirections: [ShellRedirection] = []
  var range: ByteRange
}

indirect enum ShellCommand: Sendable {
  case simple(ShellSimpleCommand)
  case subshell(ShellList)
  case group(ShellList)
  /// Conditions with their bodies, then the `else`.
  case conditional([Arm], otherwise: ShellList?)
  /// `while` and `until`.
  case loop(condition: ShellList, body: ShellList)
  /// `for NAME in WORDS` and `select`; without words over the positional parameters.
  case iteration(name: ByteString, words: [ShellWord]?, body: ShellList)
  /// `for ((…))`.
  case counting(ShellList)
  case choice(ShellWord, [Choice])
  case function(name: ByteString, body: ShellStage)
  /// `[[ … ]]` with its words.
  case test([ShellWord])
  /// `(( … ))`.
  case arithmetic

  struct Arm: Sendable {
    var condition: ShellList
    var body: ShellList
  }

  struct Choice: Sendable {
    var patterns: [ShellWord]
    var body: ShellList
  }
}

struct ShellSimpleCommand: Sendable {
  var assignments: [ShellAssignment] = []
  var words: [ShellWord] = []
  var range: ByteRange
}

struct ShellAssignment: Sendable {
  var name: ByteString
  /// `+=`
  var isAppending: Bool
  /// `name[index]=`
  var isElement: Bool
  var value: Value
  var range: ByteRange

  enum Value: Sendable {
    case word(ShellWord)
    case array([ShellWord])
  }
}

struct ShellRedirection: Sendable {
  enum Operator: Hashable, Sendable {
    case input, output, append, readWrite, duplicate, here, hereString
  }

  var kind: Operator
  var target: ShellWord
  /// Index of the here-document's body; nil for other redirections.
  var document: Int?
}

/// The body of a here-document.
struct ShellHereDocument: Sendable {
  var delimiter: ByteString
  /// The delimiter was quoted: the body is taken as it stands.
  var isQuoted: Bool
  /// `<<-`
  var stripsTabs: Bool
  var body = ShellWord(parts: [], range: ByteRange(0, 0))
}

/// A parsed script.
struct ShellTree: Sendable {
  var script: ScriptText
  var list: ShellList
  /// The bodies that redirections refer to.
  var documents: [ShellHereDocument]
  var faults: [ShellFault]
}

/// What the parser could not read, and where.
struct ShellFault: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case unclosedQuote
    case unclosedExpansion
    case unclosedHereDocument(ByteString)
    /// A construct that its closing word does not follow: `if` without `fi`.
    case missingWord(ByteString, opener: ByteString)
    case unexpectedWord(ByteString)
    case nestedTooDeeply
  }

  var kind: Kind
  var range: ByteRange
}

/// A word before expansion.
struct ShellWord: Sendable {
  var parts: [ShellWordPart]
  var range: ByteRange

  /// The text of a word that is one unquoted literal: what reserved words and function names must be.
  var bare: ByteString? {
    guard parts.count == 1, case .literal(let text, _) = parts[0] else { return parts.isEmpty ? "" : nil }
    return text
  }
}

indirect enum ShellWordPart: Sendable {
  /// Unquoted, escapes taken out.
  case literal(ByteString, ByteRange)
  /// An unquoted backslash with its character, single quotes and `$'…'`.
  case quoted(ByteString, ByteRange)
  case doubleQuoted([ShellWordPart], ByteRange)
  case parameter(ShellParameter, ByteRange)
  /// `$(…)`, backquotes and `<(…)`.
  case substitution(ShellList, ByteRange)
  /// `$((…))` and `$[…]`.
  case arithmetic(ByteRange)
  /// `${{ … }}` and `{{ … }}`: filled in before the shell sees the script.
  case hole(ByteRange)

  var range: ByteRange {
    switch self {
    case .literal(_, let range), .quoted(_, let range), .doubleQuoted(_, let range), .parameter(_, let range),
      .substitution(_, let range), .arithmetic(let range), .hole(let range):
      range
    }
  }
}

/// `$NAME` or `${NAME…}`.
struct ShellParameter: Sendable {
  var name: ByteString
  var operation: Operation = .none

  enum Operation: Sendable {
    case none
    /// `[@]` or `[*]`
    case all
    /// `-`, `:-`, `=`, `:=` with the default.
    case fallback(ShellWord, assigns: Bool)
    /// `+`, `:+`
    case alternative(ShellWord)
    /// `?`, `:?`
    case demand
    /// Everything else: lengths, cuts, replacements, indirections, elements.
    case other
  }
}
