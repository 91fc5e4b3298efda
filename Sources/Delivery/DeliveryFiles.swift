import SourceText

/// What a file is to a delivery.
package enum DeliveryFileKind: Hashable, Sendable {
  case shellScript
  case gitHubWorkflow
  /// `action.yml` of a composite action.
  case gitHubAction
  case gitLabPipeline
  case azurePipeline
  case circlePipeline
  case bitbucketPipeline
  /// `buildspec.yml` of AWS CodeBuild.
  case buildSpecification
  case tektonTask
  /// Drone and Woodpecker.
  case dronePipeline
  case taskfile
  case jenkinsfile
  case makefile
  case other
}

/// Tells delivery files from other files.
package enum DeliveryFiles {
  /// What a file is, by its path and, where that does not say it, its first line.
  package static func classify(path: String, text: ByteString) -> DeliveryFileKind {
    let bytes = ByteString(path)
    let name = GoPath.base(bytes)
    switch GoPath.fileExtension(name).string {
    case ".yml", ".yaml": return pipeline(name.string, in: "/" + GoPath.directory(bytes).string)
    case ".sh", ".bash", ".ksh": return .shellScript
    case ".mk": return .makefile
    default: break
    }
    let lower = name.string.lowercased()
    if lower == "makefile" || lower == "gnumakefile" { return .makefile }
    if lower.hasPrefix("jenkinsfile") || lower.hasSuffix(".jenkinsfile") { return .jenkinsfile }
    return isShell(firstLineOf: text) ? .shellScript : .other
  }

  /// What a YAML file is by its name and folder.
  private static func pipeline(_ name: String, in folder: String) -> DeliveryFileKind {
    for row in folders where folder.hasSuffix(row.folder) || folder.contains(row.folder + "/") { return row.kind }
    let stem = name.prefix { $0 != "." }
    if name.hasSuffix(".gitlab-ci.yml") || name.hasSuffix(".gitlab-ci.yaml") { return .gitLabPipeline }
    if stem.hasPrefix("azure-pipelines") { return .azurePipeline }
    if stem.hasPrefix("buildspec") { return .buildSpecification }
    switch name {
    case "action.yml", "action.yaml": return .gitHubAction
    case "bitbucket-pipelines.yml": return .bitbucketPipeline
    case ".drone.yml", ".woodpecker.yml", ".drone.yaml", ".woodpecker.yaml": return .dronePipeline
    case "Taskfile.yml", "Taskfile.yaml", "Taskfile.dist.yml", "Taskfile.dist.yaml": return .taskfile
    default: return .other
    }
  }

  private static let folders: [(folder: String, kind: DeliveryFileKind)] = [
    ("/.github/workflows", .gitHubWorkflow), ("/.gitlab/ci", .gitLabPipeline), ("/.gitlab-ci", .gitLabPipeline),
    ("/.azure-pipelines", .azurePipeline), ("/.circleci", .circlePipeline), ("/.tekton", .tektonTask),
    ("/.woodpecker", .dronePipeline),
  ]

  /// `#!/bin/sh`, `#!/usr/bin/env bash`
  private static func isShell(firstLineOf text: ByteString) -> Bool {
    guard text.hasPrefix("#!") else { return false }
    let line = text.bytes.prefix(200).prefix { $0 != Ascii.newline && $0 != Ascii.carriageReturn }.dropFirst(2)
    let words = line.split { $0 == Ascii.space || $0 == Ascii.tab }.map { GoPath.base(ByteString($0)).string }
    let program = words.first == "env" ? words.dropFirst().first { !$0.hasPrefix("-") } : words.first
    return ["sh", "bash", "dash", "ksh", "ash"].contains(program ?? "")
  }
}
