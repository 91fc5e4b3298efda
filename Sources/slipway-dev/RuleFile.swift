import Kubernetes
import SourceText

/// One rule as its YAML file has it.
struct RuleFile: Sendable {
  var category: String
  var id: String
  var aliases: [String]
  var summary: String
  var levels: [String]
  var profile: String
  var since: String
  var subject: String
  var check: String
  var options: [Option]
  var message: String
  var why: String
  var remedy: String
  var fix: String
  var references: [String]
  var peers: [String]
  var firesClauses: [Clause]
  var silentClauses: [Clause]
  var badExamples: [String]
  var goodExamples: [String]

  /// A case in which the rule fires or stays silent; its fixtures' folder has the same name.
  struct Clause: Sendable {
    var name: String
    var text: String
  }

  struct Option: Sendable {
    var name: String
    /// As written, for example `[glob]` or `mutable|immutable`.
    var type: String
    var isList: Bool
    /// A mapping of free keys to values of the type: `{key: regex}`.
    var isTable: Bool
    var defaults: [String]
    var documentation: String
  }
}

/// Why a rule's file cannot be used.
struct RuleFileError: Error, CustomStringConvertible {
  var description: String
}

extension RuleFile {
  /// Every key that a rule's file may have; all but `aliases` must be there.
  static let keys: Set<String> = [
    "id", "aliases", "summary", "level", "profile", "since", "subject", "check", "options", "message", "why", "remedy",
    "fix", "references", "peers", "clauses", "examples",
  ]

  /// Reads `rules/<category>/<id>.yaml`.
  init(_ node: Node, category: String, name: String) throws(RuleFileError) {
    let reader = RuleFileReader(node: node, path: "rules/\(category)/\(name).yaml")
    try reader.checkKeys(Self.keys)
    self.category = category
    id = try reader.text("id")
    guard id == name else { throw reader.error("`id` is `\(id)`, not the file's name") }
    aliases = reader.list("aliases")
    summary = try reader.text("summary")
    levels = reader.list("level")
    profile = try reader.text("profile")
    since = try reader.text("since")
    subject = try reader.text("subject")
    check = try reader.text("check")
    options = try reader.options()
    message = try reader.text("message")
    why = try reader.text("why")
    remedy = try reader.text("remedy")
    fix = try reader.text("fix")
    references = reader.list("references")
    peers = reader.list("peers")
    firesClauses = try reader.clauses("fires")
    silentClauses = try reader.clauses("silent")
    badExamples = reader.list("examples", "bad")
    goodExamples = reader.list("examples", "good")
  }

  /// `mutable-image-tag` as Swift names it: `mutableImageTag`.
  var swiftName: String { Self.camelCase(id) }

  static func camelCase(_ text: String) -> String {
    let words = text.split(separator: "-").map(String.init)
    return (words.first ?? "") + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

/// Takes texts and lists out of a rule's mapping.
private struct RuleFileReader {
  let node: Node
  let path: String

  func error(_ message: String) -> RuleFileError { RuleFileError(description: "\(path): \(message)") }

  func checkKeys(_ known: Set<String>) throws(RuleFileError) {
    for child in node.children {
      let key = child.key ?? ""
      guard known.contains(key) else { throw error("unknown key `\(key)`") }
    }
  }

  func text(_ key: String) throws(RuleFileError) -> String {
    guard let text = node[key]?.scalar, !text.isEmpty else { throw error("`\(key)` is missing") }
    return text
  }

  func list(_ keys: String...) -> [String] {
    var found: Node? = node
    for key in keys { found = found?[key] }
    return found?.items.compactMap(\.scalar) ?? []
  }

  func clauses(_ side: String) throws(RuleFileError) -> [RuleFile.Clause] {
    guard let clauses = node.descend("clauses", side) else { throw error("`clauses.\(side)` is missing") }
    return clauses.children.map { RuleFile.Clause(name: $0.key ?? "", text: $0.scalar ?? "") }
  }

  func options() throws(RuleFileError) -> [RuleFile.Option] {
    guard let options = node["options"] else { throw error("`options` is missing") }
    var result: [RuleFile.Option] = []
    for option in options.children { result.append(try self.option(option)) }
    return result
  }

  private func option(_ node: Node) throws(RuleFileError) -> RuleFile.Option {
    let name = node.key ?? ""
    guard let type = node["type"], let documentation = node["doc"]?.scalar, let value = node.entry("default") else {
      throw error("option `\(name)` needs `type`, `default` and `doc`")
    }
    return RuleFile.Option(
      name: name, type: type.scalar ?? type.items.first?.scalar ?? type["key"]?.scalar ?? "",
      isList: type.isSequence, isTable: type.isMapping,
      defaults: value.isSequence
        ? value.items.compactMap(\.scalar)
        : value.isMapping ? value.children.flatMap { [$0.key ?? "", $0.scalar ?? ""] } : [value.scalar ?? ""],
      documentation: documentation)
  }
}
