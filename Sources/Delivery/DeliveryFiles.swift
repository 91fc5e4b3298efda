import SourceText

/// What a file is to a delivery.
package enum DeliveryFileKind: Hashable, Sendable {
  case shellScript
  case gitHubWorkflow
  /// `action.yml` of a composite action.
  case gitHubAction
  case other
}

/// Tells delivery files from other files.
package enum DeliveryFiles {
  /// What a file is, by its path and, where that does not say it, its first line.
  package static func classify(path: String, text: ByteString) -> DeliveryFileKind {
    let bytes = ByteString(path)
    let name = GoPath.base(bytes)
    switch GoPath.fileExtension(name).string {
    case ".yml", ".yaml":
      let folder = GoPath.directory(bytes)
      if folder == ".github/workflows" || folder.hasSuffix("/.github/workflows") { return .gitHubWorkflow }
      return name == "action.yml" || name == "action.yaml" ? .gitHubAction : .other
    case ".sh", ".bash", ".ksh": return .shellScript
    default: return isShell(firstLineOf: text) ? .shellScript : .other
    }
  }

  /// `#!/bin/sh`, `#!/usr/bin/env bash`
  private static func isShell(firstLineOf text: ByteString) -> Bool {
    guard text.hasPrefix("#!") else { return false }
    let line = text.bytes.prefix(200).prefix { $0 != Ascii.newline && $0 != Ascii.carriageReturn }.dropFirst(2)
    let words = line.split { $0 == Ascii.space || $0 == Ascii.tab }.map { GoPath.base(ByteString($0)).string }
    let program = words.first == "env" ? words.dropFirst().first { !$0.hasPrefix("-") } : words.first
    return ["sh", "bash", "dash", "ksh", "ash"].contains(program ?? "")
  }
}
