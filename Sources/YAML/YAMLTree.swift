import SourceText

/// The nodes of a parsed text, in one array: a node is an index, and what was written stays where it is.
package final class YAMLTree: Sendable {
  /// One node. Offsets are UTF-8 offsets in the text that was parsed.
  struct Row: Sendable {
    var kind: YAMLNode.Kind
    var isFlow = false
    /// The node is a key of a mapping.
    var isKey = false
    var parent: Int32
    /// The first item of a sequence, the first value of a mapping.
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    var childCount: Int32 = 0
    /// The key that a value belongs to.
    var key: Int32 = -1
    /// The node that an alias stands for.
    var target: Int32 = -1
    var start: Int32
    var end: Int32
    /// The scalar as it was scanned; the name of an alias.
    var token: Token
    var anchor = Span()
    var tag = Span()
  }

  /// The text with zeros behind it, as the decoder wants it.
  let padded: [UInt8]
  let rows: [Row]

  init(padded: [UInt8], rows: [Row]) {
    self.padded = padded
    self.rows = rows
  }

  /// The bytes of a range of the text.
  func bytes(_ start: Int32, _ end: Int32) -> ByteString { ByteString(Array(padded[Int(start)..<Int(end)])) }
}

/// A text cut into YAML documents and their nodes. Whatever the text is, there is a result; what is wrong with it
/// stands in `errors`, and what could be read before a fault is there.
package struct ParsedYAML: Sendable {
  package let documents: [YAMLDocument]
  /// Where comments stand, from `#` to the end of the line, in order.
  package let comments: [ByteRange]
  /// At most one error a document, in order.
  package let errors: [YAMLError]
  let tree: YAMLTree

  /// The text of a comment, with its `#`.
  package func text(ofComment range: ByteRange) -> ByteString { tree.bytes(Int32(range.start), Int32(range.end)) }
}

/// One document of a text.
package struct YAMLDocument: Sendable {
  /// From its `---`, or its first node, to its end.
  package let range: ByteRange
  /// The top node; nil when the document is broken before it has one.
  package let root: YAMLNode?
  /// False when an error cut the document short; the nodes before it are there.
  package let isComplete: Bool
}
