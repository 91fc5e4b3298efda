import SourceText

/// Functions, other scripts, and scripts in the arguments of a shell.
extension CommandWalk {
  @discardableResult
  mutating func call(_ function: Function, _ name: ByteString) -> Flow {
    calledFunctions.insert(name)
    let caller = tree
    tree = function.tree
    let outerCall = beginCall(name)
    defer {
      endCall(outerCall)
      tree = caller
    }
    return walk(function.body, feeders: [])
  }

  private mutating func beginCall(_ name: ByteString) -> Int {
    circumstances.callers.append(name)
    let outer = call
    callDepth += 1
    callCount += 1
    call = callCount
    return outer
  }

  private mutating func endCall(_ outer: Int) {
    callDepth -= 1
    _ = circumstances.callers.popLast()
    call = outer
  }

  // MARK: Scripts of the input

  /// `./deploy.sh prod`, `bash -e ci/deploy.sh prod`: walks the script in place of the command; false when the command
  /// calls none of the input's scripts.
  mutating func runsScript(_ words: [ResolvedWord]) -> Bool {
    guard let (index, isShell) = Self.scriptWord(words), callDepth < Self.deepestCall,
      let file = library.file(words[index].text, calledFrom: tree.script.file, directory: environment.directory),
      isShell || DeliveryFiles.classify(path: file.path, text: file.text) == .shellScript, !openFiles.contains(file)
    else { return false }
    let before = environment
    let outerFunctions = functions
    environment = environment.inherited
    environment.positional = words.dropFirst(index + 1).map(\.text)
    environment.options = ShellEnvironment.Options(firstLineOf: file.text)
    if isShell { environment.options.add(flags: words[1..<index]) }
    functions = [:]
    _ = walkFile(file)
    functions = outerFunctions
    let written = environment.writtenManifests
    environment = before
    environment.writtenManifests = written
    return true
  }

  /// `source lib.sh`, `. lib.sh`: nil when the file is none of the input's.
  mutating func sources(_ words: [ResolvedWord]) -> Flow? {
    guard words.count > 1, callDepth < Self.deepestCall,
      let file = library.file(words[1].text, calledFrom: tree.script.file, directory: environment.directory),
      !openFiles.contains(file)
    else { return nil }
    let positional = environment.positional
    if words.count > 2 { environment.positional = words.dropFirst(2).map(\.text) }
    let flow = walkFile(file)
    environment.positional = positional
    return flow == .exited ? .exited : .normal
  }

  private mutating func walkFile(_ file: SourceFile) -> Flow {
    let tree = parsedFiles[file] ?? ShellParser.parse(ScriptText(file))
    parsedFiles[file] = tree
    calledFiles.insert(file.path)
    let caller = self.tree
    self.tree = tree
    openFiles.append(file)
    let outerCall = beginCall(GoPath.base(ByteString(file.path)))
    defer {
      endCall(outerCall)
      openFiles.removeLast()
      self.tree = caller
    }
    return walk(tree.list)
  }

  /// The word that names a script to run: the program itself, or the first argument of a shell.
  private static func scriptWord(_ words: [ResolvedWord]) -> (index: Int, isShell: Bool)? {
    guard let first = words.first else { return nil }
    let name = first.text.constant.map { GoPath.base($0).string } ?? ""
    guard ["bash", "sh", "dash", "zsh", "ksh", "ash"].contains(name) else {
      // A program without a slash is looked for in PATH, not beside the script.
      return first.text.offsets(of: "/").isEmpty ? nil : (0, false)
    }
    var index = 1
    while index < words.count, let flag = words[index].text.literalPrefix.bytes.first,
      flag == UInt8(ascii: "-") || flag == UInt8(ascii: "+")
    {
      index += words[index].text.constant == "-o" || words[index].text.constant == "+o" ? 2 : 1
    }
    return index < words.count ? (index, true) : nil
  }

  // MARK: Scripts in arguments

  /// `bash -c 'script'`: walks the script instead of the command; false when it is none, or not known.
  mutating func runsNestedShell(_ words: [ResolvedWord]) -> Bool {
    guard let name = words.first?.text.constant else { return false }
    switch GoPath.base(name).string {
    case "bash", "sh", "dash", "zsh", "ksh":
      let flag = words.firstIndex { word in
        guard let text = word.text.constant else { return false }
        return text.count > 1 && text[0] == UInt8(ascii: "-") && text[1] != UInt8(ascii: "-")
          && text.bytes.last == UInt8(ascii: "c")
      }
      guard let flag, flag + 1 < words.count else { return false }
      let before = environment
      environment.positional = words.dropFirst(flag + 3).map(\.text)
      environment.options = ShellEnvironment.Options(flags: words[1...flag])
      runNested(words[flag + 1])
      environment = before
      return true
    case "eval":
      guard words.count == 2 else { return false }
      runNested(words[1])
      return true
    default: return false
    }
  }

  private mutating func runNested(_ word: ResolvedWord) {
    guard callDepth < Self.deepestCall else { return }
    callDepth += 1
    let caller = tree
    tree = ShellParser.parse(NestedScript.text(of: word, in: tree.script.file))
    // What a hole brings in may close what looks open.
    if word.text.isConstant { noteFaults(of: tree) }
    _ = walk(tree.list)
    tree = caller
    callDepth -= 1
  }

  /// Walks the commands inside `$(…)`, which run before the command itself.
  mutating func walkSubstitutions(in stage: ShellStage) {
    for list in SubstitutionFinder.lists(in: stage, tree.documents) {
      let before = (environment, circumstances)
      if let hidden = SubstitutionFinder.hidesStatus(of: list, in: stage) { mask(.substitution, hidden) }
      _ = walk(list)
      (environment, circumstances) = before
    }
  }
}
