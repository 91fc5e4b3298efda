import Diagnostics
import Kubernetes

extension Check {
  /// `hook-blocks-rerun`: Helm creates a hook that is still there from the last release, and fails.
  package static let hookBlocksRerun = Check.object { object, context in
    guard object.hook.isHook else { return .notConcerned }
    if object.hook.isTest { return .exempt("test-object") }
    let hook = RepeatedHook(object: object, context: context)
    var findings = hook.weightFinding.map { [$0] } ?? []
    guard let policy = hook.policy else { return findings.isEmpty ? .exempt("no-policy") : .findings(findings) }
    findings += hook.unknownWords(of: policy)
    let words = RepeatedHook.words(of: policy)
    if words.allSatisfy(RepeatedHook.known.contains), !words.contains("before-hook-creation") {
      if object.hook.events == ["crd-install"] { return .exempt("crd-install") }
      if words.contains("hook-succeeded"), !hook.runs {
        return findings.isEmpty ? .exempt("no-run") : .findings(findings)
      }
      if hook.hasNewName { return findings.isEmpty ? .exempt("new-name") : .findings(findings) }
      if let finding = hook.finding(policy, Set(words)) { findings.append(finding) }
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

private struct RepeatedHook {
  let object: KubernetesObject
  let context: CheckContext

  /// Helm's words (helm, pkg/release, `HookDeletePolicy`).
  static let known = ["before-hook-creation", "hook-succeeded", "hook-failed"]

  private var annotations: Node? { object.metadata?["annotations"] }
  var policy: Node? { annotations?["helm.sh/hook-delete-policy"] }

  static func words(of policy: Node) -> [String] {
    (policy.scalar ?? "").split(separator: ",").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
  }

  /// Helm takes a weight that is no integer for zero (helm, pkg/release/v1/util, `calculateHookWeight`).
  var weightFinding: Finding? {
    guard let weight = annotations?["helm.sh/hook-weight"], let text = weight.scalar, Int(text) == nil else {
      return nil
    }
    return finding(at: .value(weight), .error, [Hole("weight", text)])
  }

  /// Helm waits for Jobs and Pods only. Other objects succeed when they are made, and are deleted under that policy
  /// even when a later hook of the event fails (helm, pkg/action/hooks.go).
  var runs: Bool { object.kind == "Job" || object.kind == "Pod" }

  func unknownWords(of policy: Node) -> [Finding] {
    Self.words(of: policy).filter { !Self.known.contains($0) }.map { word in
      var holes = [Hole("word", word)]
      let near = Self.known.min {
        editDistance(Array($0.utf8), Array(word.utf8)) < editDistance(Array($1.utf8), Array(word.utf8))
      }
      if let near, editDistance(Array(near.utf8), Array(word.utf8)) <= 3 { holes.append(Hole("near", near)) }
      return finding(at: .value(policy), .error, holes)
    }
  }

  /// The name is another one in each release.
  var hasNewName: Bool {
    guard let name = object.metadata?["name"] else { return object.metadata?["generateName"] != nil }
    return context.parts(of: name, in: 0..<(name.scalarBytes?.count ?? 0)).contains { part in
      part.source.leaves.contains { Variation.name(of: $0) != nil }
    }
  }

  func finding(_ policy: Node, _ words: Set<String>) -> Finding? {
    let whole = Self.words(of: policy).joined(separator: ",")
    let edit = NodeEdit(
      title: "Delete the last run's object first",
      change: .replaceText(policy, nil, with: "before-hook-creation,\(whole)"), isSafe: true)
    let holes: [Hole]
    switch (words.contains("hook-succeeded"), words.contains("hook-failed")) {
    case (true, true): holes = [Hole("run", "an interrupted")]
    case (true, false): holes = [Hole("run", "a failed")]
    case (false, true): holes = [Hole("run", "a successful")]
    case (false, false): return nil
    }
    return finding(
      at: .value(policy), words.count == 2 ? .warning : .error, holes + [Hole("policy", whole)], edits: [edit])
  }

  private func finding(at place: Place, _ level: Level, _ holes: [Hole], edits: [NodeEdit] = []) -> Finding {
    context.finding(
      level, in: object, at: place,
      related: object.metadata?["name"].map { [Related(.key($0), "the hook's name")] } ?? [],
      holes: [Hole("kind", object.kind), Hole("name", object.name)] + holes, edits: edits)
  }
}
