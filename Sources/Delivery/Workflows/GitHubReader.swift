import Diagnostics
import SourceText
import YAML

/// Reads the `run:` steps of GitHub workflows and composite actions.
struct GitHubReader {
  private let file: SourceFile
  private let kind: DeliveryFileKind
  private let library: ScriptLibrary
  private var diagnostics: [Diagnostic] = []
  private var calledFiles: Set<String> = []

  init(_ file: SourceFile, _ kind: DeliveryFileKind, _ library: ScriptLibrary) {
    self.file = file
    self.kind = kind
    self.library = library
  }

  mutating func read() -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    let parsed = YAMLParser.parse(file)
    diagnostics += parsed.errors.map { $0.diagnostic(in: file) }
    var script = DeliveryScript(file: file, kind: kind)
    guard let root = parsed.documents.first?.root else { return (script, diagnostics) }
    script.title = root["name"]?.text?.string ?? ""
    // YAML 1.1 takes the key `on` for a boolean; here the text counts.
    script.triggers = Self.triggers(root["on"])
    var context = Context()
    context.enter(root, in: file)
    if kind == .gitHubAction {
      if let runs = root["runs"] { script.jobs = [job(runs, name: "", context)] }
    } else if let jobs = root["jobs"] {
      let read = jobs.entries.map { key, value in job(value.resolved, name: key.text?.string ?? "", context) }
      script.jobs = Self.ordered(read)
    }
    script.calledFiles = calledFiles
    return (script, diagnostics)
  }

  // MARK: Workflow

  private static func triggers(_ node: YAMLNode?) -> [String] {
    guard let node else { return [] }
    if let text = node.text { return [text.string] }
    if node.isSequence { return node.items.compactMap { $0.text?.string } }
    return node.entries.flatMap { key, value -> [String] in
      let name = key.text?.string ?? ""
      let types = value.resolved["types"]
      let filters = ["tags", "branches"].filter { value.resolved[$0] != nil }
      return [name] + filters.map { name + ":" + $0 } + (types.map { texts($0) } ?? []).map { name + "." + $0 }
    }
  }

  /// Jobs behind those that they need, otherwise in the order of the file.
  private static func ordered(_ jobs: [DeliveryJob]) -> [DeliveryJob] {
    var result: [DeliveryJob] = []
    var done: Set<String> = []
    let names = Set(jobs.map(\.name))
    var waiting = jobs
    while !waiting.isEmpty {
      let index = waiting.firstIndex { job in job.needs.allSatisfy { done.contains($0) || !names.contains($0) } }
      // Jobs that need each other never run; they stay as they stand.
      let job = waiting.remove(at: index ?? 0)
      done.insert(job.name)
      result.append(job)
    }
    return result
  }

  // MARK: Jobs

  /// What a workflow or job lays down for its steps.
  private struct Context {
    var environment = ShellEnvironment()
    var shell: String?
    var directory: ResolvedText?

    mutating func enter(_ node: YAMLNode, in file: SourceFile) {
      for (key, value) in node["env"]?.entries ?? [] {
        guard let name = key.text, let text = ExpressionText.resolved(value.resolved, in: file) else { continue }
        environment[name] = .text(text, isAssumed: false)
      }
      if let run = node.descend("defaults", "run") {
        shell = run["shell"]?.text?.string ?? shell
        directory = run["working-directory"]?.text.map { ExpressionText.resolved($0) } ?? directory
      }
    }
  }

  private mutating func job(_ node: YAMLNode, name: String, _ outer: Context) -> DeliveryJob {
    var context = outer
    context.enter(node, in: file)
    // Windows runners use PowerShell where no shell is named.
    let runners = node["runs-on"].map { Self.texts($0) } ?? []
    if context.shell == nil, runners.contains(where: { $0.hasPrefix("windows") }) { context.shell = "pwsh" }
    var job = DeliveryJob(
      name: name, title: node["name"]?.text?.string ?? "", needs: node["needs"].map { Self.texts($0) } ?? [],
      condition: node["if"]?.text?.string)
    job.environment = node["environment"]?.text?.string ?? node.descend("environment", "name")?.text?.string
    job.timeLimit = DeliveryJob.TimeLimit(node, key: "timeout-minutes", bareUnit: 60, in: file)
    for item in node["steps"]?.items ?? [] { job.steps.append(step(item.resolved, &context)) }
    return job
  }

  private static func texts(_ node: YAMLNode) -> [String] {
    node.text.map { [$0.string] } ?? node.items.compactMap { $0.resolved.text?.string }
  }

  // MARK: Steps

  private mutating func step(_ node: YAMLNode, _ context: inout Context) -> DeliveryStep {
    var step = DeliveryStep(
      title: node["name"]?.text?.string ?? node["id"]?.text?.string ?? "",
      condition: node["if"]?.text?.string, action: node["uses"]?.text?.string)
    if let push = BuildPushAction.command(node, context.environment, in: file) { step.commands = [push] }
    guard let run = node["run"], let scalar = run.scalar else { return step }
    var own = context
    own.enter(node, in: file)
    let named = node["shell"]?.text?.string ?? own.shell
    let shell = named ?? "bash"
    let tolerance = Self.tolerance(node, file)
    guard Self.isPosix(shell) else {
      note(shell, node["shell"] ?? run)
      return step
    }
    own.environment.directory = node["working-directory"]?.text.map { ExpressionText.resolved($0) } ?? own.directory
    own.environment.exported = own.environment.names
    own.environment.options = Self.options(of: shell, isNamed: named != nil)
    var walk = CommandWalk(
      ShellParser.parse(ScriptText(file, decoding: scalar)), environment: own.environment, library: library)
    walk.circumstances.masks = tolerance.map { [$0] } ?? []
    walk.run()
    calledFiles.formUnion(walk.calledFiles)
    step.commands = walk.commands
    for (name, value) in walk.handedOn { context.environment[name] = .text(value, isAssumed: false) }
    diagnostics += walk.faults.map { ShellFault.diagnostic($0.kind, at: $0.place) }
    if step.title.isEmpty, let first = step.commands.first { step.title = first.shown }
    return step
  }

  /// `continue-on-error: true`, on a step or on its job.
  private static func tolerance(_ node: YAMLNode, _ file: SourceFile) -> Circumstances.Mask? {
    for (key, value) in node.entries where key.text == "continue-on-error" && value.resolved.text == "true" {
      return Circumstances.Mask(.tolerance, SourceRange(file, key.range.union(value.range)))
    }
    return nil
  }

  /// GitHub runs `bash -e` where no shell is named, `bash -eo pipefail` for `bash` by name, and a command line as it is.
  private static func options(of shell: String, isNamed: Bool) -> ShellEnvironment.Options {
    let words = shell.split(separator: " ").map { ByteString(String($0)) }
    if words.count > 1 {
      let flags = words.dropFirst().map { ResolvedWord(ResolvedText($0), range: ByteRange(0, 0)) }
      return ShellEnvironment.Options(flags: flags[...])
    }
    var options = ShellEnvironment.Options()
    options.stopsAtFailure = true
    options.failsWithPipes = isNamed && shell == "bash"
    return options
  }

  /// `bash`, `sh`, and command lines such as `bash -e {0}`.
  private static func isPosix(_ shell: String) -> Bool {
    let program = shell.split(separator: " ").first.map(String.init) ?? ""
    return ["bash", "sh", "dash", "ksh", "zsh"].contains(GoPath.base(ByteString(program)).string)
  }

  private mutating func note(_ shell: String, _ node: YAMLNode) {
    diagnostics.append(
      Diagnostic(
        id: "shell/unread-shell", level: .note, message: "this step runs in `\(shell)`, which is not read",
        primary: Label(SourceRange(file, node.range))))
  }
}
