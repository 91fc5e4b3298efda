import Kubernetes

/// Finds a node by the path that a reader of the manifest writes.
enum NodeSearch {
  enum Result {
    case found(Node)
    /// What there is where the path leads nowhere: keys of a mapping, names or numbers of items.
    case missing([String])
  }

  /// Keys are joined by dots; `[0]` or `[web]` selects an item by its number or name, `["a.b"]` a key with dots.
  static func node(at path: String, below root: Node) -> Result {
    var node = root
    for step in steps(of: path) {
      guard let next = child(step, of: node) else { return .missing(names(in: node)) }
      node = next
    }
    return .found(node)
  }

  private static func child(_ step: String, of node: Node) -> Node? {
    guard node.isSequence else { return node.entry(step) }
    if let index = Int(step) { return node.items.indices.contains(index) ? node.items[index] : nil }
    return node.items.first { $0["name"]?.scalar == step }
  }

  private static func names(in node: Node) -> [String] {
    if node.isSequence { return node.items.enumerated().map { $1["name"]?.scalar ?? String($0) } }
    return node.children.compactMap(\.key)
  }

  private static func steps(of path: String) -> [String] {
    var steps: [String] = []
    var step = ""
    var quote: Character?
    func close() {
      if !step.isEmpty { steps.append(step) }
      step = ""
    }
    for character in path {
      switch character {
      case "\"", "'":
        if quote == nil { quote = character } else if quote == character { quote = nil } else { step.append(character) }
      case ".", "[", "]":
        if quote == nil { close() } else { step.append(character) }
      default: step.append(character)
      }
    }
    close()
    return steps
  }
}
