/// The way from the top of an object to a node, for example `spec.template.spec.containers[0].image`.
package struct FieldPath: Hashable, Sendable, CustomStringConvertible {
  package enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  package func appending(key: String) -> FieldPath { FieldPath(steps + [.key(key)]) }

  /// Keys joined by dots; a key that holds a dot or bracket is quoted in brackets (`labels["helm.sh/chart"]`).
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key) where key.contains(where: { ".[]\"".contains($0) }): text += "[\"\(key)\"]"
      case .key(let key): text += text.isEmpty ? key : "." + key
      }
    }
    return text
  }
}

extension Node {
  /// The steps from the root of this node's tree to it.
  package var path: FieldPath {
    var steps: [FieldPath.Step] = []
    var node = self
    while let parent = node.parent {
      steps.append(parent.isMapping ? .key(node.key ?? "") : .index(node.position))
      node = parent
    }
    return FieldPath(steps.reversed())
  }

  /// Position among the siblings.
  package var position: Int { Int(tree.rows[Int(index)].position) }
}
