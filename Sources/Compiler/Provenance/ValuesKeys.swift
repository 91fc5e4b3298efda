import Kubernetes
import SourceText

/// Finds the keys of values files; leaves know only where their own bytes are.
enum ValuesKeys {
  /// The key that names the scalar at `place`; nil in what is no YAML mapping, such as an argument.
  static func key(of place: SourceRange) -> SourceRange? {
    for root in ManifestReader.documents(of: place.file).nodes {
      if let key = key(of: place.range, in: root, depth: 0) { return SourceRange(place.file, key) }
    }
    return nil
  }

  private static func key(of range: ByteRange, in node: Node, depth: Int) -> ByteRange? {
    guard depth < 200, node.place.start <= range.start, range.start <= node.place.end else { return nil }
    if node.isScalar { return node.keyPlace }
    return node.children.lazy.compactMap { key(of: range, in: $0, depth: depth + 1) }.first
  }
}
