import Kubernetes

extension Check {
  /// `duplicate-env-var`: two entries of one container's `env` have the same name.
  package static let duplicateEnvVar = Check.container { container, workload, context in
    var earlier: [String: EnvironmentVariable] = [:]
    var findings: [Finding] = []
    for variable in container.environment {
      if let first = earlier[variable.name] {
        findings.append(
          context.finding(
            .warning, in: workload.object, at: .value(variable.nameNode),
            related: [Related(.value(first.nameNode), "set first here")],
            holes: [
              Hole("container", container.title), Hole("var", variable.name), Hole("a", first.summary),
              Hole("b", variable.summary),
            ]))
      }
      earlier[variable.name] = variable
    }
    return findings.isEmpty ? .pass : .findings(findings)
  }
}

extension EnvironmentVariable {
  /// The value as a message quotes it, or where it is read from.
  var summary: String {
    if let source = node["valueFrom"] {
      for (field, kind) in [("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")] {
        if let reference = source[field] { return "\(kind) \(reference["name"]?.scalar ?? "")" }
      }
      return source.descend("fieldRef", "fieldPath")?.scalar ?? source.descend("resourceFieldRef", "resource")?.scalar
        ?? "valueFrom"
    }
    let text = value?.scalar ?? ""
    if text.isEmpty { return "\"\"" }
    return text.count > 40 ? text.prefix(40) + "…" : text
  }
}
