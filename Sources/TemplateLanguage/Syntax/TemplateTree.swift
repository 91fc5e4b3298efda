import SourceText

/// A node of any kind, for messages that quote it.
package enum SyntaxReference: Sendable {
  case node(Node)
  case pipeline(Pipeline)
  case command(Command)
  case operand(Operand)
}

/// Everything that one parsed file knows about its nodes, by `NodeID`. Shared by all templates of the file.
package final class SyntaxTable: Sendable {
  package let file: SourceFile
  /// The name under which errors speak of the file.
  package let parseName: String
  /// What each node is.
  package let nodes: [SyntaxReference]
  /// Where each node stands.
  package let ranges: [ByteRange]
  /// The offset that Go names as the node's position: of `.a.b.c` that of `.b`.
  package let positions: [Int32]

  init(file: SourceFile, parseName: String, nodes: [SyntaxReference], ranges: [ByteRange], positions: [Int32]) {
    self.file = file
    self.parseName = parseName
    self.nodes = nodes
    self.ranges = ranges
    self.positions = positions
  }

  package func range(of id: NodeID) -> SourceRange { SourceRange(file, ranges[Int(id.rawValue)]) }
}

/// One template: a file, a `define` or a `block`.
package final class TemplateTree: Sendable {
  package let name: ByteString
  package let nodes: [Node]
  package let table: SyntaxTable
  /// True when the template holds nothing but white space and comments: it then does not replace another.
  package let isBlank: Bool
  /// Where the name is written in `define` or `block`; nil for a file's own template.
  package let nameRange: ByteRange?

  init(name: ByteString, nodes: [Node], table: SyntaxTable, isBlank: Bool, nameRange: ByteRange?) {
    self.name = name
    self.nodes = nodes
    self.table = table
    self.isBlank = isBlank
    self.nameRange = nameRange
  }
}

/// The result of parsing one file: always a tree, and every fault that was found.
package struct ParsedTemplate: Sendable {
  /// The file's own template.
  package let main: TemplateTree
  /// What `define` and `block` name, in source order of their ends.
  package let definitions: [TemplateTree]
  /// In source order; the first is the one that Go stops at.
  package let failures: [ParseFailure]
  /// The comments, from `{{` to `}}`.
  package let comments: [ByteRange]
  package let file: SourceFile
}
