import Diagnostics
import SourceText
import YAML

/// Reads nodes of a configuration, and gathers what is wrong with them, each at its place.
struct ConfigurationFaults {
  let file: SourceFile
  let folder: String
  private(set) var diagnostics: [Diagnostic] = []

  init(file: SourceFile, folder: String) {
    self.file = file
    self.folder = folder
  }

  func place(_ node: YAMLNode) -> SourceRange { SourceRange(file, node.range) }

  mutating func add(_ message: String, at node: YAMLNode) {
    diagnostics.append(EngineDiagnostics.unknown(message, at: place(node)))
  }

  mutating func add(_ message: String, at range: ByteRange) {
    diagnostics.append(EngineDiagnostics.unknown(message, at: SourceRange(file, range)))
  }

  mutating func malformed(_ message: String, at node: YAMLNode) {
    diagnostics.append(EngineDiagnostics.malformed(message, at: place(node)))
  }

  // MARK: Shapes

  /// Reads a mapping with known keys.
  mutating func read<Target>(_ node: YAMLNode, _ fields: [ConfigurationField<Target>], into target: inout Target) {
    eachEntry(of: node) { name, entry, faults in
      guard let field = fields.first(where: { $0.name == name }) else {
        let names = fields.map(\.name)
        let hint = nearestName(to: name, among: names).map { "; did you mean `\($0)`" } ?? ""
        return faults.add(
          "there is no key `\(name)` here\(hint.isEmpty ? "; the keys are \(names.joined(separator: ", "))" : hint)",
          at: entry.key ?? entry)
      }
      field.read(entry, &target, &faults)
    }
  }

  /// The entries of a mapping, aliases followed; nothing, and a fault, for anything else.
  mutating func eachEntry(
    of node: YAMLNode, _ body: (String, YAMLNode, inout ConfigurationFaults) -> Void
  ) {
    let node = node.resolved
    guard node.isMapping else {
      if !node.isNull { add("this must be a mapping", at: node) }
      return
    }
    var seen: Set<String> = []
    for (key, value) in node.entries {
      guard let name = key.resolved.text?.string else {
        add("this must be a word", at: key)
        continue
      }
      if seen.insert(name).inserted {
        body(name, value.resolved, &self)
      } else {
        add("`\(name)` stands here twice", at: key)
      }
    }
  }

  mutating func items(of node: YAMLNode) -> [YAMLNode] {
    if node.isSequence { return node.items.map(\.resolved) }
    if !node.isNull { add("this must be a list", at: node) }
    return []
  }

  mutating func texts(_ node: YAMLNode) -> [String] { items(of: node).compactMap { text($0) } }

  /// A scalar as it is written: `off` and `1.33` are texts here.
  mutating func text(_ node: YAMLNode) -> String? {
    guard let text = node.text?.string else {
      add("this must be one value", at: node)
      return nil
    }
    return text
  }

  /// One of the words of an enumeration; `besides` are further words that the caller understands.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, of type: Word.Type, besides: [String] = []
  ) -> Word? where Word.RawValue == String {
    guard let text = text(node) else { return nil }
    // YAML 1.1 would make a truth value of `off`.
    if let word = Word(rawValue: text == "false" ? "off" : text) { return word }
    let words = besides + Word.allCases.map(\.rawValue)
    let hint = nearestName(to: text, among: words).map { "; did you mean `\($0)`" } ?? ""
    add("`\(text)` is not one of \(words.joined(separator: ", "))\(hint)", at: node)
    return nil
  }
}
