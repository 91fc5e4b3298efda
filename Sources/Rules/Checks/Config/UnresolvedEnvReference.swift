import Kubernetes

extension Check {
  /// `unresolved-env-reference`: a `$(NAME)` that stays as it is.
  package static let unresolvedEnvReference = Check.container { container, workload, context in
    let check = ReferenceCheck(container: container, workload: workload, context: context)
    let uses = check.uses
    guard !uses.isEmpty else { return check.hasShellText ? .exempt("shell") : .pass }
    guard let known = check.importedNames else {
      return .unknown(
        Undecided("the variables that \(workload.object.identity) takes with `envFrom` are not in the input"))
    }
    let findings = uses.compactMap { check.finding($0, imported: known) }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

/// The variables of one container and the texts that refer to them.
private struct ReferenceCheck {
  let container: Container
  let workload: Workload
  let context: CheckContext

  struct Use {
    let node: Node
    let reference: EnvironmentReferences.Reference
    /// How many entries of `env` are defined before it; nil in a command, which sees all.
    let position: Int?
    let user: String
  }

  var uses: [Use] {
    let variables = container.environment
    let inValues = variables.enumerated().flatMap { position, variable in
      references(in: variable.value).map { Use(node: $0.0, reference: $0.1, position: position, user: variable.name) }
    }
    let inCommands = plainArguments.flatMap { argument in
      references(in: argument).map { Use(node: $0.0, reference: $0.1, position: nil, user: "the command") }
    }
    return inValues + inCommands
  }

  private func references(in node: Node?) -> [(Node, EnvironmentReferences.Reference)] {
    guard let node, let text = node.scalarBytes else { return [] }
    return EnvironmentReferences.all(in: text).map { (node, $0) }
  }

  // MARK: Commands

  /// What a shell is given to run replaces `$(…)` itself.
  private var plainArguments: [Node] { container.commandLine.filter { !isShellText($0) } }

  var hasShellText: Bool { container.commandLine.contains(where: isShellText) }

  private func isShellText(_ node: Node) -> Bool {
    let words = container.commandLine
    guard let index = words.firstIndex(of: node), index > 0 else { return false }
    let flags = words[..<index].compactMap(\.scalar)
    return flags.contains { flag in
      flag.first == "-" && flag.dropFirst().first != "-" && flag.last == "c" && flag.count <= 5
    }
  }

  // MARK: Names

  private func isInjected(_ name: String) -> Bool {
    name.hasPrefix("KUBERNETES_") || name.hasSuffix("_SERVICE_HOST") || name.contains("_SERVICE_PORT")
  }

  /// The names that `envFrom` brings; nil when some source is not in the input.
  var importedNames: Set<String>? {
    var names: Set<String> = []
    for source in container.node["envFrom"]?.items ?? [] {
      let isSecret = source["secretRef"] != nil
      guard let name = source.descend(isSecret ? "secretRef" : "configMapRef", "name"),
        case .found(let object) = context.lookup(
          isSecret ? .secret : .configMap, named: name, in: workload.object.namespace)
      else { return nil }
      let prefix = source["prefix"]?.scalar ?? ""
      for field in ["data", "stringData"] {
        for child in object.node[field].map({ Array($0.children) }) ?? [] { names.insert(prefix + (child.key ?? "")) }
      }
    }
    return names
  }

  func finding(_ use: Use, imported: Set<String>) -> Finding? {
    let name = use.reference.name
    guard !isInjected(name), !imported.contains(name) else { return nil }
    let variables = container.environment
    let definition = variables.firstIndex { $0.name == name }
    if let definition, use.position.map({ definition < $0 }) ?? true { return nil }
    let later = definition.map { variables[$0] }
    return context.finding(
      .warning, in: workload.object, at: .bytes(use.node, use.reference.range),
      related: later.map { [Related(.value($0.nameNode), "it is defined here")] } ?? [],
      holes: [
        Hole("var", name), Hole("container", container.title), Hole("user", use.user),
        Hole("reason", later == nil ? "not defined" : "defined only after its use"),
      ])
  }
}
