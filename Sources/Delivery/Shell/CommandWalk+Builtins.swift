import SourceText

extension CommandWalk {
  /// Runs a builtin that changes what is known; nil when the command is none.
  mutating func runBuiltin(_ name: ByteString, _ command: ShellSimpleCommand, _ piped: PipedCommand) -> Flow? {
    let arguments = piped.words.dropFirst().map(\.text)
    switch name.string {
    case "exit": return .exited
    case "return": return .returned
    case "export", "local", "readonly", "declare", "typeset":
      assign(command.assignments)
      if name == "export" || arguments.contains(where: { $0.constant == "-x" || $0.constant == "-rx" }) {
        environment.exported.formUnion(command.assignments.map(\.name))
        environment.exported.formUnion(arguments.compactMap(\.constant))
      }
      return .normal
    case "source", ".": return sources(piped.words)
    case "unset", "read", "mapfile", "readarray", "getopts":
      for argument in arguments { if let name = argument.constant { environment.forget(name) } }
      return .normal
    case "set":
      if let separator = arguments.firstIndex(where: { $0.constant == "--" }) {
        environment.positional = Array(arguments[(separator + 1)...])
      }
      setOptions(piped.words.dropFirst())
      return .normal
    case "shift":
      if let positional = environment.positional, !positional.isEmpty {
        environment.positional = Array(positional.dropFirst())
      }
      return .normal
    case "cd", "pushd":
      changeDirectory(arguments.first { $0.literalPrefix.bytes.first != UInt8(ascii: "-") || $0.constant == "-" })
      return .normal
    case "popd":
      environment.directory = ResolvedText(hole: "$PWD")
      return .normal
    case ":":
      assignDefaults(in: command.words)
      return .normal
    default: return nil
    }
  }

  private mutating func setOptions(_ words: ArraySlice<ResolvedWord>) {
    let before = environment.options.stopsAtFailure
    environment.options.add(flags: words)
    if environment.options.stopsAtFailure {
      environment.options.ignoresFailure = nil
    } else if before, let first = words.first, let last = words.last {
      environment.options.ignoresFailure = SourceRange(tree.script.file, first.range.union(last.range))
    }
  }

  private mutating func changeDirectory(_ target: ResolvedText?) {
    guard let target, let path = target.constant, path != "-" else {
      environment.directory = target ?? ResolvedText(hole: "$HOME")
      return
    }
    if path.bytes.first == UInt8(ascii: "/") {
      environment.directory = ResolvedText(path)
    } else if let before = environment.directory {
      var whole = before
      whole.append("/")
      whole.append(path)
      environment.directory = whole.constant.map { ResolvedText(GoPath.clean($0)) } ?? whole
    } else {
      environment.directory = ResolvedText(GoPath.clean(path))
    }
  }

  /// `: ${NAME:=default}`
  private mutating func assignDefaults(in words: [ShellWord]) {
    for word in words {
      for part in word.parts {
        var inner = part
        if case .doubleQuoted(let parts, _) = part, parts.count == 1 { inner = parts[0] }
        guard case .parameter(let parameter, _) = inner, case .fallback(let value, true) = parameter.operation,
          environment[parameter.name] == nil
        else { continue }
        environment[parameter.name] = .text(expansion.text(value).text, isAssumed: true)
      }
    }
  }
}

extension ShellEnvironment.Options {
  /// From flags as `set` and `bash` take them: `-eu`, `+e`, `-o pipefail`.
  init(flags words: ArraySlice<ResolvedWord>) {
    self.init()
    add(flags: words)
  }

  /// From the flags of `#!/bin/bash -e`.
  init(firstLineOf text: ByteString) {
    self.init()
    guard text.hasPrefix("#!") else { return }
    let line = text.bytes.prefix(200).prefix { $0 != Ascii.newline && $0 != Ascii.carriageReturn }
    let words = line.split(separator: Ascii.space).dropFirst().map {
      ResolvedWord(ResolvedText(ByteString($0)), range: ByteRange(0, 0))
    }
    add(flags: words[...])
  }

  mutating func add(flags words: ArraySlice<ResolvedWord>) {
    var rest = words
    while let word = rest.popFirst() {
      guard let text = word.text.constant, let sign = text.bytes.first, text.count > 1 else { continue }
      guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { continue }
      if text == "--" { return }
      let isOn = sign == UInt8(ascii: "-")
      for letter in text.bytes.dropFirst() {
        switch letter {
        case UInt8(ascii: "e"): stopsAtFailure = isOn
        case UInt8(ascii: "u"): demandsVariables = isOn
        case UInt8(ascii: "a"): exportsAll = isOn
        case UInt8(ascii: "o"): rest.popFirst()?.text.constant.map { set(named: $0, isOn) }
        default: break
        }
      }
    }
  }

  private mutating func set(named name: ByteString, _ isOn: Bool) {
    switch name.string {
    case "errexit": stopsAtFailure = isOn
    case "nounset": demandsVariables = isOn
    case "allexport": exportsAll = isOn
    case "pipefail": failsWithPipes = isOn
    default: break
    }
  }
}
