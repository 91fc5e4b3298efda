import SourceText

/// Finds the scripts inside `$(…)` of one command, without those of commands inside it.
enum SubstitutionFinder {
  static func lists(in stage: ShellStage, _ documents: [ShellHereDocument]) -> [ShellList] {
    var lists: [ShellList] = []
    switch stage.command {
    case .simple(let command):
      for assignment in command.assignments {
        switch assignment.value {
        case .word(let word): collect(word.parts, &lists)
        case .array(let words): for word in words { collect(word.parts, &lists) }
        }
      }
      for word in command.words { collect(word.parts, &lists) }
    case .choice(let subject, _): collect(subject.parts, &lists)
    case .test(let words): for word in words { collect(word.parts, &lists) }
    case .iteration(_, let words?, _): for word in words { collect(word.parts, &lists) }
    case .iteration, .subshell, .group, .conditional, .loop, .counting, .function, .arithmetic: break
    }
    for redirection in stage.redirections {
      collect(redirection.target.parts, &lists)
      if let index = redirection.document, documents.indices.contains(index) {
        collect(documents[index].body.parts, &lists)
      }
    }
    return lists
  }

  private static func collect(_ parts: [ShellWordPart], _ lists: inout [ShellList]) {
    for part in parts {
      switch part {
      case .substitution(let list, _): lists.append(list)
      case .doubleQuoted(let inner, _): collect(inner, &lists)
      case .parameter(let parameter, _):
        switch parameter.operation {
        case .fallback(let word, _), .alternative(let word): collect(word.parts, &lists)
        case .none, .all, .demand, .other: break
        }
      case .literal, .quoted, .arithmetic, .hole: break
      }
    }
  }
}

extension SubstitutionFinder {
  /// The word of a command that runs on whatever the substitution in it ends with: `local X=$(…)`, `echo "$(…)"`.
  static func hidesStatus(of list: ShellList, in stage: ShellStage) -> ByteRange? {
    guard case .simple(let command) = stage.command, let name = command.words.first?.bare,
      ["local", "export", "declare", "readonly", "typeset", "echo", "printf"].contains(name)
    else { return nil }
    return command.words.first?.range
  }
}

/// Finds out whether a command looks at how the one before it ended.
enum StatusReads {
  static func reads(_ stage: ShellStage) -> Bool {
    switch stage.command {
    case .simple(let command):
      command.words.contains { reads($0.parts) }
        || command.assignments.contains { assignment in
          if case .word(let word) = assignment.value { return reads(word.parts) }
          return false
        }
    case .choice(let subject, _): reads(subject.parts)
    case .test(let words): words.contains { reads($0.parts) }
    default: false
    }
  }

  private static func reads(_ parts: [ShellWordPart]) -> Bool {
    parts.contains { part in
      switch part {
      case .parameter(let parameter, _): parameter.name == "?" || parameter.name == "PIPESTATUS"
      case .doubleQuoted(let inner, _): reads(inner)
      case .literal, .quoted, .substitution, .arithmetic, .hole: false
      }
    }
  }
}

/// The variables that a list may set.
enum AssignedNames {
  static func names(in list: ShellList) -> Set<ByteString> {
    var names: Set<ByteString> = []
    collect(list, &names)
    return names
  }

  private static func collect(_ list: ShellList, _ names: inout Set<ByteString>) {
    for statement in list.statements {
      for pipeline in [statement.first] + statement.rest.map(\.pipeline) {
        for stage in pipeline.stages { collect(stage, &names) }
      }
    }
  }

  private static func collect(_ stage: ShellStage, _ names: inout Set<ByteString>) {
    switch stage.command {
    case .simple(let command):
      names.formUnion(command.assignments.map(\.name))
      if let first = command.words.first?.bare, ["read", "mapfile", "readarray", "getopts"].contains(first) {
        names.formUnion(command.words.dropFirst().compactMap(\.bare))
      }
    case .subshell(let list), .group(let list), .counting(let list): collect(list, &names)
    case .conditional(let arms, let otherwise):
      for arm in arms {
        collect(arm.condition, &names)
        collect(arm.body, &names)
      }
      if let otherwise { collect(otherwise, &names) }
    case .loop(let condition, let body):
      collect(condition, &names)
      collect(body, &names)
    case .iteration(let name, _, let body):
      names.insert(name)
      collect(body, &names)
    case .choice(_, let choices): for choice in choices { collect(choice.body, &names) }
    case .function, .test, .arithmetic: break
    }
  }
}

/// The script in the argument of `bash -c`.
enum NestedScript {
  /// The text of a word, each byte placed at the word: quotes and escapes in between make finer places a guess, so
  /// they are found by looking for the piece in the source.
  static func text(of word: ResolvedWord, in file: SourceFile) -> ScriptText {
    let bytes = word.text.pieces.flatMap { piece -> [UInt8] in
      switch piece {
      case .literal(let text): return text.bytes
      // The commands of a substitution ran before; here stands what they printed.
      case .hole(let hole) where hole.hasPrefix("$(") || hole.hasPrefix("`"):
        return [UInt8](repeating: 0x5F, count: hole.count)
      case .hole(let hole): return hole.bytes
      }
    }
    let source = file[word.range].bytes
    // A script in quotes stands in the file as it is, but for the quotes.
    for skip in 0...2 where source.count >= bytes.count + skip {
      if source[skip..<(skip + bytes.count)].elementsEqual(bytes) {
        let start = word.range.start + skip
        let piece = ScriptText.Piece(
          end: bytes.count, source: ByteRange(start, start + bytes.count), isVerbatim: true)
        return ScriptText(file, bytes: bytes, pieces: [piece])
      }
    }
    return ScriptText(
      file, bytes: bytes, pieces: [ScriptText.Piece(end: bytes.count, source: word.range, isVerbatim: false)])
  }
}
