import Delivery
import SourceText

/// Tells manifests, scripts and CI files by their names and first bytes.
enum InputKind {
  case manifest
  case script

  /// Folders that hold no source of the project.
  static func isIgnoredFolder(_ name: String) -> Bool {
    if [".github", ".gitlab", ".circleci", ".buildkite", ".tekton"].contains(name) { return false }
    return name.hasPrefix(".") || ["node_modules", "vendor", "target", "dist"].contains(name)
  }

  /// What a file that was found by walking is; nil for what the linter does not read.
  static func kind(of path: String, files: any FileSystem) -> InputKind? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if isScriptName(name) || isCIPath(path, name: name) { return .script }
    if DeliveryFiles.classify(path: path, text: "") != .other { return .script }
    let isData = [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    guard isData || !name.contains("."), let text = try? files.read(path) else { return nil }
    if isData { return holdsObject(text.bytes) ? .manifest : nil }
    return DeliveryFiles.classify(path: path, text: text) != .other ? .script : nil
  }

  private static func isScriptName(_ name: String) -> Bool {
    name == "Makefile" || name == "Jenkinsfile" || name == "GNUmakefile"
      || [".sh", ".bash", ".mk"].contains { name.hasSuffix($0) }
  }

  private static func isCIPath(_ path: String, name: String) -> Bool {
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return false }
    let stem = name.prefix { $0 != "." }
    if [".gitlab-ci.yml", ".gitlab-ci.yaml", "bitbucket-pipelines.yml"].contains(name) { return true }
    if ["azure-pipelines", "buildspec", "cloudbuild", "appveyor"].contains(String(stem)) { return true }
    let folders = "/" + path
    return folders.contains("/.github/workflows/") || folders.contains("/.circleci/")
  }

  /// True when some line starts with the keys that every object has. JSON objects have them in quotes.
  private static func holdsObject(_ bytes: [UInt8]) -> Bool {
    holds("apiVersion", in: bytes) && holds("kind", in: bytes)
  }

  private static func holds(_ key: String, in bytes: [UInt8]) -> Bool {
    let plain = Array((key + ":").utf8)
    let quoted = Array("\"\(key)\"".utf8)
    if bytes.first(where: { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }) == UInt8(ascii: "{") {
      return bytes.indices.contains { bytes[$0...].starts(with: quoted) }
    }
    var start = 0
    while start < bytes.count {
      let line = bytes[start...]
      if line.starts(with: plain) || line.starts(with: quoted) { return true }
      start = (line.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count) + 1
    }
    return false
  }
}
