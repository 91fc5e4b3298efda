import Diagnostics
import SourceText
import YAML

/// Walks the scripts of one CI file, step by step, and gathers what could not be read.
struct ScriptSteps {
  let library: ScriptLibrary
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var calledFiles: Set<String> = []

  init(library: ScriptLibrary) { self.library = library }

  /// The commands of scripts that run one after the other in one shell; what they set stays in `environment`.
  mutating func commands(
    of scripts: [ScriptText], _ environment: inout ShellEnvironment, masks: [Circumstances.Mask] = []
  ) -> [DeliveryCommand] {
    var commands: [DeliveryCommand] = []
    environment.exported.formUnion(environment.names)
    for script in scripts {
      var walk = CommandWalk(ShellParser.parse(script), environment: environment, library: library)
      walk.circumstances.masks = masks
      walk.run()
      commands += walk.commands
      calledFiles.formUnion(walk.calledFiles)
      diagnostics += walk.faults.map { ShellFault.diagnostic($0.kind, at: $0.place) }
      environment = walk.environment
    }
    return commands
  }

  /// A fault of the file itself.
  mutating func note(_ faults: [Diagnostic]) { diagnostics += faults }
}

extension ScriptText {
  /// The scripts in a scalar, or in a list of scalars and lists.
  static func all(in node: YAMLNode, of file: SourceFile, depth: Int = 0) -> [ScriptText] {
    let node = node.resolved
    if let scalar = node.scalar { return scalar.text.isEmpty ? [] : [ScriptText(file, decoding: scalar)] }
    guard depth < 8 else { return [] }
    return node.items.flatMap { all(in: $0, of: file, depth: depth + 1) }
  }
}

extension ShellEnvironment {
  /// Takes over the variables of a mapping.
  mutating func enter(_ variables: YAMLNode?, of file: SourceFile) {
    for (key, value) in variables?.resolved.entries ?? [] {
      guard let name = key.text else { continue }
      let value = value.resolved["value"] ?? value.resolved
      if let text = ExpressionText.resolved(value.resolved, in: file) { self[name] = .text(text, isAssumed: false) }
    }
  }
}

extension Circumstances.Mask {
  /// `continue-on-error: true` and its like, where a mapping has one of these keys.
  static func tolerances(_ node: YAMLNode, _ keys: Set<String>, in file: SourceFile) -> [Circumstances.Mask] {
    node.entries.compactMap { key, value in
      guard keys.contains(key.text?.string ?? ""), ["true", "continue"].contains(value.resolved.text) else {
        return nil
      }
      return Circumstances.Mask(.tolerance, SourceRange(file, key.range.union(value.range)))
    }
  }
}
