import SourceText
import YAML

/// Reads manifests into trees as the API server would see them.
package enum ManifestReader {
  /// The documents of a file that have content, and what is wrong with the file; a broken document is there as far
  /// as it could be read.
  package static func documents(of file: SourceFile) -> (nodes: [Node], errors: [YAMLError]) {
    let parsed = YAMLParser.parse(file)
    return (parsed.documents.compactMap { $0.root.flatMap(node) }, parsed.errors)
  }

  /// A tree of its own for one parsed node: aliases and merge keys resolved, the last of several equal keys winning.
  package static func node(of yaml: YAMLNode) -> Node? {
    var copy = TreeCopy()
    copy.add(yaml, key: nil, depth: 0)
    return copy.builder.finish()?.root
  }
}

private struct TreeCopy {
  var builder = NodeTreeBuilder()
  /// Nodes that aliases may still bring in: a few lines of YAML can otherwise ask for billions.
  private var allowance = 50_000
  private var aliasDepth = 0

  /// What is nested deeper is left out; no object of the API is.
  private static let deepest = 400

  fileprivate typealias Entry = (key: YAMLNode, name: String, value: YAMLNode)

  fileprivate mutating func add(_ node: YAMLNode, key: Entry?, depth: Int) {
    let target = node.resolved
    if node.isAlias { aliasDepth += 1 }
    defer { if node.isAlias { aliasDepth -= 1 } }
    if aliasDepth > 0 { allowance -= 1 }
    guard depth < Self.deepest, allowance > 0 else { return }
    switch target.kind {
    case .scalar: addScalar(target, key: key)
    case .alias: builder.scalar(ByteString(), form: .plain, key: key?.name, place: node.range, keyPlace: place(of: key))
    case .mapping:
      builder.begin(.mapping, key: key?.name, place: node.range, keyPlace: place(of: key))
      for entry in entries(of: target, depth: depth) { add(entry.value, key: entry, depth: depth + 1) }
      builder.close()
    case .sequence:
      builder.begin(.sequence, key: key?.name, place: node.range, keyPlace: place(of: key))
      for item in target.children { add(item, key: nil, depth: depth + 1) }
      builder.close()
    }
  }

  private mutating func addScalar(_ node: YAMLNode, key: Entry?) {
    guard let scalar = node.scalar else { return }
    let isString = scalar.style != .plain || (node.tag != nil && scalar.value == .string)
    builder.scalar(
      scalar.text, form: isString ? .string : .plain, key: key?.name, place: textPlace(of: node, scalar),
      keyPlace: place(of: key))
  }

  private func place(of key: Entry?) -> ByteRange? { key.map { textPlace(of: $0.key, nil) } }

  /// The text with its quotes, without anchor and tag; a block scalar with its header.
  private func textPlace(of node: YAMLNode, _ known: YAMLScalar?) -> ByteRange {
    guard let scalar = known ?? node.scalar else { return node.range }
    switch scalar.style {
    case .plain: return scalar.contentRange
    case .singleQuoted, .doubleQuoted:
      return ByteRange(scalar.contentRange.start - 1, scalar.contentRange.end + 1)
    case .literal, .folded: return node.range
    }
  }

  /// The entries that count: of equal keys the last, at the place of the first; then what merge keys bring in.
  private mutating func entries(of node: YAMLNode, depth: Int) -> [Entry] {
    var result: [Entry] = []
    var positions: [String: Int] = [:]
    var merged: [YAMLNode] = []
    for (key, value) in node.entries {
      if key.isScalar, key.text == "<<", key.scalar?.style == .plain {
        merged.append(value.resolved)
        continue
      }
      guard let name = key.resolved.text?.string else { continue }
      if let position = positions[name] {
        result[position] = (key, name, value)
      } else {
        positions[name] = result.count
        result.append((key, name, value))
      }
    }
    for source in merged.flatMap({ $0.isSequence ? $0.children.map(\.resolved) : [$0] }) where source.isMapping {
      allowance -= 1
      guard depth < Self.deepest, allowance > 0 else { break }
      for entry in entries(of: source, depth: depth + 1) where positions[entry.name] == nil {
        positions[entry.name] = result.count
        result.append(entry)
      }
    }
    return result
  }
}
