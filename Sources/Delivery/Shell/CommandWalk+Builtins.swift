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
      return .normal
    case "unset", "read", "mapfile", "readarray", "getopts":
      for argument in arguments { if let name = argument.constant { environment.forget(name) } }
      return .normal
    case "set":
      if let separator = arguments.firstIndex(where: { $0.constant == "--" }) {
        environment.positional = Array(arguments[(separator + 1)...])
      }
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
