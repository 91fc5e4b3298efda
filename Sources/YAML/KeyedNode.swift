/// A node of a tree whose mappings are looked into by key.
package protocol KeyedNode {
  /// The value at a key; nil when there is none, and for anything but a mapping.
  subscript(key: String) -> Self? { get }
}

extension KeyedNode {
  /// The node below a chain of mapping keys.
  package func descend(_ keys: String...) -> Self? { descend(keys[...]) }

  package func descend(_ keys: ArraySlice<String>) -> Self? {
    var node: Self? = self
    for key in keys { node = node?[key] }
    return node
  }
}
