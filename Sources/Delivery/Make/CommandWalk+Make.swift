import Diagnostics
import SourceText

/// `make target`: the recipes of the target and of its prerequisites, in place of the command.
extension CommandWalk {
  /// False when the command is no call of make, or its Makefile is none of the input's.
  mutating func runsMake(_ words: [ResolvedWord]) -> Bool {
    guard let program = words.first?.text.constant.map({ GoPath.base($0).string }),
      ["make", "gmake"].contains(program),
      callDepth < Self.deepestCall
    else { return false }
    let line = ArgumentList(words.dropFirst(), grammar: .make)
    var folder = environment.directory
    if let other = line.value("--directory")?.text {
      folder = other.located(in: environment.directory)
    }
    let names = line.value("--file").map { [$0.text] } ?? [ResolvedText("Makefile"), ResolvedText("GNUmakefile")]
    let found = names.lazy.compactMap { [tree, library] in
      library.file($0, calledFrom: tree.script.file, directory: folder)
    }
    guard let file = found.first, !openFiles.contains(file) else { return false }
    let makefile = Makefile(file)
    let before = environment
    environment = environment.inherited
    environment.directory = folder
    var goals: [ByteString] = []
    for argument in line.arguments {
      if let equals = argument.text.literalPrefix.bytes.firstIndex(of: Ascii.equals) {
        environment[ByteString(argument.text.literalPrefix.bytes[..<equals])] =
          .text(argument.text.dropping(equals + 1), isAssumed: false)
      } else if let goal = argument.text.constant {
        goals.append(goal)
      }
    }
    let given = environment.names
    calledFiles.insert(file.path)
    openFiles.append(file)
    enter(makefile, keeping: given)
    for goal in goals.isEmpty ? Array(makefile.targets.prefix(1)) : goals { walk(makefile, goal) }
    openFiles.removeLast()
    environment = before
    return true
  }

  /// Sets the variables of a Makefile, but for those that the caller gave.
  mutating func enter(_ makefile: Makefile, keeping given: Set<ByteString> = []) {
    let caller = tree
    for variable in makefile.variables where !given.contains(variable.name) {
      // The value is a word in double quotes: its blanks do not part it.
      var text = ResolvedText()
      var isAssumed = variable.isDefault
      tree = ShellParser.parse(variable.value)
      for stage in tree.list.statements.flatMap(\.first.stages) {
        guard case .simple(let command) = stage.command else { continue }
        for word in command.words {
          let value = expansion.text(word)
          if !text.isEmpty { text.append(" ") }
          text.append(value.text)
          isAssumed = isAssumed || value.isAssumed
        }
      }
      if variable.isAppending, case .text(var value, _)? = environment[variable.name] {
        value.append(" ")
        value.append(text)
        text = value
      }
      environment[variable.name] = .text(text, isAssumed: isAssumed)
    }
    tree = caller
    environment.exported.formUnion(environment.names)
  }

  /// Walks the recipes that one goal needs; each line has a shell of its own.
  mutating func walk(_ makefile: Makefile, _ goal: ByteString) {
    let caller = tree
    callDepth += 1
    for target in makefile.closure(of: goal) {
      for line in makefile.rules[target]?.recipe ?? [] {
        tree = ShellParser.parse(line.script)
        if !line.hasFunctions { noteFaults(of: tree) }
        let before = (environment, circumstances, functions)
        environment.options = ShellEnvironment.Options()
        environment.options.stopsAtFailure = true
        if let tolerance = line.tolerance { circumstances.masks.append(Circumstances.Mask(.tolerance, tolerance)) }
        callCount += 1
        call = callCount
        _ = walk(tree.list)
        let written = environment.writtenManifests
        (environment, circumstances, functions) = before
        environment.writtenManifests = written
      }
    }
    callDepth -= 1
    tree = caller
  }
}

extension FlagGrammar {
  static let make = FlagGrammar(
    valued: ["--directory", "--file", "--jobs", "--include-dir", "--load-average"],
    short: ["-C": "--directory", "-f": "--file", "-I": "--include-dir", "-B": "--always-make", "-j": "-j"])
}

/// Reads Makefiles: each target is a run of its own, with its prerequisites before it.
enum MakefileReader {
  static func read(
    _ file: SourceFile, _ library: ScriptLibrary
  ) -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    let makefile = Makefile(file)
    var script = DeliveryScript(file: file, kind: .makefile)
    var walk = CommandWalk(ShellParser.parse(ScriptText(file, bytes: [], pieces: [])), library: library)
    walk.enter(makefile)
    let environment = walk.environment
    for target in makefile.targets.prefix(mostTargets) {
      walk.commands = []
      walk.environment = environment
      walk.walk(makefile, target)
      guard !walk.commands.isEmpty else { continue }
      let name = target.string
      script.jobs.append(
        DeliveryJob(
          name: name, title: name, steps: [DeliveryStep(title: name, commands: walk.commands)],
          isUncalledFunction: true))
    }
    script.calledFiles = walk.calledFiles
    // A recipe that several targets need is read several times.
    var seen: Set<SourceRange> = []
    let faults = walk.faults.filter { seen.insert($0.place).inserted }
    return (script, faults.map { ShellFault.diagnostic($0.kind, at: $0.place) })
  }

  private static let mostTargets = 500
}
