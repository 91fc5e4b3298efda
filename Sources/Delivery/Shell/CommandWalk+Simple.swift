import SourceText

extension CommandWalk {
  func piped(_ command: ShellSimpleCommand, _ stage: ShellStage) -> PipedCommand {
    PipedCommand(words: command.words.flatMap { expansion.fields($0) }, input: input(of: stage))
  }

  private func input(of stage: ShellStage) -> CommandInput {
    for redirection in stage.redirections.reversed() {
      switch redirection.kind {
      case .input: return expansion.fields(redirection.target).first.map { .file($0) } ?? .nothing
      case .here:
        guard let index = redirection.document, tree.documents.indices.contains(index) else { continue }
        let body = tree.documents[index].body
        return .text(ShellHereText(text: expansion.text(body).text, range: body.range))
      case .hereString:
        return .text(ShellHereText(text: expansion.text(redirection.target).text, range: redirection.target.range))
      case .output, .append, .readWrite, .duplicate: continue
      }
    }
    return .nothing
  }

  mutating func walk(_ command: ShellSimpleCommand, _ stage: ShellStage, _ feeders: [PipedCommand]) -> Flow {
    let piped = piped(command, stage)
    guard let first = piped.words.first else {
      assign(command.assignments)
      return .normal
    }
    let name = first.text.constant ?? ""
    if let flow = runBuiltin(name, command, piped) { return flow }
    if let function = functions[name], callDepth < Self.deepestCall {
      let positional = environment.positional
      environment.positional = piped.words.dropFirst().map(\.text)
      let flow = call(function, name)
      environment.positional = positional
      return flow == .exited ? .exited : .normal
    }
    handOn(piped, stage)
    return run(piped, command, stage, feeders)
  }

  mutating func assign(_ assignments: [ShellAssignment]) {
    for assignment in assignments {
      if environment.options.exportsAll { environment.exported.insert(assignment.name) }
      switch assignment.value {
      case .array(let words):
        let items = words.flatMap { expansion.fields($0).map(\.text) }
        if assignment.isAppending, case .array(let before)? = environment[assignment.name] {
          environment[assignment.name] = .array(before + items)
        } else if assignment.isAppending {
          environment.forget(assignment.name)
        } else {
          environment[assignment.name] = .array(items)
        }
      case .word(let word):
        if assignment.isElement {
          environment.forget(assignment.name)
          continue
        }
        var (text, isAssumed) = expansion.text(word)
        if assignment.isAppending {
          guard case .text(var before, let wasAssumed)? = environment[assignment.name] else {
            environment.forget(assignment.name)
            continue
          }
          before.append(text)
          text = before
          isAssumed = isAssumed || wasAssumed
        }
        environment[assignment.name] = .text(text, isAssumed: isAssumed)
      }
    }
  }

  /// Runs a program: one of the input's scripts, another shell, or a command that counts by itself.
  private mutating func run(
    _ piped: PipedCommand, _ command: ShellSimpleCommand, _ stage: ShellStage, _ feeders: [PipedCommand]
  ) -> Flow {
    let wrappers = Wrappers(piped.words[...])
    var words = Array(wrappers.words)
    let place = ByteRange(
      tree.script.place(command.words.first?.range ?? command.range).start, tree.script.place(command.range).end)
    if wrappers.hasMoreWords { words.append(ResolvedWord(ResolvedText(hole: "$(xargs)"), range: place)) }
    if runsNestedShell(words) || runsScript(words) || runsMake(words) { return .normal }
    record(PipedCommand(words: words, input: piped.input), at: place, stage, feeders)
    return .normal
  }

  private mutating func record(
    _ command: PipedCommand, at place: ByteRange, _ stage: ShellStage, _ feeders: [PipedCommand]
  ) {
    let reader = CommandReader(
      script: tree.script, directory: environment.directory, written: environment.writtenManifests)
    let meaning = reader.meaning(of: command, feeders: feeders)
    if circumstances.isCondition, CommandWalk.asksForExistence(meaning.action) { testsExistence = true }
    let output = self.output(of: stage)
    if let path = output?.constant, let made = reader.targets(made: command) {
      environment.writtenManifests[GoPath.clean(path)] = made
    }
    var circumstances = circumstances
    circumstances.stopsAtFailure = environment.options.stopsAtFailure
    circumstances.failsWithPipes = environment.options.failsWithPipes
    circumstances.demandsVariables = environment.options.demandsVariables
    if let place = environment.options.ignoresFailure {
      circumstances.masks.append(Circumstances.Mask(.ignored, place))
    }
    commands.append(
      DeliveryCommand(
        place: SourceRange(tree.script.file, place), words: command.words, action: meaning.action,
        circumstances: circumstances, feeders: feeders.map(\.words), output: output, deletes: meaning.deletes,
        creates: meaning.creates, waits: meaning.waits))
  }

  /// The file that the command's output goes to.
  private func output(of stage: ShellStage) -> ResolvedText? {
    stage.redirections.last { $0.kind == .output || $0.kind == .append }.map { expansion.text($0.target).text }
  }

  private static func asksForExistence(_ action: DeliveryAction) -> Bool {
    switch action {
    case .kubectl(let command): command.verb == .get || command.verb == .other("describe")
    case .helm(let command):
      [.other("status"), .other("list"), .other("ls"), .other("get"), .other("history")].contains(command.verb)
    case .container, .other: false
    }
  }

  /// `echo NAME=value >> $GITHUB_ENV`
  private mutating func handOn(_ piped: PipedCommand, _ stage: ShellStage) {
    guard piped.words.count == 2, piped.words[0].text.constant == "echo",
      stage.redirections.contains(where: { redirection in
        redirection.kind == .append && expansion.text(redirection.target).text.shown == "$GITHUB_ENV"
      })
    else { return }
    let text = piped.words[1].text
    guard let equals = text.literalPrefix.bytes.firstIndex(of: Ascii.equals) else { return }
    handedOn.append((ByteString(text.literalPrefix.bytes[..<equals]), text.dropping(equals + 1)))
  }
}
