import Diagnostics
import SourceText
import YAML

/// Reads CI files whose scripts stand under known keys, in the order in which they run.
struct PipelineReader {
  private let file: SourceFile
  private let kind: DeliveryFileKind
  private let format: Format
  private var steps: ScriptSteps

  /// Where a format keeps its scripts, and how its shells behave.
  struct Format {
    /// Keys whose scalar, or list of scalars, is a script.
    var scripts: Set<String>
    /// Keys whose mapping has the script under `command`.
    var wrapped: Set<String> = []
    /// Keys with variables for everything beside and below them.
    var variables: Set<String> = []
    /// Keys that let a step fail when they are true.
    var tolerances: Set<String> = []
    /// Keys whose entries are pipelines of their own, of which one runs.
    var alternatives: Set<String> = []
    var stopsAtFailure = true
    var failsWithPipes = false
  }

  init?(_ file: SourceFile, _ kind: DeliveryFileKind, _ library: ScriptLibrary) {
    guard let format = Self.formats[kind] else { return nil }
    self.file = file
    self.kind = kind
    self.format = format
    steps = ScriptSteps(library: library)
  }

  static let formats: [DeliveryFileKind: Format] = [
    .azurePipeline: Format(
      scripts: ["script", "bash"], variables: ["variables"], tolerances: ["continueOnError"], stopsAtFailure: false),
    .circlePipeline: Format(
      scripts: ["run"], wrapped: ["run"], variables: ["environment"], failsWithPipes: true),
    .bitbucketPipeline: Format(
      scripts: ["script", "after-script"],
      alternatives: ["branches", "tags", "pull-requests", "custom", "pipelines"]),
    .buildSpecification: Format(scripts: ["commands", "finally"], variables: ["variables"]),
    .tektonTask: Format(scripts: ["script"], tolerances: ["onError"], stopsAtFailure: false),
    .taskfile: Format(
      scripts: ["cmds", "cmd"], variables: ["vars", "env"], tolerances: ["ignore_error"], alternatives: ["tasks"]),
    .dronePipeline: Format(scripts: ["commands"], variables: ["environment"]),
  ]

  mutating func read() -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    let parsed = YAMLParser.parse(file)
    steps.note(parsed.errors.map { $0.diagnostic(in: file) })
    var script = DeliveryScript(file: file, kind: kind, triggers: ["push"])
    var environment = ShellEnvironment()
    environment.options.stopsAtFailure = format.stopsAtFailure
    environment.options.failsWithPipes = format.failsWithPipes
    var main = DeliveryJob()
    for root in parsed.documents.compactMap(\.root) {
      // AWS keeps the variables of all phases beside them.
      environment.enter(root.descend("env", "variables"), of: file)
      visit(root, key: "", environment, [], &main, &script.jobs, depth: 0)
    }
    script.jobs.insert(main, at: 0)
    script.calledFiles = steps.calledFiles
    return (script, steps.diagnostics)
  }

  private static let deepest = 40

  private mutating func visit(
    _ node: YAMLNode, key: String, _ outer: ShellEnvironment, _ outerMasks: [Circumstances.Mask],
    _ job: inout DeliveryJob, _ jobs: inout [DeliveryJob], depth: Int
  ) {
    guard depth < Self.deepest else { return }
    let node = node.resolved
    if node.isSequence {
      for item in node.items { visit(item, key: key, outer, outerMasks, &job, &jobs, depth: depth + 1) }
      return
    }
    guard node.isMapping else { return }
    var environment = outer
    for (name, value) in node.entries where format.variables.contains(name.text?.string ?? "") {
      environment.enter(value, of: file)
    }
    let masks = outerMasks + Circumstances.Mask.tolerances(node, format.tolerances, in: file)
    let title = ["displayName", "name"].lazy.compactMap { node[$0]?.text?.string }.first ?? ""
    for (name, value) in node.entries {
      let name = name.text?.string ?? ""
      let value = value.resolved
      if format.scripts.contains(name), let scripts = scripts(in: value, named: name) {
        let commands = steps.commands(of: scripts, &environment, masks: masks)
        job.steps.append(DeliveryStep(title: title, condition: node["condition"]?.text?.string, commands: commands))
      } else if format.alternatives.contains(name), value.isMapping {
        for (alternative, body) in value.entries {
          let label = alternative.text?.string ?? ""
          guard !format.alternatives.contains(label) else {
            visit(
              value, key: name, environment, masks, &job, &jobs, depth: depth + 1, only: label)
            continue
          }
          var own = DeliveryJob(name: label, title: label, isUncalledFunction: true)
          visit(body, key: label, environment, masks, &own, &jobs, depth: depth + 1)
          if !own.commands.isEmpty { jobs.append(own) }
        }
      } else {
        visit(value, key: name, environment, masks, &job, &jobs, depth: depth + 1)
      }
    }
  }

  /// The entry of a mapping that holds alternatives itself.
  private mutating func visit(
    _ node: YAMLNode, key: String, _ environment: ShellEnvironment, _ masks: [Circumstances.Mask],
    _ job: inout DeliveryJob, _ jobs: inout [DeliveryJob], depth: Int, only label: String
  ) {
    guard let inner = node[label]?.resolved else { return }
    for (alternative, body) in inner.entries {
      let name = alternative.text?.string ?? ""
      var own = DeliveryJob(name: name, title: name, isUncalledFunction: true)
      visit(body, key: name, environment, masks, &own, &jobs, depth: depth + 1)
      if !own.commands.isEmpty { jobs.append(own) }
    }
  }

  /// A list may hold mappings beside texts (pipes, calls of other tasks), which are passed over here.
  private func scripts(in value: YAMLNode, named name: String) -> [ScriptText]? {
    if value.isMapping {
      guard format.wrapped.contains(name), let command = value["command"] else { return nil }
      return ScriptText.all(in: command, of: file)
    }
    if value.isSequence {
      let texts = value.items.flatMap { item -> [ScriptText] in
        let item = item.resolved
        if item.isMapping { return item["cmd"].map { ScriptText.all(in: $0, of: file) } ?? [] }
        return ScriptText.all(in: item, of: file)
      }
      return texts.isEmpty ? nil : texts
    }
    return ScriptText.all(in: value, of: file)
  }
}
