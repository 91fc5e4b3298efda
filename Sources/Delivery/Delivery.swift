import Diagnostics
import SourceText

/// Reads the files that deliver software: shell scripts and CI files.
package enum Delivery {
  /// The commands of a file in the order in which they run, and what could not be read.
  ///
  /// The kind is found from path and text unless it is given. A file that delivers nothing gives an empty script.
  /// Scripts that it calls are laid out in place, as far as `library` has them.
  package static func read(
    _ file: SourceFile, as kind: DeliveryFileKind? = nil, library: ScriptLibrary = ScriptLibrary()
  ) -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    let kind = kind ?? DeliveryFiles.classify(path: file.path, text: file.text)
    switch kind {
    case .shellScript: return ShellScriptReader.read(file, library)
    case .gitHubWorkflow, .gitHubAction:
      var reader = GitHubReader(file, kind, library)
      return reader.read()
    case .gitLabPipeline:
      var reader = GitLabReader(file, library)
      return reader.read()
    case .jenkinsfile:
      var reader = JenkinsReader(file, library)
      return reader.read()
    case .makefile: return MakefileReader.read(file, library)
    case .azurePipeline, .circlePipeline, .bitbucketPipeline, .buildSpecification, .tektonTask, .dronePipeline,
      .taskfile:
      var reader = PipelineReader(file, kind, library)
      return reader?.read() ?? (DeliveryScript(file: file, kind: kind), [])
    case .other: return (DeliveryScript(file: file, kind: kind), [])
    }
  }
}

/// Reads plain shell scripts.
enum ShellScriptReader {
  static func read(
    _ file: SourceFile, _ library: ScriptLibrary
  ) -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    var environment = ShellEnvironment()
    environment.options = ShellEnvironment.Options(firstLineOf: file.text)
    var walk = CommandWalk(ShellParser.parse(ScriptText(file)), environment: environment, library: library)
    walk.run()
    var jobs = [DeliveryJob(steps: [DeliveryStep(commands: walk.commands)])]
    for (name, commands) in walk.uncalledFunctions() {
      jobs.append(
        DeliveryJob(
          name: name.string, steps: [DeliveryStep(title: name.string, commands: commands)],
          isUncalledFunction: true))
    }
    var script = DeliveryScript(file: file, kind: .shellScript, jobs: jobs)
    script.calledFiles = walk.calledFiles
    return (script, walk.faults.map { ShellFault.diagnostic($0.kind, at: $0.place) })
  }
}

extension ShellFault {
  static func diagnostic(_ kind: Kind, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      id: DiagnosticID(kind.name), level: .warning, message: kind.message, primary: Label(place),
      notes: ["The rest of the script is read as if it were closed or not there."])
  }
}

extension ShellFault.Kind {
  fileprivate var name: String {
    switch self {
    case .unclosedQuote: "shell/unclosed-quote"
    case .unclosedExpansion: "shell/unclosed-expansion"
    case .unclosedHereDocument: "shell/unclosed-here-document"
    case .missingWord: "shell/missing-word"
    case .unexpectedWord: "shell/unexpected-word"
    case .nestedTooDeeply: "shell/nested-too-deeply"
    }
  }

  fileprivate var message: String {
    switch self {
    case .unclosedQuote: "this quote is never closed"
    case .unclosedExpansion: "this expansion is never closed"
    case .unclosedHereDocument(let delimiter): "no line `\(delimiter)` ends this here-document"
    case .missingWord(let word, let opener): "`\(opener)` has no `\(word)`"
    case .unexpectedWord(let word): "`\(word)` can begin no command here"
    case .nestedTooDeeply: "nested too deeply to be read"
    }
  }
}
