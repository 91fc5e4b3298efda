import Diagnostics
import SourceText
import YAML

/// Reads pipelines of GitLab CI, with `default`, `extends`, `!reference` and `include: local`.
struct GitLabReader {
  private let file: SourceFile
  private var steps: ScriptSteps
  /// The top-level entries by name; later files beat those that they include.
  private var entries: [String: Entry] = [:]
  private var order: [String] = []

  private struct Entry {
    var node: YAMLNode
    var file: SourceFile
  }

  init(_ file: SourceFile, _ library: ScriptLibrary) {
    self.file = file
    steps = ScriptSteps(library: library)
  }

  mutating func read() -> (script: DeliveryScript, diagnostics: [Diagnostic]) {
    load(file, depth: 0)
    var script = DeliveryScript(file: file, kind: .gitLabPipeline)
    var environment = ShellEnvironment()
    environment.options.stopsAtFailure = true
    environment.options.failsWithPipes = true
    if let variables = entries["variables"] { environment.enter(variables.node, of: variables.file) }
    let names = order.filter { !Self.keywords.contains($0) && !$0.hasPrefix(".") }
    script.jobs = ordered(names.compactMap { job($0, environment) })
    let tagsOnly = !names.isEmpty && names.allSatisfy(runsOnTagsOnly)
    script.triggers = tagsOnly ? ["push", "push:tags"] : ["push"]
    script.calledFiles = steps.calledFiles
    return (script, steps.diagnostics)
  }

  private static let keywords: Set<String> = [
    "stages", "variables", "default", "include", "workflow", "image", "services", "before_script", "after_script",
    "cache", "spec", "types",
  ]
  private static let deepestInclude = 8
  private static let deepestExtends = 11

  // MARK: Files

  private mutating func load(_ file: SourceFile, depth: Int) {
    let parsed = YAMLParser.parse(file)
    steps.note(parsed.errors.map { $0.diagnostic(in: file) })
    for root in parsed.documents.compactMap(\.root) {
      for path in Self.localIncludes(root) where depth < Self.deepestInclude {
        let text = ResolvedText(path.bytes.first == UInt8(ascii: "/") ? path[1..<path.count] : path)
        if let included = steps.library.file(text, calledFrom: file, directory: nil), included != file {
          load(included, depth: depth + 1)
        }
      }
      for (key, value) in root.entries {
        guard let name = key.text?.string else { continue }
        if entries[name] == nil { order.append(name) }
        entries[name] = Entry(node: value.resolved, file: file)
      }
    }
  }

  private static func localIncludes(_ root: YAMLNode) -> [ByteString] {
    guard let include = root["include"]?.resolved else { return [] }
    let items = include.isSequence ? include.items.map(\.resolved) : [include]
    return items.compactMap { item in
      item["local"]?.text ?? item.text.flatMap { $0.hasPrefix("http") ? nil : $0 }
    }
  }

  // MARK: Jobs

  private mutating func job(_ name: String, _ outer: ShellEnvironment) -> DeliveryJob? {
    guard let entry = entries[name], entry.node.isMapping, let script = value("script", of: name) else { return nil }
    var environment = outer
    for level in lineage(of: name).reversed() { environment.enter(level.node["variables"], of: level.file) }
    var masks: [Circumstances.Mask] = []
    if let tolerant = lineage(of: name).first(where: { $0.node["allow_failure"] != nil }) {
      masks = Circumstances.Mask.tolerances(tolerant.node, ["allow_failure"], in: tolerant.file)
    }
    let before = value("before_script", of: name) ?? fallback("before_script")
    let after = value("after_script", of: name) ?? fallback("after_script")
    var job = DeliveryJob(name: name, needs: needs(of: name), condition: condition(of: name))
    job.environment = value("environment", of: name).flatMap { $0.node.text?.string ?? $0.node["name"]?.text?.string }
    if let level = lineage(of: name).first(where: { $0.node["timeout"] != nil }) {
      job.timeLimit = DeliveryJob.TimeLimit(level.node, key: "timeout", bareUnit: 1, in: level.file)
    }
    let scripts = (before.map(scripts) ?? []) + scripts(script)
    job.steps = [DeliveryStep(title: name, commands: steps.commands(of: scripts, &environment, masks: masks))]
    if let after {
      var own = outer
      job.steps.append(
        DeliveryStep(title: "after_script", commands: steps.commands(of: self.scripts(after), &own, masks: masks)))
    }
    return job
  }

  /// The job, then what it extends, the nearest first.
  private func lineage(of name: String) -> [Entry] {
    var result: [Entry] = []
    var waiting = [name]
    var seen: Set<String> = []
    while let next = waiting.popLast(), result.count < Self.deepestExtends {
      guard seen.insert(next).inserted, let entry = entries[next] else { continue }
      result.append(entry)
      // Of several the last one wins.
      if let parents = entry.node["extends"]?.resolved {
        waiting += parents.text.map { [$0.string] } ?? parents.items.compactMap { $0.resolved.text?.string }
      }
    }
    return result
  }

  private func value(_ key: String, of name: String) -> Entry? {
    for level in lineage(of: name) {
      if let node = level.node[key] { return Entry(node: node.resolved, file: level.file) }
    }
    return nil
  }

  private func fallback(_ key: String) -> Entry? {
    if let defaults = entries["default"], let node = defaults.node[key] {
      return Entry(node: node.resolved, file: defaults.file)
    }
    return entries[key]
  }

  /// The scripts of a value, references to other jobs followed.
  private func scripts(_ entry: Entry) -> [ScriptText] { scripts(entry, depth: 0) }

  private func scripts(_ entry: Entry, depth: Int) -> [ScriptText] {
    guard depth < Self.deepestExtends else { return [] }
    let node = entry.node
    if node.tag == "!reference" {
      let path = node.items.compactMap { $0.resolved.text?.string }
      guard let first = path.first, let target = entries[first] else { return [] }
      guard path.count > 1 else { return scripts(target, depth: depth + 1) }
      if path.count == 2, let found = value(path[1], of: first) { return scripts(found, depth: depth + 1) }
      guard let found = target.node.descend(path.dropFirst()) else { return [] }
      return scripts(Entry(node: found.resolved, file: target.file), depth: depth + 1)
    }
    if node.isSequence {
      return node.items.flatMap { scripts(Entry(node: $0.resolved, file: entry.file), depth: depth + 1) }
    }
    return ScriptText.all(in: node, of: entry.file)
  }

  // MARK: Order

  private func needs(of name: String) -> [String] {
    guard let needs = value("needs", of: name)?.node ?? value("dependencies", of: name)?.node else { return [] }
    return needs.items.compactMap { $0.resolved.text?.string ?? $0.resolved["job"]?.text?.string }
  }

  private func condition(of name: String) -> String? {
    if value("when", of: name)?.node.text == "on_failure" { return "failure()" }
    if value("environment", of: name)?.node["action"]?.text == "stop" { return "action closed" }
    let rules = value("rules", of: name)?.node.items.compactMap { $0.resolved["if"]?.text?.string } ?? []
    return rules.isEmpty ? nil : rules.joined(separator: " || ")
  }

  private func runsOnTagsOnly(_ name: String) -> Bool {
    let rules = value("rules", of: name)?.node.items.map { $0.resolved["if"]?.text?.string ?? "" } ?? []
    if !rules.isEmpty { return rules.allSatisfy { $0.contains("CI_COMMIT_TAG") } }
    let only = value("only", of: name)?.node
    let refs = only?["refs"]?.resolved ?? only
    let texts = refs?.items.compactMap { $0.resolved.text?.string } ?? []
    return !texts.isEmpty && texts.allSatisfy { $0 == "tags" }
  }

  /// By stage, in a stage in the order of the file.
  private func ordered(_ jobs: [DeliveryJob]) -> [DeliveryJob] {
    let declared = entries["stages"]?.node.items.compactMap { $0.resolved.text?.string } ?? ["build", "test", "deploy"]
    let stages = [".pre"] + declared + [".post"]
    func rank(_ job: DeliveryJob) -> Int {
      let stage = value("stage", of: job.name)?.node.text?.string ?? "test"
      return stages.firstIndex(of: stage) ?? stages.count
    }
    return jobs.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }
}
